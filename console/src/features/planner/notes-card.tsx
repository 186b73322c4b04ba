import type { Baseline } from '@assay/server/contract';
import { CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { Inputs } from './inputs.ts';
import type { Outlook } from './outlook.ts';
import { useText, type PlannerWords } from './text.ts';

type NoteName = keyof PlannerWords['notes'];
const warnings = new Set<NoteName>(['long', 'few']);

/** What to keep in mind about this plan, two things at most. */
export function NotesCard(props: {
  inputs: Inputs;
  outlook: Outlook | undefined;
  baseline: Baseline | undefined;
}) {
  const t = useText();
  return (
    <section className="grid rounded-card bg-surface shadow-card min-[700px]:grid-cols-2">
      {notesOf(props).map((name) => {
        const Icon = warnings.has(name) ? TriangleAlert : name === 'fine' ? CircleCheck : Info;
        const tone = warnings.has(name) ? 'text-warn' : name === 'fine' ? 'text-ok' : 'text-ink3';
        return (
          <div
            key={name}
            className="flex gap-[9px] border-line px-4 py-3 text-[12.5px] leading-[18px] text-ink2 not-first:max-[699px]:border-t not-first:min-[700px]:border-l"
          >
            <Icon size={15} aria-hidden="true" className={`mt-0.5 flex-none ${tone}`} />
            <p>
              <b className="font-semibold text-ink">{t.notes[name].title}</b> {t.notes[name].text}
            </p>
          </div>
        );
      })}
    </section>
  );
}

export function notesOf(from: {
  inputs: Pick<Inputs, 'groups'>;
  outlook: Pick<Outlook, 'days'> | undefined;
  baseline: Pick<Baseline, 'units' | 'notes'> | undefined;
}): NoteName[] {
  const { inputs, outlook, baseline } = from;
  const days = outlook?.days;
  const found: NoteName[] = [];
  if (typeof days === 'number' && days > 56) found.push('long');
  if (baseline !== undefined && baseline.units < 1_000) found.push('few');
  if (inputs.groups > 2) found.push('groups');
  if (baseline?.notes.includes('matured_units_only') === true) found.push('matured');
  if (typeof days === 'number' && days <= 56) found.push('fine');
  return [...found, 'control' as const].slice(0, 2);
}
