import type { ReactNode } from 'react';
import { classes } from './classes.ts';

type CardProps = {
  children: ReactNode;
  title?: ReactNode;
  /** The quiet sentence beside the title. */
  note?: ReactNode;
  actions?: ReactNode;
  className?: string;
};

export function Card({ title, note, actions, children, className }: CardProps) {
  return (
    <section className={classes('rounded-card bg-surface shadow-card', className)}>
      {title !== undefined && (
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1 px-4 pt-3 pb-2.5">
          <h2>{title}</h2>
          {note !== undefined && <p className="sub">{note}</p>}
          {actions !== undefined && (
            <div className="ml-auto flex flex-wrap items-center gap-1.5">{actions}</div>
          )}
        </div>
      )}
      {children}
    </section>
  );
}
