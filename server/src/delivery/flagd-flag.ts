import type { Flag, Rule, Ruleset, Split } from '@assay/sdk';
import { conditionLogic } from './flagd-condition.ts';
import {
  allOf,
  anyOf,
  attribute,
  CannotExpress,
  isMissing,
  isNumber,
  isText,
  not,
  type Logic,
} from './flagd-logic.ts';

const wholeShare = 100_000;
const layerSlots = 10_000;
/** Prerequisites are written out where they are asked for, so a few on each other can become very much. */
const mostRules = 500;

/** A condition and what is served where it holds; null serves the caller's default. */
type Case = readonly [when: Logic, variant: Logic];
type SplitRule = Rule & { readonly split: Split; readonly salt: string; readonly unit: string };

/**
 * The variant that a flag serves, as JSON logic: a chain of cases in the SDK's own order. Null, which only a flag
 * without an off variant or with a split by default can give, stands for the caller's default.
 * Throws CannotExpress.
 */
export function variantLogic(ruleset: Ruleset, key: string): Logic {
  let rules = 0;
  const write = (flagKey: string, path: readonly string[]): Logic => {
    if (path.includes(flagKey)) throw new CannotExpress('prerequisites form a circle');
    const flag = Object.hasOwn(ruleset.flags, flagKey) ? ruleset.flags[flagKey] : undefined;
    if (flag === undefined) return null;
    if (!flag.on) return flag.off;
    rules += flag.rules.length + 1;
    if (rules > mostRules)
      throw new CannotExpress(`more than ${mostRules} rules with all it requires`);
    const met = (flag.requires ?? []).map((one) =>
      isOneOf(write(one.flag, [...path, flagKey]), one.variants),
    );
    return chain([
      [not(allOf(met)), flag.off],
      ...flag.rules.flatMap((rule) => casesOf(rule, ruleset)),
      ...defaultOf(flag, ruleset),
    ]);
  };
  return write(key, []);
}

function isOneOf(variant: Logic, asked: readonly string[]): Logic {
  if (variant === null) return false;
  return typeof variant === 'string' ? asked.includes(variant) : { in: [variant, asked] };
}

function defaultOf(flag: Flag, ruleset: Ruleset): Case[] {
  return casesOf({ ...flag.default, id: 'default' }, ruleset);
}

function casesOf(rule: Rule, ruleset: Ruleset): Case[] {
  const meant = rule.if === undefined ? true : conditionLogic(rule.if, ruleset.segments);
  if ('variant' in rule) return [[meant, rule.variant]];
  return splitCases(rule, allOf([meant, hasUnit(attribute(rule.unit))]), ruleset);
}

/** Held out first, then slot and coverage; whoever is in none of these is left to the next rule. */
function splitCases(rule: SplitRule, meant: Logic, ruleset: Ruleset): Case[] {
  const { split, salt, unit, control, coverage = wholeShare, layer } = rule;
  if (!split.some(([, weight]) => weight > 0)) return [];
  const id = attribute(unit);
  const heldOut = anyOf(
    (rule.holdouts ?? []).flatMap((key) => {
      const holdout = ruleset.holdouts[key];
      if (holdout === undefined) return [];
      return gate(textOf(holdout.salt, '/holdout:', id), [[0, holdout.share]], wholeShare);
    }),
  );
  const layerSalt = layer && ruleset.layers[layer.key]?.salt;
  const inSlot =
    layer === undefined ||
    (layerSalt !== undefined && gate(textOf(layerSalt, '/layer:', id), layer.slots, layerSlots));
  const covered = gate(textOf(salt, '/in:', id), [[0, coverage]], wholeShare);
  const served = allOf([
    meant,
    // With a control, whoever is held out has been served above.
    control === undefined ? not(heldOut) : true,
    inSlot,
    covered,
  ]);
  const variant = drawn(textOf(salt, ':', id), split);
  return [
    ...(control === undefined ? [] : [[allOf([meant, heldOut]), control] as const]),
    [served, variant],
  ];
}

function textOf(salt: string, draw: string, id: Logic): Logic {
  return { cat: [salt + draw, id] };
}

/** A unit that is hashed: a text that is not empty, a number or a boolean. */
function hasUnit(id: Logic): Logic {
  return {
    if: [
      isMissing(id),
      false,
      isText(id),
      { '!==': [id, ''] },
      { in: [id, [true, false]] },
      true,
      isNumber(id),
    ],
  };
}

/** flagd's `fractional` is floor(h · total / 2^32) too: parts of a whole make it answer whether a bucket lies in ranges. */
function gate(text: Logic, ranges: readonly (readonly [number, number])[], whole: number): Logic {
  const parts: [string, number][] = [];
  let at = 0;
  for (const [from, to] of ranges.toSorted(([a], [b]) => a - b)) {
    const start = Math.max(from, at);
    const end = Math.min(to, whole);
    if (end <= start) continue;
    parts.push(['out', start - at], ['in', end - start]);
    at = end;
  }
  parts.push(['out', whole - at]);
  const open = parts.filter(([, size]) => size > 0);
  if (open.length === 1) return open[0]?.[0] === 'in';
  return { '===': [{ fractional: [text, ...open] }, 'in'] };
}

function drawn(text: Logic, split: Split): Logic {
  const open = split.filter(([, weight]) => weight > 0);
  return open.length === 1 ? (open[0]?.[0] ?? null) : { fractional: [text, ...open] };
}

/** Cases until one always holds. */
function chain(cases: readonly Case[]): Logic {
  const steps: Logic[] = [];
  for (const [when, variant] of cases) {
    if (when === false) continue;
    if (when === true) return steps.length === 0 ? variant : { if: [...steps, variant] };
    steps.push(when, variant);
  }
  return steps.length === 0 ? null : { if: [...steps, null] };
}
