import { murmur3, type Context, type Rule, type Ruleset } from '@assay/sdk';
import type { Explanation } from '../contract/looking.ts';
import { valueOf } from './condition-trace.ts';

type Step = Explanation['steps'][number];
/** What a split rule drew for a unit, as far as it came, and how it ended. */
export type Draws = Pick<Step, 'outcome' | 'why' | 'holdout' | 'layer' | 'coverage' | 'split'>;
export type SplitRule = Extract<Rule, { split: unknown }>;

const wholeShare = 100_000;
const layerSlots = 10_000;

/** The unit's id as it is hashed, undefined where it is missing, empty or no scalar. */
export function unitOf(type: string, context: Context): string | undefined {
  const id = valueOf(type, context);
  if (typeof id === 'number' && !Number.isFinite(id)) return undefined;
  return id === undefined || id === null || typeof id === 'object' || id === ''
    ? undefined
    : String(id);
}

/** The draws of one rule in the order in which they decide: holdouts, layer slot, coverage, variant. */
export function drawsOf(rule: SplitRule, context: Context, ruleset: Ruleset): Draws {
  const unit = unitOf(rule.unit, context);
  if (unit === undefined) return { outcome: 'skipped', why: 'unitMissing' };
  const holdout = holdoutOf(rule, unit, ruleset);
  if (holdout?.heldOut === true) return { outcome: 'served', why: 'heldOut', holdout };
  const layer = layerOf(rule, unit, ruleset);
  const seen = { ...(holdout && { holdout }), ...(layer && { layer }) };
  if (layer?.owned === false) return { ...seen, outcome: 'skipped', why: 'slotNotOwned' };
  const coverage = coverageOf(rule, unit);
  if (!coverage.enrolled) return { ...seen, coverage, outcome: 'skipped', why: 'notCovered' };
  return { ...seen, coverage, split: splitOf(rule, unit), outcome: 'served', why: 'split' };
}

/** The holdout that keeps the unit out, else the last one that was asked. */
function holdoutOf(rule: SplitRule, unit: string, { holdouts }: Ruleset): Draws['holdout'] {
  const asked = (rule.holdouts ?? []).flatMap((key) => {
    const holdout = holdouts[key];
    if (holdout === undefined) return [];
    const bucket = place(`${holdout.salt}/holdout:${unit}`, wholeShare);
    return [{ key, bucket, share: holdout.share, heldOut: bucket < holdout.share }];
  });
  return asked.find((h) => h.heldOut) ?? asked.at(-1);
}

function layerOf({ layer }: SplitRule, unit: string, { layers }: Ruleset): Draws['layer'] {
  if (layer === undefined) return undefined;
  const slots = layer.slots.map(([from, to]): [number, number] => [from, to]);
  const drawn = layers[layer.key];
  // A layer that is not there has no slots to own.
  if (drawn === undefined) return { key: layer.key, slot: 0, slots, owned: false };
  const slot = place(`${drawn.salt}/layer:${unit}`, layerSlots);
  return {
    key: layer.key,
    slot,
    slots,
    owned: slots.some(([from, to]) => slot >= from && slot < to),
  };
}

function coverageOf({ salt, coverage = wholeShare }: SplitRule, unit: string) {
  const bucket = place(`${salt}/in:${unit}`, wholeShare);
  return { bucket, coverage, enrolled: bucket < coverage };
}

/** `bucket` is the unit's place on the scale of the weights, not rounded: 0 ≤ bucket < their sum. */
function splitOf({ salt, split }: SplitRule, unit: string) {
  const hash = murmur3(`${salt}:${unit}`);
  const weights = split.map(([variant, weight]): [string, number] => [variant, weight]);
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  const bucket = (hash * total) / 2 ** 32;
  let upTo = 0;
  const variant = weights.find(([, weight]) => bucket < (upTo += weight))?.[0] ?? '';
  return { hash, bucket, weights, variant };
}

/** floor(h · scale / 2^32): exact, the product stays below 2^53. */
function place(text: string, scale: number): number {
  return Math.floor((murmur3(text) * scale) / 2 ** 32);
}
