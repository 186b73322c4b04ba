import { DensityCurve } from '../../charts/density-curve.tsx';
import { chanceBeyond } from '../../charts/density-model.ts';
import { useFormat } from '../../lib/format.ts';
import { Card } from '../../ui/card.tsx';
import { liftError } from './figures.ts';
import type { ChartCardProps } from './over-card.tsx';
import { mdeOf } from './rows.ts';
import { useText } from './text.ts';
import { useAxisText } from './use-notes.ts';
import { letterOf, variantsOf } from './variants.ts';

type SizeProps = Pick<ChartCardProps, 'experiment' | 'readout' | 'metric' | 'variant'>;

/** How large the true lift may plausibly be, and what a wrong choice would cost. */
export function SizeCard({ experiment, readout, metric, variant }: SizeProps) {
  const t = useText();
  const format = useFormat();
  const axisText = useAxisText();
  const result = metric.results.find((r) => r.variant === variant);
  const lift = result?.relative?.estimate ?? null;
  const error = result === undefined ? null : liftError(result, metric.control.value);
  if (result === undefined || lift === null || error === null)
    return (
      <Card title={t.size.title}>
        <p className="px-4 py-10 text-center text-ink2">{t.size.none}</p>
      </Card>
    );
  const uncapped = result.uncapped?.relative?.estimate ?? null;
  const { mde: planned } = experiment.plan;
  const good = metric.direction;
  const mde = planned === undefined ? undefined : mdeOf(metric, planned);
  const beyond = chanceBeyond(lift, error, mde ?? 0, good);
  const better = chanceBeyond(lift, error, 0, good);
  const letter = letterOf(variantsOf(experiment).find((v) => v.key === variant)?.index ?? 1);
  const edge = (x: number) => (good === 'up' ? t.size.atLeast : t.size.atMost)(axisText(x));
  return (
    <Card title={t.size.title} note={metric.role === 'primary' ? undefined : metric.name}>
      <div className="px-4">
        <DensityCurve
          label={t.size.label(metric.name)}
          table={{
            columns: Object.values(t.size.columns),
            rows: [
              [edge(0), format.probability(better)],
              ...(mde === undefined ? [] : [[edge(mde), format.probability(beyond)]]),
              [
                edge(2 * (mde ?? lift)),
                format.probability(chanceBeyond(lift, error, 2 * (mde ?? lift), good)),
              ],
            ],
          }}
          estimate={lift}
          standardError={error}
          mde={mde}
          good={good}
          headline={format.probability(beyond)}
          caption={mde === undefined ? t.size.beyondZero : t.size.beyond}
          mdeName={t.size.mde}
          format={axisText}
        />
      </div>
      <dl className="px-4 pt-1 pb-1.5">
        <Figure
          name={t.size.better(letter)}
          value={format.probability(result.probabilityBetter ?? better)}
        />
        {result.expectedLoss !== undefined && (
          <Figure name={t.size.loss} value={lossText(format.lift, result.expectedLoss)} />
        )}
        {typeof result.shrunk?.estimate === 'number' && (
          <Figure name={t.size.shrunk} value={format.lift(result.shrunk.estimate)} />
        )}
        {uncapped !== null && <Figure name={t.size.uncapped} value={format.lift(uncapped)} />}
        {result.status === 'better' && result.falsePositiveRisk !== undefined && (
          <Figure name={t.size.falseWin} value={format.probability(result.falsePositiveRisk)} />
        )}
        <Figure
          name={t.size.interval(format.percent(metric.method.level ?? 1 - readout.alpha))}
          value={format.liftInterval(result.relative?.low ?? null, result.relative?.high ?? null)}
        />
      </dl>
      <p className="px-4 pb-3.5 text-note leading-[17px] text-ink3">{t.size.note}</p>
    </Card>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex min-h-[29px] items-center justify-between gap-3 border-t border-line">
      <dt className="text-ink2">{name}</dt>
      <dd className="font-semibold whitespace-nowrap tabular-nums">{value}</dd>
    </div>
  );
}

/** A loss is told without a sign; what is next to nothing says so. */
function lossText(lift: (x: number | null) => string, loss: number | null): string {
  if (loss === null) return '–';
  return loss < 0.0001 ? '<0.01%' : lift(loss).replace('+', '');
}
