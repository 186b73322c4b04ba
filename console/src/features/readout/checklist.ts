import type { Check, MetricReadout, Readout } from '@assay/server/contract';
import type { Format } from '../../lib/format.ts';
import type { ReadoutWords } from './text.ts';
import { focus } from './verdict-text.ts';

export type Mark = 'yes' | 'open' | 'no';
export type ChecklistLine = {
  readonly id: string;
  readonly mark: Mark;
  readonly label: string;
  readonly value: string;
  /** The inputs behind the line: name and figure. */
  readonly inputs: readonly (readonly [string, string])[];
};

/** The verdict's conditions one by one, as the rule checks them, each with its number and inputs. */
export function checklist(readout: Readout, t: ReadoutWords, format: Format): ChecklistLine[] {
  return [
    primaryLine(readout, t, format),
    sampleLine(readout, t, format),
    weeksLine(readout, t, format),
    ...guardrailLines(readout, t, format),
    splitLine(readout, t, format),
    ...otherLines(readout, t, format),
  ].filter((line) => line !== null);
}

function primaryLine(readout: Readout, t: ReadoutWords, format: Format): ChecklistLine | null {
  const found = focus(readout);
  if (found === undefined) return null;
  const { metric, result } = found;
  const p = result.adjustedPValue ?? result.pValue;
  const marks = { better: 'yes', worse: 'no' } as const;
  const mark =
    result.status === 'better' || result.status === 'worse' ? marks[result.status] : 'open';
  return {
    id: 'primary',
    mark,
    label: mark === 'no' ? t.checklist.primaryLoses : t.checklist.primaryWins,
    value:
      p === null
        ? result.probabilityBetter === undefined || result.status === 'insufficient'
          ? '–'
          : format.probability(result.probabilityBetter)
        : `p ${format.p(p)}`,
    inputs: [
      [t.inputs.metric, metric.name],
      [t.inputs.lift, format.lift(result.relative?.estimate)],
      [
        t.inputs.interval(format.percent(metric.method.level ?? 1 - readout.alpha)),
        result.relative === null
          ? '–'
          : format.liftInterval(result.relative.low, result.relative.high),
      ],
      [t.inputs.alpha, format.percent(readout.alpha)],
    ],
  };
}

function sampleLine({ checks }: Readout, t: ReadoutWords, format: Format): ChecklistLine | null {
  const check = checks.find((c) => c.id === 'sample');
  if (check === undefined) return null;
  return {
    id: 'sample',
    mark: check.status === 'ok' ? 'yes' : 'open',
    label: t.checklist.sample,
    value: wholePercent(format, check.value),
    inputs: [
      [t.inputs.smallestGroup, format.exact(numberIn(check, 'units'))],
      [t.inputs.plannedPerGroup, format.exact(numberIn(check, 'planned'))],
    ],
  };
}

function weeksLine(readout: Readout, t: ReadoutWords, format: Format): ChecklistLine | null {
  const check = readout.checks.find((c) => c.id === 'wholeWeeks');
  if (check === undefined) return null;
  const needed = numberIn(check, 'needed') ?? 1;
  return {
    id: 'weeks',
    mark: check.status === 'ok' ? 'yes' : 'open',
    label: t.checklist.weeks(needed),
    value: t.days(Math.floor(readout.day)),
    inputs: [
      [t.inputs.weeksPassed, format.number(Math.floor((check.value ?? 0) * 10) / 10)],
      [t.inputs.weeksNeeded, String(needed)],
    ],
  };
}

