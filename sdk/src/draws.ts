import { murmur3 } from './murmur.ts';
import { unitReader } from './rule.ts';
import type { Context, Rule, Ruleset } from './ruleset.ts';
import { bounds, bucket, draw, layerSlots, owns, pick, wholeShare } from './split.ts';

/** What a split rule drew for a unit, as far as it came, and how it ended: split, heldOut, slotNotOwned, notCovered, unitMissing. */
export type Draws = {
  readonly outcome: 'passed' | 'skipped' | 'served' | 'stopped' | 'notReached';
  readonly why: string;
  /** The holdout that keeps the unit out, else the last one that was asked. */
  readonly holdout?: {
    readonly key: string;
    readonly bucket: number;
    readonly share: number;
    readonly heldOut: boolean;
  };
  readonly layer?: {
    readonly key: string;
    readonly slot: number;
    readonly slots: readonly (readonly [number, number])[];
    readonly owned: boolean;
  };
  readonly coverage?: {
    readonly bucket: number;
    readonly coverage: number;
    readonly enrolled: boolean;
  };
  /** `bucket` is the unit's place on the scale of the weights, not rounded: 0 ≤ bucket < their sum. */
  readonly split?: {
    readonly hash: number;
    readonly bucket: number;
    readonly weights: readonly (readonly [string, number])[];
    readonly variant: string;
  };
};
type SplitRule = Extract<Rule, { split: unknown }>;

/** The draws of one rule in the order in which they decide: holdouts, layer slot, coverage, variant. */
export function drawsOf(rule: SplitRule, context: Context, ruleset: Ruleset): Draws {
  const unit = unitReader(rule.unit)(context);
  if (!unit) return { outcome: 'skipped', why: 'unitMissing' };
  const holdout = holdoutOf(rule, unit, ruleset);
  if (holdout?.heldOut === true)
    return rule.control === undefined
      ? { outcome: 'skipped', why: 'heldOut', holdout }
      : { outcome: 'served', why: 'heldOut', holdout };
  const layer = layerOf(rule, unit, ruleset);
  const seen = { ...(holdout && { holdout }), ...(layer && { layer }) };
  if (layer?.owned === false) return { ...seen, outcome: 'skipped', why: 'slotNotOwned' };
  const coverage = coverageOf(rule, unit);
  if (!coverage.enrolled) return { ...seen, coverage, outcome: 'skipped', why: 'notCovered' };
  return { ...seen, coverage, split: splitOf(rule, unit), outcome: 'served', why: 'split' };
}

function holdoutOf(rule: SplitRule, unit: string, { holdouts }: Ruleset): Draws['holdout'] {
  const asked = (rule.holdouts ?? []).flatMap((key) => {
    const holdout = holdouts[key];
    if (holdout === undefined) return [];
    const place = bucket(draw(holdout.salt, '/holdout:'), wholeShare, unit);
    return [{ key, bucket: place, share: holdout.share, heldOut: place < holdout.share }];
  });
  return asked.find((h) => h.heldOut) ?? asked.at(-1);
}

function layerOf({ layer }: SplitRule, unit: string, { layers }: Ruleset): Draws['layer'] {
  if (layer === undefined) return undefined;
  const { key, slots } = layer;
  const drawn = layers[key];
  // A layer that is not there has no slots to own.
  if (drawn === undefined) return { key, slot: 0, slots, owned: false };
  const slot = bucket(draw(drawn.salt, '/layer:'), layerSlots, unit);
  return { key, slot, slots, owned: owns(slots, slot) };
}

function coverageOf(
  { salt, coverage = wholeShare }: SplitRule,
  unit: string,
): NonNullable<Draws['coverage']> {
  const place = bucket(draw(salt, '/in:'), wholeShare, unit);
  return { bucket: place, coverage, enrolled: place < coverage };
}

function splitOf({ salt, split }: SplitRule, unit: string): NonNullable<Draws['split']> {
  const hash = murmur3(`${salt}:${unit}`);
  const cumulative = bounds(split);
  const variant = split[pick(draw(salt, ':'), cumulative, unit)]?.[0] ?? '';
  return { hash, bucket: (hash * (cumulative.at(-1) ?? 0)) / 2 ** 32, weights: split, variant };
}
