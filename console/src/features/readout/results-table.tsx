import type { MetricReadout, MetricResult } from '@assay/server/contract';
import type { ReactNode } from 'react';
import type { Domain } from '../../charts/axis.ts';
import { IntervalAxis } from '../../charts/interval-axis.tsx';
import { VariantBadge } from '../../ui/badge.tsx';
import { classes } from '../../ui/classes.ts';
import { Bar, Evidence, Lift, MetricName, Precision, Trend, Value } from './result-parts.tsx';
import { groupsOf, tableDomain } from './rows.ts';
import type { ResultsProps } from './results-card.tsx';
import { useText } from './text.ts';
import { useAxisText, useGroupNote } from './use-notes.ts';
import { variantsOf, type Variant } from './variants.ts';

/** Columns in pixels, without the interval, which takes the rest. */
const widths = { metric: 212, value: 102, lift: 116, evidence: 144, precision: 76, trend: 92 };
const besides = Object.values(widths).reduce((sum, w) => sum + w, 0) + widths.value;
const cell = 'px-2 text-left align-middle font-normal first:pl-4 last:pr-4';

interface Layout {
  /** The interval stands in the row; else it drops under it. */
  readonly inline: boolean;
  readonly barWidth: number;
  readonly span: number;
  readonly domain: Domain;
  readonly variants: readonly Variant[];
  /** With one treatment its letter stands in the head, with several in each row. */
  readonly several: boolean;
}

export function ResultsTable(props: ResultsProps) {
  const { experiment, readout, width } = props;
  const t = useText();
  const note = useGroupNote(experiment);
  const inline = width >= besides + 230;
  const layout: Layout = {
    inline,
    barWidth: inline ? width - besides - 16 : width - 32,
    span: inline ? 8 : 7,
    domain: tableDomain(readout.metrics, experiment.plan.mde),
    variants: variantsOf(experiment),
    several: (readout.metrics[0]?.results.length ?? 0) > 1,
  };
  return (
    <section
      aria-label={t.results.title}
      // Scrolled by keyboard too, so it takes the focus.
      tabIndex={0}
      className="overflow-x-auto"
    >
      <table className="w-full table-fixed border-collapse">
        <Head {...props} layout={layout} />
        {groupsOf(readout).map(([role, metrics]) => (
          <tbody key={role}>
            <tr className="border-b border-line">
              <th
                scope="colgroup"
                colSpan={layout.span}
                className="h-7 px-4 text-left text-label font-semibold"
              >
                {t.results.groups[role]}
                <span className="ml-2 font-normal text-ink3">{note(role)}</span>
              </th>
            </tr>
            {metrics.flatMap((metric) =>
              metric.results.map((result) => (
                <ResultRow
                  key={`${metric.metric} ${result.variant}`}
                  {...props}
                  layout={layout}
                  metric={metric}
                  result={result}
                />
              )),
            )}
          </tbody>
        ))}
      </table>
    </section>
  );
}

