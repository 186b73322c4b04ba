import type { MetricFault } from './model.ts';
import { useText } from './text.ts';

export function Faults({ faults }: { faults: readonly MetricFault[] }) {
  const t = useText().faults;
  if (faults.length === 0) return null;
  return (
    <ul role="alert" className="rounded-control bg-losebg px-3 py-2 text-lose">
      {faults.map((fault) => (
        <li key={fault}>{t[fault]}</li>
      ))}
    </ul>
  );
}
