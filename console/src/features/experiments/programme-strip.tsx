import type { Experiment } from '@assay/server/contract';
import type { ReactNode } from 'react';
import { useFormat } from '../../lib/format.ts';
import { useNow } from '../../lib/stream.ts';
import { programme } from './programme.ts';
import { useText } from './text.ts';

/** Four figures on how the programme goes. */
export function ProgrammeStrip({ experiments }: { experiments: readonly Experiment[] }) {
  const t = useText().programme;
  const f = useFormat();
  const p = programme(experiments, useNow(60_000));
  const difference = p.decided - p.decidedBefore;
  const sign = difference > 0 ? '+' : difference < 0 ? '−' : '±';
  return (
    <div className="mb-4 grid grid-cols-4 rounded-card border border-line bg-surface max-[1000px]:grid-cols-2">
      <Tile
        figure={f.exact(p.running)}
        name={t.running}
        note={p.owners > 0 ? t.owners(p.owners) : ''}
      />
      <Tile
        figure={f.exact(p.decided)}
        name={t.decided}
        note={t.against(`${sign}${f.exact(Math.abs(difference))}`)}
      />
      <Tile
        figure={p.decided === 0 ? '–' : f.percent(Math.round((100 * p.shipped) / p.decided) / 100)}
        name={t.shipped}
        note={p.decided === 0 ? t.none : t.of(p.shipped, p.decided)}
      />
      <Tile
        figure={p.medianDays === null ? '–' : t.days(f.exact(Math.round(p.medianDays)))}
        name={t.median}
        note={t.medianNote}
      />
    </div>
  );
}

function Tile({ figure, name, note }: { figure: string; name: string; note: ReactNode }) {
  return (
    <div className="border-line px-4 py-[11px] not-first:border-l max-[1000px]:odd:border-l-0 max-[1000px]:nth-[n+3]:border-t">
      <p className="flex flex-wrap items-baseline gap-x-[9px]">
        <b className="text-[20px] leading-[26px] font-semibold tracking-[-0.015em] tabular-nums">
          {figure}
        </b>
        <span className="text-[12.5px] text-ink2">{name}</span>
      </p>
      <p className="sub min-h-[18px]">{note}</p>
    </div>
  );
}
