import type { Breakdown } from '@assay/server/contract';
import { Plus, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { DialogTrigger, Popover, Dialog } from 'react-aria-components';
import { sharedDomain, type Domain } from '../../charts/axis.ts';
import { useWidth } from '../../charts/chart-frame.tsx';
import { IntervalAxis } from '../../charts/interval-axis.tsx';
import { IntervalBar } from '../../charts/interval-bar.tsx';
import { useFormat } from '../../lib/format.ts';
import { useApi } from '../../lib/query.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { classes } from '../../ui/classes.ts';
import { Combobox } from '../../ui/select.tsx';
import { Loaded, SkeletonRows } from '../../ui/states.tsx';
import { useAttributes } from './attributes.ts';
import { sliceResults, type SliceRow } from './slices.ts';
import type { ChartCardProps } from './over-card.tsx';
import { useText } from './text.ts';
import { useAxisText } from './use-notes.ts';

/** The effect in parts of the audience: one block an attribute, each asking whether the effect differs. */
export function BreakdownCard(props: ChartCardProps) {
  const { search, onSearch } = props;
  const t = useText();
  const names = (search.dim ?? '').split(',').filter((name) => name !== '');
  const show = (next: readonly string[]) => {
    onSearch({ dim: next.length === 0 ? undefined : next.join(',') });
  };
  return (
    <Card
      className="min-w-0 pb-2.5"
      title={t.breakdown.title}
      note={names.length === 0 ? undefined : t.breakdown.note}
      actions={
        <AddAttribute
          experiment={props.experiment}
          shown={names}
          onAdd={(name) => {
            show([...names, name]);
          }}
        />
      }
    >
      {names.length === 0 && (
        <Suggestions
          experiment={props.experiment}
          onAdd={(name) => {
            show([name]);
          }}
        />
      )}
      {names.map((name) => (
        <Block
          key={name}
          {...props}
          name={name}
          onRemove={() => {
            show(names.filter((other) => other !== name));
          }}
        />
      ))}
      {names.length > 0 && (
        <p className="border-t border-line px-4 pt-2 text-note text-ink3">{t.breakdown.explore}</p>
      )}
    </Card>
  );
}

/** Nothing chosen yet: what could be asked. */
function Suggestions(props: {
  experiment: ChartCardProps['experiment'];
  onAdd: (name: string) => void;
}) {
  const t = useText();
  const known = useAttributes(props.experiment).slice(0, 8);
  return (
    <div className="px-4 pt-1 pb-3">
      <p className="text-ink2">{t.breakdown.empty}</p>
      <div className="mt-2.5 flex flex-wrap gap-1.5">
        {known.map((name) => (
          <Button
            key={name}
            size="chip"
            onPress={() => {
              props.onAdd(name);
            }}
          >
            <span className="mono">{name}</span>
          </Button>
        ))}
      </div>
      <p className="mt-4 text-note text-ink3">{t.breakdown.explore}</p>
    </div>
  );
}

function AddAttribute(props: {
  experiment: ChartCardProps['experiment'];
  shown: readonly string[];
  onAdd: (name: string) => void;
}) {
  const { experiment, shown, onAdd } = props;
  const t = useText();
  const [name, setName] = useState('');
  const known = useAttributes(experiment).filter((one) => !shown.includes(one));
  const add = (close: () => void) => {
    const wanted = name.trim();
    if (wanted !== '' && !shown.includes(wanted)) onAdd(wanted);
    setName('');
    close();
  };
  return (
    <DialogTrigger>
      <Button size="chip">
        <Plus size={13} aria-hidden="true" />
        {t.breakdown.add}
      </Button>
      <Popover placement="bottom end" className="w-72 rounded-card bg-surface shadow-pop">
        <Dialog aria-label={t.breakdown.add} className="p-3 outline-none">
          {({ close }) => (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                add(close);
              }}
            >
              <Combobox
                label={t.breakdown.add}
                hint={t.breakdown.addHint}
                mono
                options={known.map((id) => ({ id, label: id }))}
                value={name}
                onChange={setName}
              />
              <div className="mt-2.5 text-right">
                <Button type="submit" isDisabled={name.trim() === ''}>
                  {t.breakdown.show}
                </Button>
              </div>
            </form>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Block(props: ChartCardProps & { name: string; onRemove: () => void }) {
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