function Head({ experiment, readout, layout }: ResultsProps & { layout: Layout }) {
  const t = useText();
  const axisText = useAxisText();
  const { inline, barWidth, domain, variants, several } = layout;
  const named = (key: string | undefined) => variants.find((v) => v.key === key);
  const control = named(readout.metrics[0]?.control.variant);
  const only = several ? undefined : named(readout.metrics[0]?.results[0]?.variant);
  const axis = <IntervalAxis domain={domain} width={barWidth} format={axisText} />;
  return (
    <>
      <colgroup>
        {inline ? <col style={{ width: widths.metric }} /> : <col />}
        <col style={{ width: widths.value }} />
        <col style={{ width: widths.value }} />
        {inline && <col style={{ width: barWidth + 16 }} />}
        <col style={{ width: widths.lift }} />
        <col style={{ width: inline ? widths.evidence : 124 }} />
        <col style={{ width: widths.precision }} />
        <col style={{ width: widths.trend }} />
      </colgroup>
      <thead>
        <tr className="border-y border-line bg-surface2 text-label text-ink3 *:h-[34px]">
          <ColumnName>{t.results.metric}</ColumnName>
          <ColumnName>
            <VariantName variant={control}>
              {control?.key === experiment.control ? t.results.control : control?.name}
            </VariantName>
          </ColumnName>
          <ColumnName>
            {only === undefined ? (
              t.results.variant
            ) : (
              <VariantName variant={only}>{only.name}</VariantName>
            )}
          </ColumnName>
          {inline && (
            <ColumnName>
              <span className="sr-only">{t.results.intervalColumn}</span>
              {axis}
            </ColumnName>
          )}
          <ColumnName right>
            {t.results.versus(only?.letter ?? '', control?.letter ?? 'A').trim()}
          </ColumnName>
          <ColumnName>
            {readout.method === 'bayesian' ? t.results.chance : t.results.evidence}
          </ColumnName>
          <ColumnName>{t.results.precision}</ColumnName>
          <ColumnName>{t.results.trend}</ColumnName>
        </tr>
        {!inline && (
          <tr className="border-b border-line bg-surface2" aria-hidden="true">
            <td colSpan={layout.span} className="px-4">
              {axis}
            </td>
          </tr>
        )}
      </thead>
    </>
  );
}

function ColumnName({ right, children }: { right?: boolean; children: ReactNode }) {
  return (
    <th scope="col" className={classes(cell, right === true && 'text-right')}>
      <span className="font-medium">{children}</span>
    </th>
  );
}
function VariantName(props: { variant: Variant | undefined; children: ReactNode }) {
  return props.variant === undefined ? null : (
    <VariantBadge index={props.variant.index}>
      <span className="max-w-[60px] truncate" title={props.variant.name}>
        {props.children}
      </span>
    </VariantBadge>
  );
}

type RowProps = ResultsProps & { layout: Layout; metric: MetricReadout; result: MetricResult };
function ResultRow({ experiment, readout, series, diff, layout, metric, result }: RowProps) {
  const { inline, barWidth, domain, variants, several } = layout;
  const first = metric.results[0] === result;
  const days = series.get(metric.metric);
  const bar = (height: number) => (
    <Bar {...{ experiment, readout, metric, result, domain, height }} width={barWidth} />
  );
  const variant = variants.find((v) => v.key === result.variant);
  return (
    <>
      <tr className={inline ? 'border-b border-line *:h-[50px] hover:bg-hover' : '*:pt-2'}>
        {(first || !inline) && (
          <th
            scope="row"
            rowSpan={inline ? metric.results.length : 1}
            className={classes(cell, !first && 'invisible')}
          >
            <MetricName metric={metric} experiment={experiment} />
          </th>
        )}
        {(first || !inline) && (
          <td
            rowSpan={inline ? metric.results.length : 1}
            className={classes(cell, !first && 'invisible')}
          >
            <Value metric={metric} of={metric.control} />
          </td>
        )}
        <td className={cell}>
          <div className="flex items-start gap-1.5">
            {several && variant !== undefined && (
              <span title={variant.name} className="mt-px">
                <VariantBadge index={variant.index} />
              </span>
            )}
            <div className="min-w-0">
              <Value metric={metric} of={result} />
            </div>
          </div>
        </td>
        {inline && <td className="px-2 py-0">{bar(50)}</td>}
        <td className={classes(cell, 'text-right')}>
          <Lift metric={metric} result={result} diff={diff} />
        </td>
        <td className={cell}>
          <Evidence readout={readout} metric={metric} result={result} series={days} />
        </td>
        <td className={cell}>{first && <Precision metric={metric} />}</td>
        <td className={cell}>
          <Trend series={days} result={result} />
        </td>
      </tr>
      {!inline && (
        <tr className="border-b border-line">
          <td colSpan={layout.span} className="px-4 pb-1.5">
            {bar(26)}
          </td>
        </tr>
      )}
    </>
  );
}
