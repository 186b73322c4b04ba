import type { Explanation } from '@assay/server/contract';
import type { SplitPart } from '../../charts/split-model.ts';
import type { Format } from '../../lib/format.ts';
import type { LookupWords } from './text.ts';

type Step = Explanation['steps'][number];
export type Line = {
  readonly id: string;
  readonly mark: 'yes' | 'no' | 'skip';
  readonly title: string;
  /** A word after the title: matched, skipped, not reached. */
  readonly tag?: string;
  readonly note?: string;
  readonly conditions: Step['conditions'];
  readonly bar?: {
    readonly parts: readonly SplitPart[];
    readonly bucket: number;
    readonly bucketName: string;
    readonly total: number;
    readonly label: string;
  };
};
export type Names = {
  /** What a rule is called: its own name, its experiment's, or its id. */
  readonly rule: (id: string) => { readonly name: string; readonly experiment: boolean };
  readonly environment: string;
  /** CSS colour and letter of a variant. */
  readonly variant: (key: string) => { readonly letter: string; readonly color: string };
};
type Words = { readonly t: LookupWords; readonly format: Format; readonly names: Names };

const wholeShare = 100_000;
const layerSlots = 10_000;

/** An explanation as lines to read from top to bottom: each decision with what it looked at. */
export function traceLines({ steps, unit }: Explanation, words: Words): Line[] {
  const rules = steps.filter((step) => step.kind === 'rule');
  return steps.flatMap((step) => {
    if (step.kind === 'on') return [onLine(step, words)];
    if (step.kind === 'requires') return [requiresLine(step, words)];
    const title =
      step.kind === 'default'
        ? words.t.trace.fallback
        : ruleTitle(step.id, rules.indexOf(step) + 1, words);
    return ruleLines(step, title, { ...words, unitType: unit.type });
  });
}

function onLine({ why }: Step, { t, names }: Words): Line {
  const on = why === 'on';
  return {
    id: 'on',
    mark: on ? 'yes' : 'no',
    title: on ? t.trace.on(names.environment) : t.trace.off(names.environment),
    conditions: [],
  };
}
function requiresLine({ id, outcome, conditions }: Step, { t }: Words): Line {
  return {
    id: `requires ${id}`,
    mark: outcome === 'passed' ? 'yes' : outcome === 'notReached' ? 'skip' : 'no',
    title: t.trace.requires(id),
    ...(outcome === 'stopped' && { tag: t.trace.stopped }),
    conditions,
  };
}
function ruleTitle(id: string, n: number, { t, names }: Words): string {
  const { name, experiment } = names.rule(id);
  return experiment ? t.trace.experimentRule(n, name) : t.trace.rule(n, name);
}

function ruleLines(step: Step, title: string, words: Words & { unitType: string }): Line[] {
  const { t, unitType } = words;
  const { id, outcome, why, conditions } = step;
  const head = { id, title, conditions };
  if (outcome === 'notReached')
    return [{ ...head, mark: 'skip', tag: t.trace.notReached, conditions: [] }];
  if (why === 'conditionFalse') return [{ ...head, mark: 'no', tag: t.trace.skipped }];
  if (why === 'unitMissing')
    return [{ ...head, mark: 'no', tag: t.trace.skipped, note: t.trace.unitMissing(unitType) }];
  const drawn = [holdoutLine, layerLine, coverageLine, splitLine]
    .map((line) => line(step, words))
    .filter((line) => line !== null);
  const fixed = drawn.length === 0;
  return [
    {
      ...head,
      mark: 'yes',
      tag: fixed ? t.trace.served : t.trace.matched,
      ...(conditions.length === 0 && step.kind === 'rule' && { note: t.trace.everyone }),
    },
    ...drawn,
  ];
}

function holdoutLine({ id, holdout }: Step, { t, format }: Words): Line | null {
  if (holdout === undefined) return null;
  const share = format.percent(holdout.share / wholeShare);
  return {
    id: `${id} holdout`,
    mark: holdout.heldOut ? 'no' : 'yes',
    title: holdout.heldOut ? t.trace.heldOut(share) : t.trace.notIn(share),
    note: t.trace.bucketOf(format.exact(holdout.bucket), format.exact(holdout.share - 1)),
    conditions: [],
  };
}

