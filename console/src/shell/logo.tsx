import { GitCompareArrows } from 'lucide-react';

export function Logo() {
  return (
    <span className="grid size-[22px] flex-none place-items-center rounded-[6px] bg-btn text-btnink">
      <GitCompareArrows size={14} strokeWidth={1.75} aria-hidden="true" />
    </span>
  );
}
