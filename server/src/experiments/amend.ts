import { experimentBody, type Experiment, type ExperimentBody } from '../contract/definitions.ts';
import { AppError, type Finding } from '../errors.ts';
import { diff, same, type FieldChange } from '../definitions/diff.ts';
import { bodyOf, documentOf } from '../definitions/document.ts';
import { sentence } from '../definitions/refuse.ts';
import { unknownName } from '../definitions/suggest.ts';
import { parsed } from '../http/input.ts';
import { iso, refuseUnless, withNextPhase, withRampStep, type Act } from './life.ts';
import { planNames } from './plan-hash.ts';

export interface Amendment {
  readonly body: ExperimentBody;
  readonly changes: readonly FieldChange[];
  /** Whether the salt changes too: everyone is drawn anew. */
  readonly rerandomise: boolean;
}

const amendable = planNames.filter((name) => name !== 'flag' && name !== 'environment');

/**
 * Reads `{ "plan.days": 28, "audience": null, "rerandomise": true }`: members of the plan by dotted path, null takes
 * one away.
 */
export function readAmendment(
  experiment: Experiment,
  changes: Readonly<Record<string, unknown>>,
): Amendment {
  const { rerandomise, ...members } = changes;
  const errors = Object.keys(members).flatMap(checkName);
  if (rerandomise !== undefined && typeof rerandomise !== 'boolean')
    errors.push({ path: 'changes.rerandomise', message: 'must be true or false' });
  if (errors.length > 0)
    throw new AppError('invalid', sentence(errors[0]?.message ?? ''), { errors });
  const before = bodyOf('experiments', documentOf(experiment));
  const wanted = Object.entries(members).reduce<unknown>(
    (body, [path, value]) => replaced(body, path.split('.'), value),
    before,
  );
  const body = parsed(experimentBody, wanted) as ExperimentBody;
  const found = diff(before, body);
  if (found.length === 0 && rerandomise !== true)
    throw new AppError('invalid', `Nothing changes in "${experiment.key}".`, {
      errors: [{ path: 'changes', message: 'must differ from the plan as it is' }],
    });
  return { body, changes: found, rerandomise: rerandomise === true };
}

/** The experiment with its amendment on record. What moves units starts a new phase; a wider coverage does not. */
export function amended(
  experiment: Experiment,
  amendment: Amendment,
  act: Act,
  newSalt: () => string,
): Experiment {
  refuseUnless(experiment, ['running', 'stopped'], 'amend');
  const salt = amendment.rerandomise ? newSalt() : experiment.salt;
  const note = { at: iso(act.at), by: act.by, reason: act.reason };
  const changes = [
    ...amendment.changes,
    ...(amendment.rerandomise ? [{ path: 'salt', before: experiment.salt, after: salt }] : []),
  ];
  // Optional members that were taken away must not come back from the old plan.
  const kept = Object.fromEntries(
    Object.entries(experiment).filter(([name]) => !Object.hasOwn(experimentBody.shape, name)),
  ) as Omit<Experiment, keyof ExperimentBody>;
  const amendments = [...experiment.amendments, { ...note, changes }];
  const next: Experiment = { ...kept, ...amendment.body, salt, amendments };
  if (movesUnits(experiment, next)) {
    refuseUnless(experiment, ['running'], 'move the units of');
    return withNextPhase(next, act);
  }
  return next.coverage > experiment.coverage ? withRampStep(next, act) : next;
}

/** Whether a unit could get another variant, or leave, by what changed. */
export function movesUnits(before: Experiment, after: Experiment): boolean {
  const drawn = ({ variants, unit, audience, layer, holdouts, salt }: Experiment) => ({
    variants: variants.map(({ key, weight }) => [key, weight]),
    unit,
    audience,
    layer,
    holdouts,
    salt,
  });
  return after.coverage < before.coverage || !same(drawn(before), drawn(after));
}

function checkName(path: string): Finding[] {
  const [name = ''] = path.split('.');
  if (amendable.some((a) => a === name)) return [];
  return [{ path: `changes.${path}`, message: unknownName('member of the plan', name, amendable) }];
}

function replaced(node: unknown, [step, ...rest]: string[], value: unknown): unknown {
  if (step === undefined) return value;
  const inner = (old: unknown) => replaced(old, rest, value);
  if (Array.isArray(node))
    return node.map((item: unknown, i) => (String(i) === step ? inner(item) : item));
  const members = new Map(typeof node === 'object' && node !== null ? Object.entries(node) : []);
  if (rest.length === 0 && value === null) members.delete(step);
  else members.set(step, inner(members.get(step)));
  return Object.fromEntries(members);
}
