import type { Metric } from '../contract/definitions.ts';
import type { Definitions } from '../definitions/lookup.ts';
import type { Knows } from './live.ts';

/** What the definitions of this moment know of. */
export function knowsOf(definitions: Definitions): Knows {
  return {
    experiment: (environment, key) => definitions.experiment(key)?.environment === environment,
    event: (_environment, name) =>
      definitions.metrics().some((metric) => eventsOf(metric).includes(name)),
  };
}

/** Names of the events that a metric counts. */
export function eventsOf(metric: Metric): string[] {
  if (metric.kind === 'ratio') return [metric.numerator.event, metric.denominator.event];
  if (metric.kind === 'funnel') return metric.steps.map((step) => step.event);
  return [metric.event];
}
