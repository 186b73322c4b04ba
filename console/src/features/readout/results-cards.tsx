import type { MetricReadout, MetricResult } from '@assay/server/contract';
import type { ReactNode } from 'react';
import { IntervalAxis } from '../../charts/interval-axis.tsx';
import { VariantBadge } from '../../ui/badge.tsx';
import type { ResultsProps } from './results-card.tsx';
import { Bar, Evidence, Lift, MetricName, Precision, Value } from './result-parts.tsx';
import { groupsOf, tableDomain } from './rows.ts';
import { useText } from './text.ts';
import { useAxisText, useGroupNote } from './use-notes.ts';
import { variantsOf, type Variant } from './variants.ts';

/** The same results on a phone: one card a metric, the bars still on one axis. */
export function ResultsCards(props: ResultsProps) {
  const { experiment, readout, width } = props;
  const t = useText();
  const note = useGroupNote(experiment);
  const axisText = useAxisText();
  const domain = tableDomain(readout.metrics, experiment.plan.mde);
  const variants = variantsOf(experiment);
  const barWidth = Math.max(160, width - 32);
  return groupsOf(readout).map(([role, metrics]) => (
    <section key={role} aria-label={t.results.groups[role]}>
      <p className="border-t border-line bg-surface2 px-4 py-1.5 text-label font-semibold">
        {t.results.groups[role]}
        <span className="ml-2 font-normal text-ink3">{note(role)}</span>
      </p>
      <div className="px-4">
        <IntervalAxis domain={domain} width={barWidth} format={axisText} />
      </div>
      {metrics.map((metric) => (
        <article key={metric.metric} className="border-t border-line px-4 py-2.5">
          <div className="flex gap-3">
            <div className="min-w-0 flex-1">
              <MetricName metric={metric} experiment={experiment} />
            </div>
            <Precision metric={metric} />
          </div>
          <Labelled variant={variants.find((v) => v.key === metric.control.variant)}>
            <Value metric={metric} of={metric.control} />
          </Labelled>
          {metric.results.map((result) => (
            <Result
              key={result.variant}
              {...props}
              {...{ metric, result }}
              variant={variants.find((v) => v.key === result.variant)}
              bar={
                <Bar
                  {...{ experiment, readout, metric, result, domain }}
                  width={barWidth}
                  height={34}
                />
              }
            />
          ))}
        </article>
      ))}
    </section>
  ));
}

function Labelled(props: { variant: Variant | undefined; children: ReactNode }) {
  return (
    <div className="mt-2 flex items-start gap-2">
      {props.variant !== undefined && (
        <span title={props.variant.name} className="mt-px">
          <VariantBadge index={props.variant.index} />
        </span>
      )}
      <div className="min-w-0 flex-1">{props.children}</div>
    </div>
  );
}

type ResultProps = ResultsProps & {
  metric: MetricReadout;
  result: MetricResult;
  variant: Variant | undefined;
  bar: ReactNode;
};
function Result({ readout, series, diff, metric, result, variant, bar }: ResultProps) {
  return (
    <>
      <Labelled variant={variant}>
        <div className="flex flex-wrap justify-between gap-x-4 gap-y-1">
          <div>
            <Value metric={metric} of={result} />
          </div>
          <div className="text-right">
            <Lift metric={metric} result={result} diff={diff} />
          </div>
          <div className="basis-full min-[420px]:basis-auto">
            <Evidence
              readout={readout}
              metric={metric}
              result={result}
              series={series.get(metric.metric)}
            />
          </div>
        </div>
      </Labelled>
      <div className="mt-1">{bar}</div>
    </>
  );
}
