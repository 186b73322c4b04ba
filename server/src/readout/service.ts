import type { z } from 'zod';
import type {
  Breakdown,
  breakdownQuery,
  Health,
  Readout,
  readoutQuery,
  Series,
  seriesQuery,
} from '../contract/readout.ts';
import { breakdownOf, sliceNames } from './breakdown.ts';
import type { ReadoutDeps } from './deps.ts';
import { healthOf } from './health.ts';
import { inputsOf } from './inputs.ts';
import { memo } from './memo.ts';
import { noveltyOf, noveltyQueries } from './novelty.ts';
import { plan } from './plan.ts';
import { loader, readingOf } from './load.ts';
import { readoutOf } from './readout.ts';
import { seriesOf } from './series.ts';
import { metricOf, subjectOf, type Subject } from './subject.ts';

export type ReadoutAsked = z.output<typeof readoutQuery>;
export type SeriesAsked = z.output<typeof seriesQuery>;
export type BreakdownAsked = z.output<typeof breakdownQuery>;

/** Load, decide, compute. Every method throws `not_found` or `invalid` (AppError) for what a caller can mend. */
export interface Readouts {
  readout(key: string, asked: ReadoutAsked): Promise<Readout>;
  series(key: string, asked: SeriesAsked): Promise<Series>;
  breakdown(key: string, asked: BreakdownAsked): Promise<Breakdown>;
  health(key: string): Promise<Health>;
}

const freshMs = 2_000;

export function readouts(deps: ReadoutDeps): Readouts {
  const remember = memo(freshMs);
  const load = loader(deps);

  function nowOf({ experiment }: Subject): number {
    return deps.simulated?.(experiment.environment) ?? deps.clock();
  }

  /** Matured units only: a day counts once it has passed for a unit. */
  async function noveltyAt(subject: Subject, now: number): Promise<Health['novelty']> {
    const metric = subject.metrics.get(subject.experiment.metrics.primary ?? '');
    const metrics = metric === undefined ? [] : noveltyQueries(metric);
    if (metric === undefined || metrics.length === 0) return [];
    const query = plan(subject.experiment, [], readingOf(subject, { reading: 'matured' }, now));
    return noveltyOf(subject, metric, await deps.events.moments({ ...query, metrics }));
  }

  /** The same question about the same definitions within two seconds is one computation. */
  function once<T>(
    subject: Subject,
    question: readonly unknown[],
    make: () => Promise<T>,
  ): Promise<T> {
    const revisions = [subject.experiment, ...subject.metrics.values()].map(
      (d) => `${d.key}@${d.revision}`,
    );
    return remember(JSON.stringify([revisions, question]), deps.clock(), make);
  }

  return {
    async readout(key, asked) {
      const subject = subjectOf(deps.definitions, key, asked);
      return once(subject, ['readout', asked], async () => {
        const loaded = await load(subject, asked, nowOf(subject));
        const made = readoutOf(loaded);
        return asked.explain === undefined ? made : { ...made, inputs: inputsOf(loaded) };
      });
    },

    async series(key, asked) {
      const subject = subjectOf(deps.definitions, key, asked);
      const metric = metricOf(subject, asked.metric);
      return once(subject, ['series', asked], async () => {
        const reading = readingOf(subject, {}, nowOf(subject));
        const query = plan(subject.experiment, [metric], reading);
        const answer = await deps.events.moments({ ...query, by: asked.by });
        return seriesOf(subject, metric, answer, asked.by);
      });
    },

    async breakdown(key, asked) {
      const subject = subjectOf(deps.definitions, key, asked);
      const metric = metricOf(subject, asked.metric);
      const names = sliceNames(asked.by);
      return once(subject, ['breakdown', asked], async () => {
        const reading = readingOf(subject, {}, nowOf(subject));
        const query = plan(subject.experiment, [metric], reading);
        const answer = await deps.events.moments({ ...query, breakdown: names });
        return breakdownOf(subject, metric, answer, names);
      });
    },

    async health(key) {
      const subject = subjectOf(deps.definitions, key, {});
      return once(subject, ['health'], async () => {
        const now = nowOf(subject);
        const [loaded, novelty] = await Promise.all([
          load(subject, {}, now),
          noveltyAt(subject, now),
        ]);
        return { ...healthOf(loaded), novelty };
      });
    },
  };
}
