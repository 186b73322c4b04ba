import { Link } from '@tanstack/react-router';
import { ChevronDown } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import type { Domain } from '../../charts/axis.ts';
import { useFormat } from '../../lib/format.ts';
import { useMedia } from '../../lib/media.ts';
import { Avatar, Badge, type Tone } from '../../ui/badge.tsx';
import { classes } from '../../ui/classes.ts';
import { mainResult, sharedDomain, type Group } from './model.ts';
import { Guards, HealthMark, Lift, MiniInterval, NextStep, Sample, letter } from './row-parts.tsx';
import type { ExperimentRow } from './rows.ts';
import { useText } from './text.ts';

const groupTones: Partial<Record<Group, Tone>> = { decision: 'accent', fix: 'warn' };
type ListProps = {
  groups: readonly { group: Group; rows: ExperimentRow[] }[];
  metricNames: ReadonlyMap<string, string>;
};

export function ExperimentList({ groups, metricNames }: ListProps) {
  const t = useText();
  const isTable = useMedia('(min-width: 700px)');
  const isWide = useMedia('(min-width: 1100px)');
  const barWidth = useMedia('(min-width: 1400px)') ? 190 : 136;
  const [closed, setClosed] = useState<ReadonlySet<Group>>(new Set());
  const { domain, tick } = sharedDomain(
    groups.flatMap(({ rows }) => rows.flatMap(({ readout }) => liftOf(readout))),
  );
  const toggle = (group: Group) => {
    setClosed((now) =>
      now.has(group) ? new Set([...now].filter((g) => g !== group)) : new Set([...now, group]),
    );
  };
  const shared = { domain, metricNames, barWidth };
  if (!isTable)
    return (
      <div>
        {groups.map(({ group, rows }) => (
          <section key={group} aria-label={t.groups[group]}>
            <GroupHead
              group={group}
              count={rows.length}
              isOpen={!closed.has(group)}
              toggle={toggle}
            />
            {!closed.has(group) &&
              rows.map((row) => <ExperimentCard key={row.experiment.key} row={row} {...shared} />)}
          </section>
        ))}
      </div>
    );
  return (
    <table className="w-full table-fixed border-collapse">
      <caption className="sr-only">{t.title}</caption>
      <ListHead tick={tick} domain={domain} isWide={isWide} barWidth={barWidth} />
      {groups.map(({ group, rows }) => (
        <tbody key={group}>
          <tr className="h-[34px] border-b border-line bg-surface2">
            <th colSpan={isWide ? 9 : 8} scope="colgroup" className="text-left font-normal">
              <GroupHead
                group={group}
                count={rows.length}
                isOpen={!closed.has(group)}
                toggle={toggle}
              />
            </th>
          </tr>
          {!closed.has(group) &&
            rows.map((row) => (
              <TableRow key={row.experiment.key} row={row} isWide={isWide} {...shared} />
            ))}
        </tbody>
      ))}
    </table>
  );
}

function liftOf(readout: ExperimentRow['readout']): number[] {
  const lift = readout === undefined ? null : mainResult(readout)?.result.relative?.estimate;
  return lift === null || lift === undefined ? [] : [lift];
}

function GroupHead(props: {
  group: Group;
  count: number;
  isOpen: boolean;
  toggle: (group: Group) => void;
}) {
  const t = useText();
  const { group, count, isOpen, toggle } = props;
  return (
    <Button
      aria-expanded={isOpen}
      onPress={() => {
        toggle(group);
      }}
      className="flex h-[34px] w-full items-center gap-1.5 px-4 text-left data-focus-visible:outline-offset-[-2px] max-[699px]:border-b max-[699px]:border-line max-[699px]:bg-surface2"
    >
      <ChevronDown
        size={13}
        aria-hidden="true"
        className={classes('text-ink3', !isOpen && '-rotate-90')}
      />
      <Badge tone={groupTones[group] ?? 'quiet'}>{t.groups[group]}</Badge>
      <span className="sub">{count}</span>
    </Button>
  );
}

