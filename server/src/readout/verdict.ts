import type { Check, MetricReadout, MetricResult, Verdict } from '../contract/readout.ts';

export interface Judgement {
  readonly checks: readonly Check[];
  readonly metrics: readonly MetricReadout[];
  /** A sequential method may end before the planned sample; the others are read once, there. */
  readonly mayStopEarly: boolean;
  /** No more units will come. */
  readonly ended: boolean;
  /** A group sequential test whose final look is still to come. */
  readonly maturing?: boolean;
}
export type Reason = Verdict['reasons'][number];

/**
 * The default decision rule, locked at start. Red quality checks come first and replace the verdict. Then, per treatment:
 * ready to ship when the primary is better, every guardrail with a margin is shown to keep it, none is harmed, nothing
 * deteriorated, and whole weeks have passed; out when the primary is worse or a guardrail is harmed. Ship the best ready
 * one; roll back when all are out; else keep collecting until the planned sample, then inconclusive.
 * Schultzberg, Ankargren & Frånberg (2024).
 */
export function verdictOf(judgement: Judgement): Verdict {
  const failed = judgement.checks.filter((c) => c.status === 'fail');
  if (failed.length > 0) return { decision: 'invalid', reasons: failed.map(reasonOfCheck) };
  const primary = judgement.metrics.find((m) => m.role === 'primary');
  if (primary === undefined) return { decision: 'continue', reasons: [{ code: 'no_primary' }] };
  const cases = primary.results.map((r) => caseOf(r, judgement));
  const open = cases.filter((c) => !c.out);
  const ready = open.filter((c) => c.ready).toSorted((a, b) => b.gain - a.gain);
  const held = holds(judgement);
  const reasons = cases.flatMap((c) => c.reasons);
  const [best] = ready;
  if (best !== undefined && held.length === 0)
    return { decision: 'ship', variant: best.variant, reasons: best.reasons };
  if (open.length === 0 && cases.length > 0) return { decision: 'rollback', reasons };
  if (isOver(judgement) && best === undefined)
    return { decision: 'inconclusive', reasons: [...reasons, over(judgement)] };
  return { decision: 'continue', reasons: [...reasons, ...held, ...waits(judgement)] };
}

interface Case {
  readonly variant: string;
  readonly ready: boolean;
  readonly out: boolean;
  /** Lift of the primary in its good direction, to choose the best of several. */
  readonly gain: number;
  readonly reasons: Reason[];
}

function caseOf(primary: MetricResult, { metrics }: Judgement): Case {
  const { variant } = primary;
  const own = metrics.flatMap((metric) =>
    metric.results.filter((r) => r.variant === variant).map((result) => ({ metric, result })),
  );
  const reasons = own.map(({ metric, result }) => reasonOf(metric, result));
  const codes = new Set(reasons.map((r) => r.code));
  const out = codes.has('primary_worse') || codes.has('guardrail_harmed');
  const blocked = codes.has('guardrail_not_proven') || codes.has('secondary_worse');
  const direction = own.find((o) => o.result === primary)?.metric.direction;
  const lift = primary.relative?.estimate ?? primary.absolute.estimate ?? 0;
  return {
    variant,
    out,
    ready: codes.has('primary_better') && !out && !blocked,
    gain: direction === 'down' ? -lift : lift,
    reasons: reasons.filter((r) => !quiet.has(r.code)),
  };
}

/** Ordinary findings that explain nothing about the decision. */
const quiet = new Set(['secondary_better', 'secondary_neutral', 'secondary_insufficient']);

function reasonOf(metric: MetricReadout, result: MetricResult): Reason {
  const where = { metric: metric.metric, variant: result.variant };
  const lift = result.relative?.estimate ?? result.absolute.estimate;
  if (metric.role !== 'guardrail')
    return { code: `${metric.role}_${result.status}`, ...where, value: lift };
  if (metric.margin === undefined && result.status === 'neutral')
    return { code: 'guardrail_without_margin', ...where, value: lift };
  const bound = metric.margin === undefined ? {} : { bound: metric.margin };
  const status = result.status === 'insufficient' && metric.margin !== undefined;
  return {
    code: `guardrail_${status ? 'not_proven' : result.status}`,
    ...where,
    value: result.worst ?? lift,
    ...bound,
  };
}

function reasonOfCheck({ id, value, detail }: Check): Reason {
  const bound = detail['alarm'] ?? detail['limit'];
  return { code: id, value, ...(typeof bound === 'number' ? { bound } : {}) };
}

/** What keeps a result that is ready from being acted on. Harm is never held back. */
function holds({ checks, mayStopEarly, ended }: Judgement): Reason[] {
  const reasons: Reason[] = [];
  const weeks = checks.find((c) => c.id === 'wholeWeeks');
  if (weeks !== undefined && weeks.status !== 'ok' && !ended)
    reasons.push({
      code: 'whole_weeks',
      value: weeks.value,
      bound: Number(weeks.detail['needed']),
    });
  const sample = checks.find((c) => c.id === 'sample');
  if (sample !== undefined && sample.status !== 'ok' && !ended && !mayStopEarly)
    reasons.push({ code: 'planned_sample', value: sample.value, bound: 1 });
  return reasons;
}

/** The sample is complete, its windows are not. */
function waits(judgement: Judgement): Reason[] {
  const complete = isOver({ ...judgement, maturing: false });
  return judgement.maturing === true && complete ? [{ code: 'maturing' }] : [];
}

/** The planned sample is there, in whole weeks, or enrolment has ended. Without a plan there is no end but the stop. */
function isOver({ checks, ended, maturing = false }: Judgement): boolean {
  if (maturing) return false;
  if (ended) return true;
  const passed = (id: Check['id']): boolean => checks.find((c) => c.id === id)?.status === 'ok';
  return passed('sample') && passed('wholeWeeks');
}
function over({ checks, ended }: Judgement): Reason {
  const sample = checks.find((c) => c.id === 'sample');
  return ended && sample?.status !== 'ok'
    ? { code: 'ended' }
    : { code: 'planned_sample_reached', value: sample?.value ?? null, bound: 1 };
}
