import type { ReactNode } from 'react';
import { useText } from './text.ts';

/** What shapes and colours of the table mean. */
export function ResultsLegend({ level }: { level: string }) {
  const { legend } = useText().results;
  return (
    <div className="flex flex-wrap gap-x-5 gap-y-1.5 px-4 pt-2.5 pb-3 text-note text-ink3">
      <Entry
        mark={
          <svg width="52" height="12" aria-hidden="true">
            <rect width="52" height="10" y="1" rx="3" fill="var(--win)" fillOpacity=".22" />
            <rect x="9" width="34" height="10" y="1" rx="3" fill="var(--win)" fillOpacity=".42" />
            <rect x="17" width="18" height="10" y="1" rx="3" fill="var(--win)" fillOpacity=".62" />
          </svg>
        }
      >
        {legend.interval(level)}
      </Entry>
      <Entry mark={<Dot tone="bg-win" />}>▲ {legend.better}</Entry>
      <Entry mark={<Dot tone="bg-lose" />}>▼ {legend.worse}</Entry>
      <Entry mark={<Dot tone="bg-neumid" />}>{legend.neutral}</Entry>
      <Entry mark={<Dot tone="bg-warnmid" />}>{legend.warn}</Entry>
      <Entry
        mark={
          <svg width="24" height="12" aria-hidden="true">
            <rect
              x=".5"
              y="1.5"
              width="23"
              height="9"
              rx="3"
              fill="none"
              stroke="var(--neumid)"
              strokeDasharray="3 3"
            />
          </svg>
        }
      >
        {legend.pending}
      </Entry>
    </div>
  );
}
function Entry({ mark, children }: { mark: ReactNode; children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      {mark}
      {children}
    </span>
  );
}
function Dot({ tone }: { tone: string }) {
  return <span aria-hidden="true" className={`size-[9px] rounded-[3px] ${tone}`} />;
}
