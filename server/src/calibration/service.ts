import type { Calibration } from '../contract/calibration.ts';
import type { Definition } from '../contract/definitions.ts';
import { AppError } from '../errors.ts';
import type { Clock, Random } from '../http/handler.ts';
import type { EventStore } from '../store/events/port.ts';
import { calibrationOf, halvesQuery } from './calibrate.ts';
import type { Kept } from './kept.ts';

export interface CalibrationDeps {
  readonly definitions: {
    metric(key: string): Definition<'metrics'> | undefined;
    metrics(): readonly Definition<'metrics'>[];
    environments(): readonly { readonly key: string }[];
  };
  readonly events: Pick<EventStore, 'halves'>;
  readonly kept: Kept;
  readonly clock: Clock;
  readonly random: Random;
}

export interface Calibrations {
  /** The latest one. Throws `not_found` where there is none yet. */
  latest(metric: string, environment?: string): Calibration;
  /** Splits the metric's units now. Throws `not_found`. */
  run(metric: string, environment?: string): Promise<Calibration>;
  /** Every metric in every environment, one after another; a metric that fails is told and left out. */
  runAll(failed: (error: unknown, metric: string) => void): Promise<void>;
}

export function calibrations(deps: CalibrationDeps): Calibrations {
  const { definitions, events, kept, clock, random } = deps;

  function known(metric: string): Definition<'metrics'> {
    const found = definitions.metric(metric);
    if (found === undefined) throw new AppError('not_found', `No metric "${metric}".`);
    return found;
  }

  function environmentOf(wanted: string | undefined): string {
    const keys = definitions.environments().map((e) => e.key);
    const key = wanted ?? (keys.includes('production') ? 'production' : keys[0]);
    if (key !== undefined && keys.includes(key)) return key;
    throw new AppError('not_found', `No environment "${key ?? ''}".`);
  }

  async function run(metric: string, wanted?: string): Promise<Calibration> {
    const definition = known(metric);
    const environment = environmentOf(wanted);
    const now = clock();
    const query = halvesQuery(definition, { environment, now, seed: seedOf(random) });
    const found = calibrationOf(definition, query, await events.halves(query));
    const calibration = { ...found, at: new Date(now).toISOString() };
    await kept.put(calibration);
    return calibration;
  }

  return {
    latest(metric, wanted) {
      known(metric);
      const found = kept.get(environmentOf(wanted), metric);
      if (found !== undefined) return found;
      throw new AppError('not_found', `Metric "${metric}" has not been calibrated yet.`);
    },
    run,
    async runAll(failed) {
      for (const { key } of definitions.environments())
        for (const metric of definitions.metrics())
          await run(metric.key, key).catch((error: unknown) => {
            failed(error, metric.key);
          });
    },
  };
}

function seedOf(random: Random): number {
  const [a = 0, b = 0, c = 0, d = 0] = random(4);
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}
