import type { Readout } from '../contract/readout.ts';
import type { MomentAnswer, MomentRow, UnitRow } from '../store/events/port.ts';
import { analyse } from './analyse.ts';
import { checksOf, srmOf, unitsOf, type Evidence } from './checks.ts';
import type { Inference } from './inference.ts';
import { interimFraction, lookStep } from './looks.ts';
import { maturity } from './maturity.ts';
import type { Reading } from './plan.ts';
import { prePeriodOf } from './pre-period.ts';
import { recordedStart, startOf, type Subject } from './subject.ts';
import { verdictOf } from './verdict.ts';

/** All that a readout is made of, loaded. */
export interface Loaded {
  readonly subject: Subject;
  readonly reading: Reading;
  readonly inference: Inference;
  readonly answer: MomentAnswer;
  /** Group sequential: the moments at the latest look. */
  readonly lookRows?: readonly MomentRow[];
  /** Units by day of first exposure. */
  readonly cohorts: readonly UnitRow[];
  readonly intake: Evidence['intake'];
}

const dayMs = 86_400_000;

/** Loaded data to the readout as the contract states it. Pure. */
export function readoutOf(loaded: Loaded): Readout {
  const { subject, reading, inference, answer } = loaded;
  const { experiment, weights, baseline } = subject;
  const checks = checksOf(evidenceOf(loaded));
  const metrics = analyse({
    experiment,
    metrics: subject.metrics,
    answer,
    ...(loaded.lookRows === undefined ? {} : { lookRows: loaded.lookRows }),
    inference,
    baseline,
    matured: maturity(subject.metrics.values(), loaded.cohorts, {
      asOf: reading.asOf,
      timeZone: experiment.timeZone,
    }),
  });
  const units = unitsOf(answer.units, Object.keys(weights));
  const start = startOf(subject, answer);
  return {
    experiment: experiment.key,
    name: experiment.name ?? experiment.key,
    status: experiment.status,
    asOf: iso(reading.asOf),
    phase: reading.phase,
    method: inference.kind,
    alpha: inference.alpha,
    reading: reading.reading,
    units,
    plannedUnitsPerVariant: inference.plannedPerVariant,
    day: start === null ? 0 : (endOf(subject, reading.asOf) - start) / dayMs,
    plannedDays: experiment.plan.days ?? null,
    srm: srmOf(units, weights),
    checks,
    verdict: verdictOf({
      checks,
      metrics,
      mayStopEarly: inference.kind === 'confidenceSequence' || inference.kind === 'groupSequential',
      ended: isEnded(subject),
      maturing: inference.kind === 'groupSequential' && inference.looks?.at(-1)?.final !== true,
    }),
    ...(inference.kind === 'groupSequential' ? { look: lookOf(loaded) } : {}),
    lastEvent: answer.lastEvent === null ? null : iso(answer.lastEvent),
    metrics,
  };
}

/** What the quality checks look at. */
export function evidenceOf({ subject, reading, inference, answer, intake }: Loaded): Evidence {
  const { experiment } = subject;
  const until = endOf(subject, reading.asOf);
  return {
    answer,
    weights: subject.weights,
    asOf: until,
    start: startOf(subject, answer) ?? until,
    recordedStart: recordedStart(subject),
    running: experiment.status === 'running',
    plannedPerVariant: inference.plannedPerVariant,
    plannedDays: experiment.plan.days ?? null,
    prePeriod: prePeriodOf(answer, subject.metrics, subject.baseline),
    intake,
  };
}

/** The latest look, and when the next is due. */
function lookOf({ subject, inference }: Loaded): NonNullable<Readout['look']> | null {
  const last = inference.looks?.at(-1);
  const planned = (inference.plannedPerVariant ?? 0) * subject.experiment.variants.length;
  if (last === undefined || planned === 0) return null;
  const fraction = last.units / planned;
  return {
    number: last.number,
    at: iso(last.at),
    final: last.final,
    fraction,
    next: last.final ? null : nextLook(fraction),
  };
}

/** The tenth after this look; after the last interim one the final look, at the planned sample, matured. */
function nextLook(fraction: number): number {
  const next = fraction + lookStep;
  return interimFraction(next) < next ? 1 : next;
}

const isEnded = ({ experiment }: Subject): boolean =>
  experiment.status === 'stopped' ||
  experiment.status === 'decided' ||
  experiment.status === 'archived';

/** Enrolment ends with the experiment; until then the readout's own time counts. */
function endOf({ experiment }: Subject, asOf: number): number {
  return experiment.stoppedAt === null ? asOf : Math.min(asOf, Date.parse(experiment.stoppedAt));
}

const iso = (at: number): string => new Date(at).toISOString();
