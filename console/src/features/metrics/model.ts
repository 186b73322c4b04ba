import type { Metric, MetricBody } from '@assay/server/contract';
import { faultsOf, toCondition, toNode, type Group } from '../../ui/condition/model.ts';

export const kinds = [
  'proportion',
  'mean',
  'count',
  'ratio',
  'retention',
  'funnel',
  'quantile',
] as const satisfies readonly Metric['kind'][];
export type Kind = (typeof kinds)[number];
export const stages = ['acquisition', 'activation', 'retention', 'referral', 'revenue'] as const;
export type Stage = (typeof stages)[number];

export const spanUnits = ['minutes', 'hours', 'days'] as const;
/** A time as people give it; NaN is none. */
export type SpanDraft = { readonly amount: number; readonly unit: (typeof spanUnits)[number] };
export type SelectorDraft = {
  readonly event: string;
  readonly value: string;
  readonly where: Group;
};
export type StepDraft = {
  readonly id: number;
  readonly event: string;
  readonly where: Group;
  readonly within: SpanDraft;
};
export type CapDraft = {
  readonly kind: 'none' | 'percentile' | 'absolute';
  readonly amount: number;
};

/** A metric while edited: what every kind may need, side by side, so that changing the kind loses nothing. */
export type MetricDraft = {
  readonly name: string;
  readonly description: string;
  readonly owner: string;
  readonly kind: Kind;
  readonly direction: 'up' | 'down';
  readonly stage: Stage | '';
  readonly unitOfMeasure: string;
  readonly window: SpanDraft;
  readonly delay: SpanDraft;
  readonly prePeriodDays: number;
  readonly main: SelectorDraft;
  readonly denominator: SelectorDraft;
  readonly cap: CapDraft;
  readonly fromDay: number;
  readonly toDay: number;
  readonly steps: readonly StepDraft[];
  /** Percentile of a quantile, 0 … 100. */
  readonly percentile: number;
};

type Span = NonNullable<Metric['window']>;
const noSpan: SpanDraft = { amount: Number.NaN, unit: 'days' };

function openSpan(span: Span | undefined): SpanDraft {
  if (span === undefined) return noSpan;
  const minutes = (span.minutes ?? 0) + (span.hours ?? 0) * 60 + (span.days ?? 0) * 1_440;
  if (minutes % 1_440 === 0) return { amount: minutes / 1_440, unit: 'days' };
  return minutes % 60 === 0
    ? { amount: minutes / 60, unit: 'hours' }
    : { amount: minutes, unit: 'minutes' };
}
function closeSpan({ amount, unit }: SpanDraft): Span | undefined {
  return amount > 0 ? { [unit]: amount } : undefined;
}

let lastStep = 0;
export function emptyStep(): StepDraft {
  lastStep += 1;
  return { id: lastStep, event: '', where: toNode(undefined), within: noSpan };
}
const emptySelector = (): SelectorDraft => ({ event: '', value: '', where: toNode(undefined) });

export function emptyMetric(): MetricDraft {
  return {
    name: '',
    description: '',
    owner: '',
    kind: 'proportion',
    direction: 'up',
    stage: '',
    unitOfMeasure: '',
    window: { amount: 7, unit: 'days' },
    delay: noSpan,
    prePeriodDays: 14,
    main: { ...emptySelector(), value: 'value' },
    denominator: emptySelector(),
    cap: { kind: 'none', amount: 99.9 },
    fromDay: 1,
    toDay: 2,
    steps: [emptyStep(), emptyStep()],
    percentile: 95,
  };
}

export function openMetric(metric: Metric): MetricDraft {
  const shared = {
    ...emptyMetric(),
    name: metric.name ?? '',
    description: metric.description,
    owner: metric.owner,
    kind: metric.kind,
    direction: metric.direction,
    stage: metric.stage ?? ('' as const),
    unitOfMeasure: metric.unitOfMeasure ?? '',
    window: openSpan(metric.window),
    delay: openSpan(metric.delay),
    prePeriodDays: metric.prePeriodDays,
  };
  if (metric.kind === 'ratio')
    return {
      ...shared,
      main: selector(metric.numerator),
      denominator: selector(metric.denominator),
      cap: openCap(metric.cap),
    };
  if (metric.kind === 'funnel')
    return {
      ...shared,
      steps: metric.steps.map((step) => ({
        ...emptyStep(),
        event: step.event,
        where: toNode(step.where),
        within: openSpan(step.within),
      })),
    };
  const main = selector(metric);
  if (metric.kind === 'retention')
    return { ...shared, main, fromDay: metric.fromDay, toDay: metric.toDay };
  if (metric.kind === 'quantile') return { ...shared, main, percentile: metric.q * 100 };
  return metric.kind === 'mean'
    ? { ...shared, main, cap: openCap(metric.cap) }
    : { ...shared, main };
}