const column = 'h-8 px-2 text-left text-label font-medium text-ink3';
function ListHead(props: { tick: number; domain: Domain; isWide: boolean; barWidth: number }) {
  const { tick, domain, isWide, barWidth } = props;
  const t = useText().columns;
  const f = useFormat();
  const at = (value: number) => `${((value - domain[0]) / (domain[1] - domain[0])) * 100}%`;
  return (
    <thead>
      <tr className="border-b border-line bg-surface2">
        <th scope="col" className={classes(column, 'w-[21%] pl-4')}>
          {t.experiment}
        </th>
        <th scope="col" className={classes(column, 'w-[122px]')}>
          {t.sample}
        </th>
        <th scope="col" className={column}>
          {t.metric}
        </th>
        {isWide && (
          <th scope="col" className="h-8 px-1.5" style={{ width: barWidth + 12 }}>
            <span className="sr-only">{t.interval}</span>
            <span
              aria-hidden="true"
              className="relative block h-4 text-axis font-medium text-ink3"
              style={{ width: barWidth }}
            >
              {[-tick, 0, tick].map((value) => (
                <span key={value} className="absolute -translate-x-1/2" style={{ left: at(value) }}>
                  {value === 0 ? '0' : f.lift(value).replace('.0%', '%')}
                </span>
              ))}
            </span>
          </th>
        )}
        <th scope="col" className={classes(column, 'w-[104px] text-right')}>
          {t.lift}
        </th>
        <th scope="col" className={classes(column, 'w-[68px]')}>
          {t.guards}
        </th>
        <th scope="col" className={classes(column, 'w-[76px]')}>
          {t.health}
        </th>
        <th scope="col" className={classes(column, 'w-[148px]')}>
          {t.next}
        </th>
        <th scope="col" className="w-[48px] pr-3.5">
          <span className="sr-only">{t.owner}</span>
        </th>
      </tr>
    </thead>
  );
}

type RowProps = {
  row: ExperimentRow;
  domain: Domain;
  barWidth: number;
  metricNames: ReadonlyMap<string, string>;
};

function TableRow({ row, domain, barWidth, metricNames, isWide }: RowProps & { isWide: boolean }) {
  const t = useText();
  const { experiment, readout, next } = row;
  const bar = readout !== undefined && (
    <MiniInterval readout={readout} domain={domain} width={barWidth} />
  );
  return (
    <>
      <tr className={classes('h-[47px] hover:bg-hover', isWide && 'border-b border-line')}>
        <th scope="row" className="px-2 pl-4 text-left font-normal">
          <ExperimentName row={row} />
        </th>
        <td className="px-2">
          <Sample experiment={experiment} readout={readout} />
        </td>
        <td className="truncate px-2 text-ink2">
          {experiment.metrics.primary === undefined
            ? t.notChosen
            : (metricNames.get(experiment.metrics.primary) ?? experiment.metrics.primary)}
        </td>
        {isWide && <td className="px-1.5">{bar}</td>}
        <td className="px-2 text-right">{readout !== undefined && <Lift readout={readout} />}</td>
        <td className="px-2">{readout !== undefined && <Guards readout={readout} />}</td>
        <td className="px-2">{readout !== undefined && <HealthMark readout={readout} />}</td>
        <td className="truncate px-2">
          <NextStep next={next} />
        </td>
        <td className="pr-3.5 text-right">
          {experiment.owner !== '' && <Avatar name={experiment.owner} />}
        </td>
      </tr>
      {!isWide && (
        <tr className="border-b border-line">
          <td colSpan={8} className="px-4 pb-2">
            {bar}
          </td>
        </tr>
      )}
    </>
  );
}

function ExperimentName({ row: { experiment } }: { row: ExperimentRow }): ReactNode {
  const draft = experiment.status === 'draft';
  return (
    <>
      <span className="flex items-center gap-1.5">
        <Link
          to={draft ? '/experiments/$key/setup' : '/experiments/$key'}
          params={{ key: experiment.key }}
          data-row=""
          className="truncate leading-[18px] font-medium hover:underline"
        >
          {experiment.name ?? experiment.key}
        </Link>
        {experiment.variants.length > 2 && (
          <Badge>{experiment.variants.map((_, i) => letter(i)).join('/')}</Badge>
        )}
      </span>
      <span className="mono block truncate text-note text-ink3">{experiment.key}</span>
    </>
  );
}

function ExperimentCard({ row, domain, barWidth, metricNames }: RowProps) {
  const t = useText();
  const { experiment, readout, next } = row;
  const { primary } = experiment.metrics;
  return (
    <article className="flex flex-col gap-1.5 border-b border-line px-4 py-3 last:border-0">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <ExperimentName row={row} />
        </div>
        {readout !== undefined && <Lift readout={readout} />}
      </div>
      <div className="text-ink2">
        {primary === undefined ? t.notChosen : (metricNames.get(primary) ?? primary)}
      </div>
      {readout !== undefined && <MiniInterval readout={readout} domain={domain} width={barWidth} />}
      <div className="flex flex-wrap items-end gap-x-4 gap-y-1.5">
        <div>
          <Sample experiment={experiment} readout={readout} />
        </div>
        {readout !== undefined && <Guards readout={readout} />}
        {readout !== undefined && <HealthMark readout={readout} />}
        <NextStep next={next} />
      </div>
    </article>
  );
}
