import type { Condition, Flag as SdkFlag, Rule, Ruleset, Serve as SdkServe } from '@assay/sdk';
import type { Flag, FlagRule, FlagSettings, Serve } from '../contract/definitions.ts';
import { segmentsOf } from '../definitions/condition-rules.ts';
import type { Definitions } from '../definitions/lookup.ts';
import { requirementsIn } from '../flags/requirements.ts';
import { certain } from './certain.ts';
import { experimentRule } from './experiment-rule.ts';
import { openRequirements } from './hidden-flags.ts';

export type KeyKind = 'client' | 'server';

/**
 * The ruleset of one environment. Server keys get every flag that is set up there. Client keys get only those that are
 * visible to clients, with what they need and nothing else; see README.md for what happens where they would need more.
 */
export function compile(now: Definitions, environment: string, kind: KeyKind): Ruleset {
  const flags = now
    .flags()
    .filter((flag) => kind === 'server' || flag.clientVisible)
    .flatMap((flag): [string, SdkFlag][] => {
      const compiled = compileFlag(flag, now, environment, kind);
      return compiled === undefined ? [] : [[flag.key, compiled]];
    });
  const rules = flags.flatMap(([, flag]) => flag.rules);
  return {
    schema: 1,
    version: now.sequence,
    environment,
    flags: Object.fromEntries(flags),
    segments: segmentsFor(rules, now),
    holdouts: Object.fromEntries(
      keysOf(rules.flatMap((r) => r.holdouts ?? [])).flatMap((key) => {
        const holdout = now.holdout(key);
        return holdout === undefined
          ? []
          : [[key, { salt: holdout.salt, share: holdout.share }] as const];
      }),
    ),
    layers: Object.fromEntries(
      keysOf(rules.flatMap((r) => r.layer?.key ?? [])).flatMap((key) => {
        const layer = now.layer(key);
        return layer === undefined ? [] : [[key, { salt: layer.salt }] as const];
      }),
    ),
  };
}

/** One flag as the SDK reads it; undefined where it is not set up in the environment. */
export function compileFlag(
  flag: Flag,
  now: Definitions,
  environment: string,
  kind: KeyKind,
): SdkFlag | undefined {
  const settings = flag.environments[environment];
  if (settings === undefined) return undefined;
  const wanted = requirementsIn(flag, environment);
  const requires = kind === 'server' ? wanted : openRequirements(wanted, now, environment);
  const head = {
    type: flag.type,
    variants: Object.fromEntries(flag.variants.map((v) => [v.key, v.value])),
    off: settings.off,
    default: compileServe(settings.default),
  };
  // Where the flag is off its rules are nobody's business: a client cannot use them, only read them.
  if (requires === undefined || (kind === 'client' && !settings.on))
    return { ...head, on: false, rules: [] };
  return {
    ...head,
    on: settings.on,
    rules: compileRules(settings, now, kind),
    ...(requires.length > 0 && { requires }),
  };
}

function compileRules({ rules }: FlagSettings, now: Definitions, kind: KeyKind): Rule[] {
  return rules.flatMap((rule) => {
    const compiled = compileRule(rule, now);
    if (compiled === undefined) return [];
    return kind === 'server' ? [compiled] : forClient(compiled, now);
  });
}

function compileRule(rule: FlagRule, now: Definitions): Rule | undefined {
  if (rule.experiment !== undefined) {
    const experiment = now.experiment(rule.experiment);
    return experiment && experimentRule(rule, experiment);
  }
  return {
    id: rule.id,
    ...(rule.if !== undefined && { if: rule.if }),
    ...compileServe(rule),
    ...(rule.coverage !== undefined && { coverage: rule.coverage }),
    ...(rule.sticky === true && { sticky: true }),
  };
}

/** A rule with what of its condition a client can be sure of; none where that is nobody. */
function forClient(rule: Rule, now: Definitions): Rule[] {
  if (rule.if === undefined) return [rule];
  const sure = certain(rule.if, now);
  if (sure === false) return [];
  const { if: _whole, ...rest } = rule;
  return [sure === true ? rest : { ...rest, if: sure }];
}

/** The contract's refinement: a serve has a variant or a split, and a stored split has salt and unit. */
function compileServe({
  variant,
  split,
  salt,
  unit,
}: Pick<Serve, 'variant' | 'split' | 'salt' | 'unit'>): SdkServe {
  if (split === undefined) return { variant: variant ?? '' };
  return { split, salt: salt ?? '', unit: unit ?? 'userId' };
}

/** The segments that rules need, and those that these need. Lists become conditions: on the server only, `certain` has taken them out of a client's. */
function segmentsFor(rules: readonly Rule[], now: Definitions): Record<string, Condition> {
  const needed = new Map<string, Condition>();
  const open = rules.flatMap((rule) => segmentsOf(rule.if));
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const segment = now.segment(key);
    if (segment === undefined || segment.archived || needed.has(key)) continue;
    const { units } = segment;
    const listed: Condition | undefined = units && { attr: units.unit, op: 'in', value: units.ids };
    const condition = segment.if ?? listed;
    if (condition === undefined) continue;
    needed.set(key, condition);
    open.push(...segmentsOf(condition));
  }
  return Object.fromEntries([...needed].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function keysOf(keys: readonly string[]): string[] {
  return [...new Set(keys)].toSorted();
}
