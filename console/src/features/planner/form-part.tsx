import { Database } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useText } from './text.ts';

/** One question of the form with its fields. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-t border-line px-4 py-3.5 first:border-0">
      <h2 className="mb-2 text-body">{title}</h2>
      <div className="flex flex-col gap-2.5">{children}</div>
    </section>
  );
}

/** The mark of a figure that was measured; pressed where one was typed, it brings the measured one back. */
export function Measured({
  is,
  label,
  onReset,
}: {
  is: boolean;
  label: string;
  onReset: () => void;
}) {
  const t = useText();
  const look =
    'inline-flex flex-none items-center gap-1 rounded-[4px] px-1.5 text-axis leading-[18px] font-medium';
  const icon = <Database size={11} aria-hidden="true" />;
  if (is)
    return (
      <span className={`${look} bg-okbg text-ok`}>
        {icon}
        {label}
      </span>
    );
  return (
    <AriaButton
      aria-label={t.measure.useMeasured}
      onPress={onReset}
      className={`${look} min-h-6 bg-neubg text-ink2 data-hovered:text-ink`}
    >
      {icon}
      {label}
    </AriaButton>
  );
}
