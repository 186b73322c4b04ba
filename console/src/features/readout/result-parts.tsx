import type {
  Experiment,
  MetricReadout,
  MetricResult,
  Readout,
  Series,
} from '@assay/server/contract';
import { CircleAlert, CircleHelp, ShieldCheck, ShieldQuestion } from 'lucide-react';
import type { Domain } from '../../charts/axis.ts';
import { IntervalBar } from '../../charts/interval-bar.tsx';
import { Sparkline } from '../../charts/sparkline.tsx';
import { glyph, useFormat } from '../../lib/format.ts';
import { classes } from '../../ui/classes.ts';
import { wholePercent } from './checklist.ts';
import { daysOf } from './days.ts';
import {
  differenceText,
  harmEdge,
  lineTone,
  outOf,
  spansOf,
  toneOf,
  valueText,
  type Diff,
} from './figures.ts';
import { evidenceNote, mdeOf, metricNote } from './rows.ts';
import { useText } from './text.ts';
import { unitWord } from './units.ts';

const quiet = 'text-note text-ink3 whitespace-nowrap tabular-nums';

export function MetricName({
  metric,
  experiment,
}: {
  metric: MetricReadout;
  experiment: Experiment;
}) {
  const t = useText();
  const format = useFormat();
  const note = metricNote(metric, unitWord(experiment.unit, t), { t, format });
  return (
    <>
      <div className="leading-[18px] font-medium break-words">{metric.name}</div>
      <div className="truncate text-note text-ink3" title={note}>
        {note}
      </div>
    </>
  );
}

export function Value(props: {
  metric: MetricReadout;
  of: { n: number; value: number | null; total: number | null };
}) {
  const format = useFormat();
  return (
    <>
      <div className="leading-[18px] font-medium whitespace-nowrap tabular-nums">
        {valueText(format, props.metric, props.of.value)}
      </div>
      <div className={quiet} title={format.exact(props.of.total)}>
        {outOf(format, props.metric, props.of)}
      </div>
    </>
  );
}

export function Bar(props: {
  experiment: Experiment;
  readout: Readout;
  metric: MetricReadout;
  result: MetricResult;
  domain: Domain;
  width: number;
  height?: number;
}) {
  const { experiment, readout, metric, result, domain, width, height = 50 } = props;
  const t = useText();
  const format = useFormat();
  const { relative } = result;
  const { mde } = experiment.plan;
  const label =
    relative === null
      ? t.results.sentenceNone(metric.name)
      : t.results.sentence(
          metric.name,
          format.lift(relative.estimate),
          format.percent(metric.method.level ?? 1 - readout.alpha),
          t.results.range(
            relative.low === null ? '−∞' : format.lift(relative.low),
            relative.high === null ? '+∞' : format.lift(relative.high),
          ),
        );
  return (
    <IntervalBar
      label={label}
      domain={domain}
      width={width}
      height={height}
      estimate={relative?.estimate ?? null}
      spans={spansOf(result)}
      tone={toneOf(result)}
      mde={metric.role === 'primary' && mde !== undefined ? mdeOf(metric, mde) : undefined}
      margin={harmEdge(metric)}
    />
  );
}

/** The lift, or another difference, with its interval under it. */
export function Lift(props: { metric: MetricReadout; result: MetricResult; diff: Diff }) {
  const { metric, result, diff } = props;
  const t = useText();
  const format = useFormat();
  const uncapped = result.uncapped?.relative?.estimate ?? null;
  const { main, range } = differenceText(format, metric, result, diff);
  const shownGlyph =
    metric.role !== 'guardrail' && (result.status === 'better' || result.status === 'worse')
      ? glyph(result.status === 'better' ? 1 : -1)
      : '';
  return (
    <>
      <div
        className={classes(
          'text-section leading-[18px] font-semibold tracking-[-0.01em] whitespace-nowrap tabular-nums',
          toneText[toneOf(result)],
        )}
      >
        {shownGlyph !== '' && (
          <span aria-hidden="true" className="mr-1 align-[1.5px] text-[9px]">
            {shownGlyph}
          </span>
        )}
        {main}
      </div>
      <div className={quiet}>
        {result.status === 'insufficient' && metric.matured !== null && metric.matured < 1
          ? t.results.maturedShare(wholePercent(format, metric.matured))
          : range}
      </div>
      {uncapped !== null && (
        <div className={quiet}>{t.results.uncapped(format.lift(uncapped))}</div>
      )}
    </>
  );
}
const toneText = {
  win: 'text-win',
  lose: 'text-lose',
  neutral: 'text-ink2',
  warn: 'text-ink',
  insufficient: 'font-medium text-ink3',
} as const;

export function Evidence(props: {
  readout: Readout;
  metric: MetricReadout;
  result: MetricResult;
  series: Series | undefined;
}) {
  const { readout, metric, result, series } = props;
  const t = useText();
  const format = useFormat();
  const note = evidenceNote(metric, result, { t, format, readout, series });
  return (
    <>
      <div className="flex items-center gap-[5px] leading-[18px] font-medium whitespace-nowrap tabular-nums">
        <EvidenceWord readout={readout} metric={metric} result={result} />
      </div>
      <div className="text-note text-ink3 tabular-nums">{note}</div>
    </>
  );
}

const words = {
  safe: [ShieldCheck, 'text-ok'],
  improved: [ShieldCheck, 'text-win'],
  not_proven: [ShieldQuestion, 'text-warn'],
  harmed: [CircleAlert, 'text-lose'],
  insufficient: [CircleHelp, 'text-ink3'],
} as const;

/** A word where the question is one of safety or of patience; p, or the chance, where it is one of proof. */
function EvidenceWord(props: { readout: Readout; metric: MetricReadout; result: MetricResult }) {
  const { readout, metric, result } = props;
  const t = useText();
  const format = useFormat();
  const { status } = result;
  if (status === 'insufficient')
    return <span className="text-ink3">{t.results.statuses.insufficient}</span>;
  if (status in words) {
    const [Icon, tone] = words[status as keyof typeof words];
    return (
      <span className={classes('inline-flex items-center gap-[5px]', tone)}>
        <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
        {t.results.statuses[status]}
      </span>
    );
  }
  const p = result.adjustedPValue ?? result.pValue;
  if (metric.role === 'guardrail' || (p === null && readout.method !== 'bayesian'))
    return <span>{t.results.statuses[status]}</span>;
  return (
    <span title={p === null ? undefined : String(p)}>
      {p === null ? format.probability(result.probabilityBetter) : format.p(p)}
    </span>
  );
}

/** How much of the planned number of units is there. */
export function Precision({ metric }: { metric: MetricReadout }) {
  const t = useText();
  const format = useFormat();
  const { precision } = metric;
  if (precision === null) return <div className={quiet}>{t.results.noPlan}</div>;
  const text = wholePercent(format, precision);
  return (
    <>
      <div
        role="img"
        aria-label={t.results.ofPlan(text)}
        className="mt-1.5 mb-[3px] h-[5px] w-14 overflow-hidden rounded-[3px] bg-neubg"
      >
        <div
          className={classes('h-full rounded-[3px]', precision >= 1 ? 'bg-ink2' : 'bg-neumid')}
          style={{ width: `${Math.min(1, precision) * 100}%` }}
        />
      </div>
      <div className={quiet}>{text}</div>
    </>
  );
}

export function Trend({ series, result }: { series: Series | undefined; result: MetricResult }) {
  if (series === undefined) return null;
  return <Sparkline points={daysOf(series, result.variant)} tone={lineTone(result)} />;
}
