import type { Breakdown } from '@assay/server/contract';
import { X } from 'lucide-react';
import { useRef } from 'react';
import { sharedDomain, type Domain } from '../../charts/axis.ts';
import { useWidth } from '../../charts/chart-frame.tsx';
import { IntervalAxis } from '../../charts/interval-axis.tsx';
import { IntervalBar } from '../../charts/interval-bar.tsx';
import { useFormat } from '../../lib/format.ts';
import { useApi } from '../../lib/query.ts';
import { IconButton } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Loaded, SkeletonRows } from '../../ui/states.tsx';
import type { ChartCardProps } from './over-card.tsx';
import { sliceResults, type SliceRow } from './slices.ts';
import { useText } from './text.ts';
import { useAxisText } from './use-notes.ts';

/** One attribute: does the effect differ, and the lift in each slice. */
export function BreakdownBlock(props: ChartCardProps & { name: string; onRemove: () => void }) {
  const { experiment, readout, metric, variant, search, name, onRemove } = props;
  const t = useText();
  const format = useFormat();
  const found = useApi(
    'GET /api/experiments/:key/breakdown',
    {
      params: { key: experiment.key },
      query: {
        by: name,
        metric: metric.metric,
        ...(search.vs !== undefined && { vs: search.vs }),
      },
    },
    { refetchInterval: readout.status === 'running' ? 60_000 : false },
  );
  const differs = found.data?.differs.find((d) => d.variant === variant);
  return (
    <section aria-label={name} className="border-t border-line">
      <div className="flex h-[30px] items-center gap-2 px-4 text-label">
        <h3 className="mono font-semibold">{name}</h3>
        <span className="sub ml-auto whitespace-nowrap">
          {differs !== undefined &&
            t.breakdown.differs(format.p(differs.pValue)).replace('= <', '< ').replace('= >', '> ')}
        </span>
        <IconButton label={t.breakdown.remove(name)} onPress={onRemove}>
          <X size={13} aria-hidden="true" />
        </IconButton>
      </div>
      <Loaded query={found} skeleton={<SkeletonRows rows={3} height={30} />}>
        {(data) => <Slices {...props} breakdown={data} />}
      </Loaded>
    </section>
  );
}

function Slices(props: ChartCardProps & { breakdown: Breakdown }) {
  const { metric, variant, breakdown } = props;
  const t = useText();
  const axisText = useAxisText();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 730);
  const rows = sliceResults(breakdown, variant, metric.direction);
  const overall = metric.results.find((r) => r.variant === variant)?.relative?.estimate ?? null;
  const spans = rows.flatMap(({ relative }): Domain[] =>
    relative === null || relative.low === null || relative.high === null
      ? []
      : [[relative.low, relative.high]],
  );
  const domain = sharedDomain(spans, overall === null ? [] : [overall]);
  const barWidth = Math.max(120, Math.min(width - 360, 420));
  if (rows.length === 0) return <p className="px-4 pb-3 text-ink2">{t.breakdown.noSlices}</p>;
  return (
    <div ref={box} className="overflow-x-auto">
      <table className="w-full">
        <thead>
          <tr className="text-axis text-ink3">
            <th scope="col" className="sr-only">
              {breakdown.by.join(', ')}
            </th>
            <th scope="col" className="px-2 text-right font-normal">
              {t.breakdown.share}
            </th>
            <th scope="col" className="px-4 font-normal" style={{ width: barWidth + 32 }}>
              <span className="sr-only">{t.breakdown.interval}</span>
              <IntervalAxis domain={domain} width={barWidth} format={axisText} />
            </th>
            <th scope="col" className="px-4 text-right font-normal">
              {t.breakdown.lift}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Slice key={row.name} {...{ row, domain, overall, barWidth }} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const tones = { win: 'text-win', lose: 'text-lose', neutral: 'text-ink2' } as const;
function Slice(props: { row: SliceRow; domain: Domain; overall: number | null; barWidth: number }) {
  const { row, domain, overall, barWidth } = props;
  const t = useText();
  const format = useFormat();
  const name = row.name === '' ? t.breakdown.unknown : row.name;
  const lift = format.lift(row.relative?.estimate);
  const range =
    row.relative === null ? '–' : format.liftInterval(row.relative.low, row.relative.high);
  return (
    <tr className="h-[30px]">
      <th
        scope="row"
        className="max-w-[180px] truncate pl-7 text-left font-normal text-ink2 max-sm:pl-4"
        title={name}
      >
        {name}
      </th>
      <td className="px-2 text-right text-note text-ink3">{format.percent(round(row.share))}</td>
      <td className="px-4">
        <IntervalBar
          label={t.breakdown.slice(name, lift, range)}
          domain={domain}
          width={barWidth}
          height={28}
          estimate={row.relative?.estimate ?? null}
          spans={row.relative === null ? [] : [row.relative]}
          tone={row.tone}
          mde={overall ?? undefined}
        />
      </td>
      <td className="px-4 text-right whitespace-nowrap">
        <b className={classes('font-semibold', tones[row.tone])}>{lift}</b>{' '}
        <span className="text-note text-ink3 max-sm:hidden">{range}</span>
      </td>
    </tr>
  );
}
function round(share: number): number {
  return Math.round(share * 100) / 100;
}
