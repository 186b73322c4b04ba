import type { Experiment, Readout } from '@assay/server/contract';
import { useFormat } from '../../lib/format.ts';
import { Card } from '../../ui/card.tsx';
import { useText } from './text.ts';

/** Method and settings behind the figures, for whoever wants to compute them again. */
export function HowCard({ experiment, readout }: { experiment: Experiment; readout: Readout }) {
  const t = useText();
  const format = useFormat();
  const { how } = t;
  const estimator = readout.metrics.find((m) => m.role === 'primary')?.method.estimator;
  const rows: readonly (readonly [string, string])[] = [
    [how.method, how.methods[readout.method]],
    [how.alpha, format.percent(readout.alpha)],
    [how.power, format.percent(experiment.analysis.power)],
    [how.correction, how.corrections[experiment.analysis.correction]],
    ...(estimator === undefined
      ? []
      : [[how.estimator, how.estimators[estimator as keyof typeof how.estimators]] as const]),
    [how.reading, how.readings[readout.reading]],
    [how.asOf, format.dateTime(readout.asOf)],
  ];
  return (
    <Card title={how.title}>
      <dl className="px-4 pb-1.5">
        {rows.map(([name, value]) => (
          <div
            key={name}
            className="flex min-h-[29px] items-center justify-between gap-3 border-t border-line"
          >
            <dt className="text-ink2">{name}</dt>
            <dd className="text-right font-medium">{value}</dd>
          </div>
        ))}
        {experiment.planHash !== null && (
          <div className="border-t border-line py-1.5">
            <dt className="text-ink2">{how.hash}</dt>
            <dd className="mono text-[10.5px] break-all text-ink3">{experiment.planHash}</dd>
          </div>
        )}
      </dl>
      <p className="px-4 pb-3.5 text-note leading-[17px] text-ink3">{how.relative}</p>
    </Card>
  );
}
