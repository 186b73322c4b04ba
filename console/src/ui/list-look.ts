/** How a list that pops up looks: choices of a select, entries of a menu. */
export const popoverClass =
  'min-w-(--trigger-width) overflow-auto rounded-card bg-surface p-1 shadow-pop outline-none';
export const itemClass =
  'flex cursor-pointer items-center gap-2 rounded-[6px] px-2 py-1 outline-none select-none data-disabled:opacity-45 data-focused:bg-hover data-selected:font-medium';