function layerLine({ id, layer }: Step, { t, format }: Words): Line | null {
  if (layer === undefined) return null;
  const owned = layer.slots.reduce((sum, [from, to]) => sum + to - from, 0) / layerSlots;
  const share = format.percent(owned);
  const parts = layerParts(layer.slots, t.trace.mine(share), t.trace.others);
  return {
    id: `${id} layer`,
    mark: layer.owned ? 'yes' : 'no',
    title: layer.owned
      ? t.trace.layerOwned(layer.key, share)
      : t.trace.layerOther(layer.key, share),
    conditions: [],
    bar: barOf(parts, { bucket: layer.slot, total: layerSlots }, { t, format }),
  };
}
/** Owned slots in the accent colour, the gaps between them grey. */
export function layerParts(
  slots: readonly (readonly [number, number])[],
  mine: string,
  others: string,
): SplitPart[] {
  const parts: SplitPart[] = [];
  let at = 0;
  for (const [from, to] of slots.toSorted((a, b) => a[0] - b[0])) {
    if (from > at) parts.push({ label: others, from: at, to: from });
    parts.push({ label: mine, from, to, color: 'var(--accent)' });
    at = to;
  }
  if (at < layerSlots) parts.push({ label: others, from: at, to: layerSlots });
  return parts;
}

function coverageLine({ id, coverage }: Step, { t, format }: Words): Line | null {
  if (coverage === undefined || coverage.coverage >= wholeShare) return null;
  const share = format.percent(coverage.coverage / wholeShare);
  const parts = [
    { label: t.trace.takingPart, from: 0, to: coverage.coverage, color: 'var(--ok)' },
    { label: t.trace.notTaking, from: coverage.coverage, to: wholeShare },
  ].filter((part) => part.to > part.from);
  return {
    id: `${id} coverage`,
    mark: coverage.enrolled ? 'yes' : 'no',
    title: coverage.enrolled ? t.trace.covered(share) : t.trace.notCovered(share),
    conditions: [],
    bar: barOf(parts, { bucket: coverage.bucket, total: wholeShare }, { t, format }),
  };
}

function splitLine({ id, split }: Step, { t, format, names }: Words): Line | null {
  if (split === undefined) return null;
  const total = split.weights.reduce((sum, [, weight]) => sum + weight, 0);
  let sum = 0;
  const parts = split.weights.map(([key, weight]): SplitPart => {
    const { letter, color } = names.variant(key);
    const from = (sum * layerSlots) / total;
    sum += weight;
    return { label: `${letter} · ${key}`, from, to: (sum * layerSlots) / total, color };
  });
  const bucket = scaledBucket(split.bucket, total);
  const percent = (weight: number): string =>
    format.number((100 * weight) / total).replace(/\.0+$/, '');
  return {
    id: `${id} split`,
    mark: 'yes',
    title: t.trace.split(split.weights.map(([, weight]) => percent(weight)).join(' / ')),
    note: t.trace.hash(String(split.hash), format.exact(bucket), format.exact(layerSlots)),
    conditions: [],
    bar: barOf(parts, { bucket, total: layerSlots }, { t, format }),
  };
}
/** The place on the weights' scale, as one of ten thousand. */
export function scaledBucket(bucket: number, total: number): number {
  return Math.min(layerSlots - 1, Math.floor((bucket / total) * layerSlots));
}

function barOf(
  parts: readonly SplitPart[],
  { bucket, total }: { bucket: number; total: number },
  { t, format }: { t: LookupWords; format: Format },
): NonNullable<Line['bar']> {
  const part = parts.find(({ from, to }) => bucket >= from && bucket < to);
  const bucketName = format.exact(bucket);
  return {
    parts,
    bucket,
    bucketName,
    total,
    label: t.trace.bar(bucketName, format.exact(total), part?.label ?? '–'),
  };
}
