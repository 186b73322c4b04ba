import type { Experiment, Phase } from '../contract/definitions.ts';
import { AppError } from '../errors.ts';
import { planHash } from './plan-hash.ts';

/** The life of an experiment before its start. */
export const notStarted = {
  status: 'draft',
  salt: '',
  phases: [],
  planHash: null,
  startedAt: null,
  stoppedAt: null,
  decision: null,
  amendments: [],
} as const;

/** When something was done, by whom, and why. `at` in ms since the epoch. */
export interface Act {
  readonly at: number;
  readonly by: string;
  readonly reason: string;
}

/** A draft whose plan is locked and that enrols from now on. */
export function started(experiment: Experiment, act: Act, salt: string): Experiment {
  refuseUnless(experiment, ['draft'], 'start');
  const running = { ...experiment, salt, planHash: planHash(experiment) };
  return {
    ...running,
    ...time(act, 'startedAt'),
    status: 'running',
    phases: [phase(running, act)],
  };
}

/** Another coverage: growing moves nobody and stays in the phase, shrinking begins the next. */
export function ramped(experiment: Experiment, coverage: number, act: Act): Experiment {
  refuseUnless(experiment, ['running'], 'ramp');
  if (coverage === experiment.coverage) return experiment;
  const next = { ...experiment, coverage };
  return coverage < experiment.coverage ? withNextPhase(next, act) : withRampStep(next, act);
}

/** Nobody enters any more; the flag's rule serves the control to everyone it means. */
export function stopped(experiment: Experiment, act: Act): Experiment {
  refuseUnless(experiment, ['running'], 'stop');
  const phases = ended(experiment.phases, act);
  return { ...experiment, ...time(act, 'stoppedAt'), status: 'stopped', phases };
}

export interface Outcome {
  readonly outcome: 'ship' | 'rollback' | 'inconclusive';
  readonly variant: string;
  readonly note: string;
}

/** The end: what was decided, by whom, and what the flag serves from now on. */
export function decided(experiment: Experiment, verdict: Outcome, act: Act): Experiment {
  refuseUnless(experiment, ['running', 'stopped'], 'decide');
  const closed = experiment.status === 'running' ? stopped(experiment, act) : experiment;
  return {
    ...closed,
    status: 'decided',
    decision: { ...verdict, at: iso(act.at), by: act.by },
  };
}

/** The variant that the flag serves after a decision. */
export function servedAfter(
  { key, variants, control }: Experiment,
  { outcome, variant }: { outcome: Outcome['outcome']; variant?: string | undefined },
): string {
  if (outcome !== 'ship') return control;
  const treatments = variants.map((v) => v.key).filter((v) => v !== control);
  const [only] = treatments.length === 1 ? treatments : [];
  const shipped = variant ?? only;
  if (shipped !== undefined && treatments.includes(shipped)) return shipped;
  const message =
    shipped === control
      ? `is the control "${control}": to keep it, roll back`
      : `is ${shipped === undefined ? 'missing' : `"${shipped}"`}, must be one of ${treatments.join(', ')}`;
  throw new AppError('invalid', `Which variant of "${key}" ships? variant ${message}.`, {
    errors: [{ path: 'variant', message }],
  });
}

/** Ends the phase that runs and begins the next with the experiment's present salt, weights and coverage. */
export function withNextPhase(experiment: Experiment, act: Act): Experiment {
  return { ...experiment, phases: [...ended(experiment.phases, act), phase(experiment, act)] };
}

export function withRampStep(experiment: Experiment, act: Act): Experiment {
  const last = experiment.phases.at(-1);
  if (last === undefined) return experiment;
  const ramp = [...last.ramp, { at: iso(act.at), coverage: experiment.coverage }];
  return { ...experiment, phases: [...experiment.phases.slice(0, -1), { ...last, ramp }] };
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}

export function refuseUnless(
  { key, status }: Experiment,
  allowed: readonly Experiment['status'][],
  act: string,
): void {
  if (allowed.includes(status)) return;
  const must = allowed.join(' or ');
  throw new AppError(
    'conflict',
    `Cannot ${act} experiment "${key}": it is ${status}, must be ${must}.`,
  );
}

function phase({ phases, salt, coverage, variants }: Experiment, act: Act): Phase {
  return {
    number: (phases.at(-1)?.number ?? 0) + 1,
    startedAt: iso(act.at),
    endedAt: null,
    salt,
    ramp: [{ at: iso(act.at), coverage }],
    variants: variants.map(({ key, weight }) => ({ key, weight })),
    reason: act.reason,
  };
}

function ended(phases: readonly Phase[], { at }: Act): Phase[] {
  return phases.map((p) => ({ ...p, endedAt: p.endedAt ?? iso(at) }));
}

function time<N extends string>({ at }: Act, name: N): Record<N, string> {
  return { [name]: iso(at) } as Record<N, string>;
}
