import type { ComponentPropsWithRef, ReactNode } from 'react';
import { classes } from './classes.ts';

/** Plain tables: quiet head, hairlines, rows of 36 px; wider than its card, it scrolls sideways by itself. */
export function Table({ label, children }: { label: string; children: ReactNode }) {
  return (
    // Scrolled by keyboard too, so it takes the focus.
    <div className="relative overflow-x-auto" role="region" aria-label={label} tabIndex={0}>
      <table className="w-full border-collapse">{children}</table>
    </div>
  );
}

export function Head({ children }: { children: ReactNode }) {
  return (
    <thead className="border-b border-line bg-surface2 text-label text-ink3">
      <tr>{children}</tr>
    </thead>
  );
}

type CellProps = ComponentPropsWithRef<'td'> & { right?: boolean };
const cell = 'px-2 first:pl-4 last:pr-4';

export function Column({ right, className, ...props }: ComponentPropsWithRef<'th'> & CellProps) {
  return (
    <th
      scope="col"
      {...props}
      className={classes(
        'h-8 font-medium',
        cell,
        right === true ? 'text-right' : 'text-left',
        className,
      )}
    />
  );
}

export function Row({ className, ...props }: ComponentPropsWithRef<'tr'>) {
  return (
    <tr
      {...props}
      className={classes('border-b border-line last:border-0 hover:bg-hover', className)}
    />
  );
}

export function Cell({ right, className, ...props }: CellProps) {
  return (
    <td
      {...props}
      className={classes('h-9 py-1', cell, right === true && 'text-right', className)}
    />
  );
}

/** The cell that names its row. */
export function RowHead({ className, ...props }: ComponentPropsWithRef<'th'>) {
  return (
    <th
      scope="row"
      {...props}
      className={classes('h-9 py-1 text-left font-normal', cell, className)}
    />
  );
}