/** Those shown to be safe in one line, every other one by itself. */
function guardrailLines(readout: Readout, t: ReadoutWords, format: Format): ChecklistLine[] {
  const guardrails = readout.metrics.filter((m) => m.role === 'guardrail');
  const variant = focus(readout)?.result.variant;
  const own = guardrails.map((metric) => ({
    metric,
    result: metric.results.find((r) => r.variant === variant) ?? metric.results[0],
  }));
  const safe = own.filter(
    ({ result }) => result?.status === 'safe' || result?.status === 'improved',
  );
  const rest = own.filter((one) => !safe.includes(one));
  const together: ChecklistLine[] =
    safe.length === 0
      ? []
      : [
          {
            id: 'guardrails',
            mark: 'yes',
            label:
              safe.length === 1 && safe[0] !== undefined
                ? t.checklist.oneSafe(safe[0].metric.name)
                : t.checklist.guardrailsSafe,
            value:
              safe.length === 1
                ? worstText(t, format, safe[0]?.result?.worst)
                : `${safe.length} / ${guardrails.length}`,
            inputs: safe.map(({ metric, result }) => [
              metric.name,
              worstText(t, format, result?.worst),
            ]),
          },
        ];
  const apart = rest.map(({ metric, result }): ChecklistLine => ({
    id: `guardrail ${metric.metric}`,
    mark: result?.status === 'harmed' ? 'no' : 'open',
    label: guardrailLabel(metric, t, format),
    value: metric.margin === undefined ? '–' : worstText(t, format, result?.worst),
    inputs: [
      [t.inputs.lift, format.lift(result?.relative?.estimate)],
      [t.inputs.worst, format.lift(result?.worst)],
      [t.inputs.margin, metric.margin === undefined ? '–' : format.percent(metric.margin)],
    ],
  }));
  return [...together, ...apart];
}
function guardrailLabel(metric: MetricReadout, t: ReadoutWords, format: Format): string {
  if (metric.margin === undefined) return t.checklist.noMargin(metric.name);
  const sign = metric.direction === 'up' ? '−' : '+';
  return t.checklist.within(metric.name, `${sign}${format.percent(metric.margin)}`);
}
function worstText(t: ReadoutWords, format: Format, worst: number | null | undefined): string {
  return worst === null || worst === undefined ? '–' : t.checklist.upTo(format.lift(worst));
}

function splitLine(readout: Readout, t: ReadoutWords, format: Format): ChecklistLine {
  const check = readout.checks.find((c) => c.id === 'srm');
  const { srm, units } = readout;
  return {
    id: 'srm',
    mark: markOf(check),
    label: t.checklist.assignment,
    value: `SRM ${format.p(srm.pValue)}`,
    inputs: [
      ...Object.entries(units).map(([variant, n]): readonly [string, string] => [
        variant,
        t.inputs.observed(format.exact(n), format.exact(Math.round(srm.expected[variant] ?? 0))),
      ]),
      ['χ²', format.number(srm.chiSquare)],
      ['p', format.p(srm.pValue)],
      [t.inputs.alarm, '0.001'],
    ],
  };
}

const shownElsewhere = new Set(['srm', 'sample', 'wholeWeeks']);
/** Quality checks speak up only when they have something to say. */
function otherLines({ checks }: Readout, t: ReadoutWords, format: Format): ChecklistLine[] {
  return checks
    .filter((check) => check.status !== 'ok' && !shownElsewhere.has(check.id))
    .map((check) => ({
      id: check.id,
      mark: markOf(check),
      label: t.checkNames[check.id],
      value: checkValue(check, t, format),
      inputs: Object.entries(check.detail).map(([name, value]): readonly [string, string] => [
        name in t.inputs.detail ? t.inputs.detail[name as keyof typeof t.inputs.detail] : name,
        typeof value === 'number' ? format.number(value) : String(value ?? '–'),
      ]),
    }));
}
function markOf(check: Check | undefined): Mark {
  if (check === undefined || check.status === 'warn') return 'open';
  return check.status === 'ok' ? 'yes' : 'no';
}

export function checkValue(check: Check, t: ReadoutWords, format: Format): string {
  if (check.id === 'prePeriod' || check.id === 'srm') return `p ${format.p(check.value)}`;
  if (check.id === 'dataFresh')
    return check.value === null ? t.never : t.hours(Math.floor(check.value));
  return format.rate(check.value);
}
export function numberIn(check: Check | undefined, name: string): number | null {
  const value = check?.detail[name];
  return typeof value === 'number' ? value : null;
}
/** 0.999 is 99 %, never 100 %: what is not there is not there. */
export function wholePercent(format: Format, share: number | null): string {
  return format.percent(share === null ? null : Math.floor(share * 100) / 100);
}
