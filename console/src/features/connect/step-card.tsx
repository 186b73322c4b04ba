import type { ReactNode } from 'react';

export function StepCard(props: { n: number; title: string; children: ReactNode }) {
  return (
    <section className="rounded-card bg-surface p-4 shadow-card">
      <div className="mb-3 flex items-center gap-2.5">
        <span
          aria-hidden="true"
          className="grid size-5 place-items-center rounded-full bg-neubg text-axis font-semibold text-ink2"
        >
          {props.n}
        </span>
        <h2>{props.title}</h2>
      </div>
      <div className="flex flex-col gap-3">{props.children}</div>
    </section>
  );
}
