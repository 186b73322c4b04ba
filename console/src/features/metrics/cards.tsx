import type { Baseline, Metric } from '@assay/server/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api } from '../../lib/api.ts';
import { useFormat, type Format } from '../../lib/format.ts';
import type { ApiError } from '../../lib/problem.ts';
import { useChange } from '../../lib/query.ts';
import { Card } from '../../ui/card.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { ExperimentLinks } from '../../ui/experiment-links.tsx';
import { HistoryCard } from '../../ui/history.tsx';
import { Loaded, Skeleton } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { useRevisions, useUses } from './queries.ts';
import { useText } from './text.ts';

type TodayProps = { metric: Metric; environment: string; isDirty: boolean };

/** The metric on real data: what it is now, of how many, and how much it varies. */
export function TodayCard({ metric, environment, isDirty }: TodayProps) {
  const t = useText().today;
  const query = useQuery<Baseline, ApiError>({
    queryKey: ['POST /api/plan/baseline', metric.key, metric.revision, environment],
    queryFn: () => api('POST /api/plan/baseline', { body: { metric: metric.key, environment } }),
    staleTime: 60_000,
  });
  return (
    <Card title={t.title} note={t.note(environment)}>
      <Loaded query={query} skeleton={<Skeleton className="mx-4 mb-4 h-12" />}>
        {(baseline) =>
          baseline.units === 0 ? (
            <p className="sub px-4 pb-4">{t.none}</p>
          ) : (
            <Figures baseline={baseline} unit={metric.unitOfMeasure ?? ''} />
          )
        }
      </Loaded>
      {isDirty && <p className="sub px-4 pb-3">{t.unsaved}</p>}
    </Card>
  );
}

function Figures({ baseline, unit }: { baseline: Baseline; unit: string }) {
  const t = useText().today;
  const f = useFormat();
  const { units, unitsPerDay, standardError, cupedR2, rate } = baseline;
  const error =
    standardError === null
      ? null
      : rate === null
        ? `± ${f.amount(standardError, unit)}`
        : `± ${f.rate(standardError)}`;
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2 px-4 pb-4">
      <Figure name={error === null ? '' : `${error} ${t.spread}`}>
        {level(baseline, unit, f)}
      </Figure>
      <Figure name={t.units}>{f.count(units)}</Figure>
      {unitsPerDay !== null && <Figure name={t.perDay}>{f.count(Math.round(unitsPerDay))}</Figure>}
      {cupedR2 !== null && cupedR2 > 0.005 && (
        <Figure name={t.cuped}>
          {f.percent(Math.round(100 * (1 - Math.sqrt(1 - cupedR2))) / 100)}
        </Figure>
      )}
    </dl>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="sub">{name}</dt>
      <dd className="text-[20px] leading-[26px] font-semibold tracking-[-0.015em] tabular-nums">
        {children}
      </dd>
    </div>
  );
}

function level({ rate, mean, ratio }: Baseline, unit: string, f: Format): string {
  if (rate !== null) return f.rate(rate);
  if (mean !== null) return f.amount(mean, unit);
  return ratio === null
    ? f.number(null)
    : f.amount(ratio.numerator.mean / ratio.denominator.mean, unit);
}

export function UsedInCard({ metric }: { metric: string }) {
  const t = useText().usedIn;
  const uses = useUses()(metric);
  return (
    <Card title={t.title}>
      {uses.length === 0 && <p className="sub px-4 pb-4">{t.none}</p>}
      <ExperimentLinks experiments={uses} />
    </Card>
  );
}

type HistoryProps = { metric: Metric; mayEdit: boolean; onReverted: (metric: Metric) => void };
export function MetricHistory({ metric, mayEdit, onReverted }: HistoryProps) {
  const t = useText();
  const revert = useChange('POST /api/metrics/:key/revert');
  const { key, revision: current } = metric;
  return (
    <HistoryCard
      title={t.history}
      query={useRevisions(key)}
      current={current}
      mayRevert={mayEdit}
      error={revert.error}
      onRevert={(revision, reason) => {
        revert.mutate(
          { params: { key }, body: { revision, reason }, ifMatch: current },
          {
            onSuccess: (stored) => {
              onReverted(stored);
              toast(t.reverted(revision));
            },
          },
        );
      }}
    />
  );
}

export function ArchiveMetric({ metric }: { metric: Metric }) {
  const t = useText();
  const navigate = useNavigate();
  const archive = useChange('DELETE /api/metrics/:key');
  return (
    <div>
      <ConfirmButton
        label={t.archive}
        text={t.archiveText}
        keep={t.keep}
        isPending={archive.isPending}
        error={archive.error}
        onConfirm={() => {
          archive.mutate(
            { params: { key: metric.key }, query: {}, ifMatch: metric.revision },
            {
              onSuccess: () => {
                toast(t.archived);
                void navigate({ to: '/metrics' });
              },
            },
          );
        }}
      />
    </div>
  );
}
