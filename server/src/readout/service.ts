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
import type { Evidence } from './checks.ts';
import type { ReadoutDeps } from './deps.ts';
import { healthOf } from './health.ts';
import { inferenceOf } from './inference.ts';
import { inputsOf } from './inputs.ts';
import { memo } from './memo.ts';
import { plan, type Reading } from './plan.ts';
import { readoutOf, type Loaded } from './readout.ts';
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
const intakeFreshMs = 60_000;
const dayMs = 86_400_000;

export function readouts(deps: ReadoutDeps): Readouts {
  const remember = memo(freshMs);
  const rememberIntake = memo(intakeFreshMs);

  async function load(subject: Subject, asked: ReadoutAsked): Promise<Loaded> {
    const reading = readingOf(subject, asked, nowOf(subject));
    const query = plan(subject.experiment, [...subject.metrics.values()], reading);
    const [answer, cohorts, intake] = await Promise.all([
      deps.events.moments(query),
      deps.events.moments({ ...query, metrics: [], reading: 'all', by: 'cohort' }),
      intakeOf(subject.experiment.environment, reading.asOf),
    ]);
    const inference = inferenceOf(subject.experiment, asked.method);
    return { subject, reading, inference, answer, cohorts: cohorts.units, intake };
  }

  function nowOf({ experiment }: Subject): number {
    return deps.simulated?.(experiment.environment) ?? deps.clock();
  }

  function intakeOf(environment: string, now: number): Promise<Evidence['intake']> {
    return rememberIntake(environment, now, async () => {
      const from = now - dayMs;
      const [counts, rejected] = await Promise.all([
        deps.events.counts({ environment, from, to: now, timeZone: 'UTC' }),
        deps.events.rejected(environment, 1_000),
      ]);
      const accepted =
        counts.events.reduce((sum, e) => sum + e.events, 0) +
        counts.exposures.reduce((sum, e) => sum + e.exposures, 0);
      return { accepted, rejected: rejected.filter((r) => r.at >= from).length };
    });
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
        const loaded = await load(subject, asked);
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
      return once(subject, ['health'], async () => healthOf(await load(subject, {})));
    },
  };
}

/** All exposed units while the experiment runs; the final read takes matured units only. */
function readingOf({ experiment, phase }: Subject, asked: ReadoutAsked, now: number): Reading {
  const final = experiment.status !== 'running' && experiment.status !== 'draft';
  return {
    phase,
    reading: asked.reading ?? (final ? 'matured' : 'all'),
    from: asked.from === undefined ? 0 : Date.parse(asked.from),
    to: asked.to === undefined ? now : Date.parse(asked.to),
    asOf: now,
    cuped: asked.cuped === undefined ? experiment.analysis.cuped : asked.cuped === 'true',
  };
}
