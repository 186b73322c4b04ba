import type { Metric } from '../contract/definitions.ts';
import type { Series } from '../contract/readout.ts';
import type { MomentAnswer } from '../store/events/port.ts';
import { estimate } from './estimate.ts';
import { figures } from './figures.ts';
import { inferenceOf } from './inference.ts';
import { unitsOf } from './checks.ts';
import type { Subject } from './subject.ts';

/** One metric day by day: all up to the end of each day, or only those first exposed on it. Pure. */
export function seriesOf(
  subject: Subject,
  metric: Metric,
  answer: MomentAnswer,
  by: Series['by'],
): Series {
  const days = [...new Set(answer.units.map((row) => row.day ?? ''))].toSorted();
  return { metric: metric.key, by, days: days.map((day) => dayOf(subject, metric, answer, day)) };
}

function dayOf(
  { experiment, baseline }: Subject,
  metric: Metric,
  answer: MomentAnswer,
  day: string,
): Series['days'][number] {
  const variants = experiment.variants.map((v) => v.key);
  const rows = answer.rows.filter((row) => row.day === day && row.metric === metric.key);
  const of = (variant: string) =>
    figures(
      metric,
      rows.find((row) => row.variant === variant),
    );
  const inference = inferenceOf(experiment);
  const control = of(baseline);
  const here = answer.units.filter((row) => row.day === day);
  return {
    day,
    units: unitsOf(here, variants),
    results: variants
      .filter((variant) => variant !== baseline)
      .map((variant) => {
        const treatment = of(variant);
        const pair = { control, treatment };
        const main = estimate(pair, inference, inference.alpha);
        return {
          variant,
          value: treatment.value,
          absolute: main.absolute,
          relative: main.relative,
          relative80: estimate(pair, inference, 0.2).relative,
        };
      }),
  };
}