type Selector = { event: string; value?: string | undefined; where?: Parameters<typeof toNode>[0] };
function selector({ event, value, where }: Selector): SelectorDraft {
  return { event, value: value ?? '', where: toNode(where) };
}
type Cap = { percentile: number } | { absolute: number } | undefined;
function openCap(cap: Cap): CapDraft {
  if (cap === undefined) return { kind: 'none', amount: 99.9 };
  return 'percentile' in cap
    ? { kind: 'percentile', amount: Math.round(cap.percentile * 1e5) / 1e3 }
    : { kind: 'absolute', amount: cap.absolute };
}

/** The body to store. `tags` are kept from what was stored. */
export function closeMetric(
  key: string,
  draft: MetricDraft,
  tags: readonly string[] = [],
): MetricBody {
  const span = closeSpan(draft.window);
  const delay = closeSpan(draft.delay);
  const shared = {
    key,
    name: draft.name,
    description: draft.description,
    owner: draft.owner,
    tags: [...tags],
    direction: draft.direction,
    prePeriodDays: draft.prePeriodDays,
    ...(draft.stage !== '' && { stage: draft.stage }),
    ...(draft.unitOfMeasure !== '' && { unitOfMeasure: draft.unitOfMeasure }),
    ...(span !== undefined && draft.kind !== 'retention' && { window: span }),
    ...(delay !== undefined && { delay }),
  };
  const plain = closeSelector(draft.main, false);
  const cap = closeCap(draft.cap);
  const { kind } = draft;
  if (kind === 'ratio')
    return {
      ...shared,
      kind,
      numerator: closeSelector(draft.main, true),
      denominator: closeSelector(draft.denominator, true),
      ...cap,
    };
  if (kind === 'funnel') return { ...shared, kind, steps: draft.steps.map(closeStep) };
  if (kind === 'mean') return { ...shared, kind, ...plain, value: draft.main.value, ...cap };
  if (kind === 'retention')
    return { ...shared, kind, ...plain, fromDay: draft.fromDay, toDay: draft.toDay };
  if (kind === 'quantile') {
    const q = Math.round(draft.percentile * 1e3) / 1e5;
    return { ...shared, kind, ...plain, value: draft.main.value, q };
  }
  return { ...shared, kind, ...plain };
}

function closeSelector({ event, value, where }: SelectorDraft, valued: boolean) {
  const condition = toCondition(where);
  return {
    event,
    ...(valued && value !== '' && { value }),
    ...(condition !== undefined && { where: condition }),
  };
}
function closeStep(step: StepDraft, index: number) {
  const within = closeSpan(step.within);
  return {
    ...closeSelector({ ...step, value: '' }, false),
    ...(index > 0 && within !== undefined && { within }),
  };
}
function closeCap({ kind, amount }: CapDraft) {
  if (kind === 'none') return {};
  return kind === 'absolute'
    ? { cap: { absolute: amount } }
    : { cap: { percentile: Math.round(amount * 1e3) / 1e5 } };
}

export type MetricFault =
  'event' | 'value' | 'where' | 'days' | 'percentile' | 'cap' | 'denominator';
export function metricFaults(draft: MetricDraft): MetricFault[] {
  const { kind, main, denominator, steps, cap } = draft;
  const wheres =
    kind === 'funnel'
      ? steps.map(({ where }) => where)
      : [main.where, ...(kind === 'ratio' ? [denominator.where] : [])];
  const found: Record<MetricFault, boolean> = {
    event:
      kind === 'funnel'
        ? steps.length < 2 || steps.some(({ event }) => event === '')
        : main.event === '',
    denominator: kind === 'ratio' && denominator.event === '',
    value: (kind === 'mean' || kind === 'quantile') && main.value === '',
    where: wheres.some((where) => faultsOf(where).size > 0),
    days: kind === 'retention' && !(draft.fromDay >= 0 && draft.toDay > draft.fromDay),
    percentile: kind === 'quantile' && !(draft.percentile > 0 && draft.percentile < 100),
    cap: (kind === 'mean' || kind === 'ratio') && cap.kind !== 'none' && !capHolds(cap),
  };
  return (Object.keys(found) as MetricFault[]).filter((fault) => found[fault]);
}
function capHolds({ kind, amount }: CapDraft): boolean {
  return kind === 'absolute' ? amount > 0 : amount > 50 && amount < 100;
}

/** Event names that a metric reads. */
export function eventsOf(metric: Metric): string[] {
  if (metric.kind === 'ratio') return [metric.numerator.event, metric.denominator.event];
  return metric.kind === 'funnel' ? metric.steps.map(({ event }) => event) : [metric.event];
}
