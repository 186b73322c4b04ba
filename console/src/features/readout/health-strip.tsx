import type { Check, Experiment, Readout } from '@assay/server/contract';
import {
  CircleX,
  History,
  RadioTower,
  Scale,
  Shuffle,
  TriangleAlert,
  UsersRound,
  type LucideIcon,
} from 'lucide-react';
import { useFormat, type Format } from '../../lib/format.ts';
import { numberIn } from './checklist.ts';
import { useText, type ReadoutWords } from './text.ts';
import { unitWord } from './units.ts';

type Cell = {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly label: string;
  readonly value: string;
  readonly note: string;
  readonly status: Check['status'];
};

/** Is the data fit to be read? One figure each, with what it is measured against. */
export function HealthStrip({ experiment, readout }: { experiment: Experiment; readout: Readout }) {
  const t = useText();
  const format = useFormat();
  const cells = healthCells({ experiment, readout, t, format });
  return (
    <dl
      aria-label={t.health.name}
      className="mt-4 grid overflow-hidden rounded-card border border-line bg-surface max-[999px]:grid-cols-3 max-[620px]:grid-cols-2 min-[1000px]:grid-cols-6"
    >
      {cells.map((cell) => (
        <HealthCell key={cell.id} cell={cell} />
      ))}
    </dl>
  );
}

function HealthCell({ cell }: { cell: Cell }) {
  const bad = cell.status !== 'ok';
  const Icon = bad ? (cell.status === 'fail' ? CircleX : TriangleAlert) : cell.icon;
  const tone = cell.status === 'fail' ? 'text-lose' : 'text-warn';
  return (
    <div className="-mt-px -ml-px border-t border-l border-line px-3.5 pt-[9px] pb-2">
      <dt className={`flex items-center gap-[5px] text-label ${bad ? tone : 'text-ink3'}`}>
        <Icon size={13} strokeWidth={1.75} aria-hidden="true" className="flex-none" />
        {cell.label}
      </dt>
      <dd className="flex flex-wrap items-baseline justify-between gap-x-2">
        <b className={`text-section font-semibold tabular-nums ${bad ? tone : ''}`}>{cell.value}</b>
        <span className="text-note whitespace-nowrap text-ink3 tabular-nums">{cell.note}</span>
      </dd>
    </div>
  );
}

export function healthCells(from: {
  experiment: Pick<Experiment, 'unit'>;
  readout: Readout;
  t: ReadoutWords;
  format: Format;
}): Cell[] {
  const { experiment, readout, t, format } = from;
  const unit = unitWord(experiment.unit, t);
  const check = (id: Check['id']) => readout.checks.find((c) => c.id === id);
  const statusOf = (id: Check['id']): Check['status'] => check(id)?.status ?? 'ok';
  const counts = Object.values(readout.units);
  const all = counts.reduce((sum, n) => sum + n, 0);
  const planned = readout.plannedUnitsPerVariant;
  const prePeriod = check('prePeriod');
  const rejected = check('rejected');
  return [
    {
      id: 'exposed',
      icon: UsersRound,
      label: t.health.exposed(unit),
      value: format.exact(all),
      note:
        planned === null
          ? t.health.noPlan
          : t.health.planned(format.exact(planned * counts.length)),
      status: 'ok',
    },
    {
      id: 'srm',
      icon: Scale,
      label: t.health.ratio,
      value: counts
        .map((n) => (all > 0 ? ((n / all) * 100).toFixed(splitDigits(counts)) : '–'))
        .join(' / '),
      note: `p = ${format.p(readout.srm.pValue)}`.replace('= <', '< ').replace('= >', '> '),
      status: statusOf('srm'),
    },
    {
      id: 'crossover',
      icon: Shuffle,
      label: t.health.crossover(unit),
      value: format.rate(check('crossover')?.value),
      note: t.health.limit(format.percent(numberIn(check('crossover'), 'limit'))),
      status: statusOf('crossover'),
    },
    {
      id: 'prePeriod',
      icon: History,
      label: t.health.prePeriod,
      value:
        prePeriod === undefined ? '–' : `p = ${format.p(prePeriod.value)}`.replace('= >', '> '),
      note: prePeriod === undefined ? t.health.noHistory : t.health.before,
      status: statusOf('prePeriod'),
    },
    {
      id: 'rejected',
      icon: CircleX,
      label: t.health.rejected,
      value: format.rate(rejected?.value),
      note: t.health.lastDay,
      status: statusOf('rejected'),
    },
    {
      id: 'dataFresh',
      icon: RadioTower,
      label: t.health.lastEvent,
      value:
        readout.lastEvent === null
          ? t.health.none
          : format.ago(readout.lastEvent, Date.parse(readout.asOf)),
      note: '',
      status: statusOf('dataFresh'),
    },
  ];
}
/** Two groups in hundredths of a percent; more of them in tenths, to fit. */
function splitDigits(counts: readonly number[]): number {
  return counts.length > 2 ? 1 : 2;
}
