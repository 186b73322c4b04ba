import type { z } from 'zod';
import type { readoutQuery } from '../contract/readout.ts';
import type { LookedAt, LookLog } from '../store/looks/port.ts';
import { unitsOf, type Evidence } from './checks.ts';
import type { ReadoutDeps } from './deps.ts';
import { inferenceOf } from './inference.ts';
import { lookDue, summaryOf, type Moment } from './looks.ts';
import { maturity } from './maturity.ts';
import { memo } from './memo.ts';
import { maturationMs, plan, rolesOf, type Reading } from './plan.ts';
import type { Loaded } from './readout.ts';
import type { Subject } from './subject.ts';

export type ReadoutAsked = z.output<typeof readoutQuery>;

const dayMs = 86_400_000;
const intakeFreshMs = 60_000;

/** Brings together what a readout is made of: moments, cohorts, intake, and the looks of a planned sequential test. */
export function loader(
  deps: ReadoutDeps,
): (subject: Subject, asked: ReadoutAsked, now: number) => Promise<Loaded> {
  const rememberIntake = memo(intakeFreshMs);

  return async (subject, asked, now) => {
    const planned = deps.looks !== undefined && isPlanned(subject, asked);
    const reading = planned
      ? { ...readingOf(subject, asked, now), reading: 'all' as const }
      : readingOf(subject, asked, now);
    const query = plan(subject.experiment, [...subject.metrics.values()], reading);
    const [answer, cohorts, intake] = await Promise.all([
      deps.events.moments(query),
      deps.events.moments({ ...query, metrics: [], reading: 'all', by: 'cohort' }),
      intakeOf(subject.experiment.environment, now),
    ]);
    const inference = inferenceOf(subject.experiment, asked.method);
    const loaded = { subject, reading, inference, answer, cohorts: cohorts.units, intake };
    return planned ? atLook(deps.looks, loaded) : loaded;
  };

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
}

/** All exposed units while the experiment runs; the final read takes matured units only. */
export function readingOf(
  { experiment, phase }: Subject,
  asked: ReadoutAsked,
  now: number,
): Reading {
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

/**
 * Whether this is the question that the plan answers: sequential, with a size, as locked. Any other (another method,
 * part of the time, other units, CUPED switched) is answered by a confidence sequence, which needs no plan.
 */
function isPlanned({ experiment, phase }: Subject, asked: ReadoutAsked): boolean {
  const { analysis, plan: size, phases } = experiment;
  return (
    analysis.method === 'sequential' &&
    (asked.method ?? 'sequential') === 'sequential' &&
    size.unitsPerVariant !== undefined &&
    phases.some((p) => p.number === phase) &&
    asked.from === undefined &&
    asked.to === undefined &&
    asked.reading === undefined &&
    (asked.cuped === undefined || (asked.cuped === 'true') === analysis.cuped)
  );
}

/** Takes a look where one is due, and brings the latest: what is concluded does not move between looks. */
async function atLook(log: LookLog, loaded: Loaded): Promise<Loaded> {
  const { subject, inference, answer, reading } = loaded;
  const of = lookedAt(subject);
  let looks = await log.looks(of);
  const moment = momentOf(loaded);
  const due = isCurrent(subject) ? lookDue(looks, moment) : 'none';
  if (due !== 'none') {
    await log.record(of, {
      number: looks.length + 1,
      at: reading.asOf,
      final: due === 'final',
      units: moment.units,
      rows: answer.rows,
    });
    looks = await log.looks(of);
  }
  const last = looks.at(-1);
  return {
    ...loaded,
    inference: {
      ...inference,
      kind: 'groupSequential',
      looks: looks.map((look) => summaryOf(look, subject)),
    },
    ...(last === undefined ? {} : { lookRows: last.rows }),
  };
}

function lookedAt({ experiment, phase }: Subject): LookedAt {
  const startedAt = experiment.phases.find((p) => p.number === phase)?.startedAt ?? '';
  return { experiment: experiment.key, phase, startedAt: Date.parse(startedAt) };
}
const isCurrent = ({ experiment, phase }: Subject): boolean =>
  experiment.phases.at(-1)?.number === phase;

function momentOf({ subject, answer, cohorts, reading }: Loaded): Moment {
  const { experiment, metrics } = subject;
  const variants = experiment.variants.map((v) => v.key);
  const units = Object.values(unitsOf(answer.units, variants));
  const all = units.reduce((a, b) => a + b, 0);
  const { stoppedAt, plan: size } = experiment;
  const windows = [...metrics.values()].map((m) => maturationMs(m) ?? 0);
  return {
    units: all,
    least: Math.min(...units),
    matured: all * maturedShare(subject, cohorts, reading.asOf),
    planned: (size.unitsPerVariant ?? 0) * variants.length,
    now: reading.asOf,
    maturedAt: stoppedAt === null ? null : Date.parse(stoppedAt) + Math.max(0, ...windows),
  };
}

/** Of what the verdict rests on: the primary and the guardrails. */
function maturedShare(
  { experiment, metrics }: Subject,
  cohorts: Loaded['cohorts'],
  asOf: number,
): number {
  const deciding = rolesOf(experiment).filter(({ role }) => role !== 'secondary');
  const definitions = deciding
    .map(({ metric }) => metrics.get(metric))
    .filter((m) => m !== undefined);
  const shares = maturity(definitions, cohorts, { asOf, timeZone: experiment.timeZone });
  return Math.min(1, ...shares.values());
}
