import type { ReactNode } from 'react';
import type { PlanDraft } from './model.ts';

export type SectionProps = { draft: PlanDraft; edit: (draft: PlanDraft) => void };

/** One numbered step of the set-up. */
export function Section(props: { n: number; title: string; note: string; children: ReactNode }) {
  const { n, title, note, children } = props;
  return (
    <section className="rounded-card bg-surface p-4 shadow-card">
      <div className="mb-3 flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <span
          aria-hidden="true"
          className="grid size-5 place-items-center rounded-full bg-neubg text-axis font-semibold text-ink2"
        >
          {n}
        </span>
        <h2>{title}</h2>
        <p className="sub">{note}</p>
      </div>
      <div className="flex flex-col gap-3">{children}</div>
    </section>
  );
}
