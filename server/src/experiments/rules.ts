import { lifeNames, type Experiment, type ExperimentBody } from '../contract/definitions.ts';
import type { Finding } from '../errors.ts';
import { checkCondition } from '../definitions/condition-rules.ts';
import { diff } from '../definitions/diff.ts';
import { bodyOf, documentOf } from '../definitions/document.ts';
import type { KindRules } from '../definitions/kind-rules.ts';
import { known, repeats } from '../definitions/known.ts';
import type { Definitions } from '../definitions/lookup.ts';
import { usersOfExperiment } from '../definitions/uses.ts';
import { checkVariant, checkWeights } from '../flags/serve.ts';
import { checkSlots } from './layer-slots.ts';
import { notStarted } from './life.ts';

export const experimentRules: KindRules<'experiments'> = {
  check: checkExperiment,
  locked: checkLock,
  complete: (body, _random, before) => ({
    ...body,
    ...(before === undefined || before.startedAt === null ? notStarted : lifeOf(before)),
  }),
  users: usersOfExperiment,
  archive: (before) => ({ ...documentOf(before), status: 'archived' }),
};

/** What is wrong with a plan, whether it is a draft or being amended. */
export function checkExperiment(
  body: ExperimentBody,
  now: Definitions,
  before?: Experiment,
): Finding[] {
  return [
    ...checkFlag(body, now, before),
    ...known(now, 'environments', body.environment, 'environment').findings,
    ...checkCondition(body.audience, now, 'audience'),
    ...checkMetrics(body, now),
    ...checkUnits(body, now),
    ...checkSlots(body, now),
    ...(isTimeZone(body.timeZone)
      ? []
      : [
          {
            path: 'timeZone',
            message: `is "${body.timeZone}", must be a time zone such as Asia/Shanghai`,
          },
        ]),
  ];
}

function checkFlag(body: ExperimentBody, now: Definitions, before?: Experiment): Finding[] {
  const keys = body.variants.map((v) => v.key);
  const { found, findings } = known(now, 'flags', body.flag, 'flag');
  const onFlag = found?.variants.map((v) => v.key);
  return [
    ...findings,
    ...(onFlag === undefined
      ? []
      : keys.flatMap((key, i) => checkVariant(key, onFlag, `variants.${i}.key`))),
    ...repeats(keys).map(({ index, key }) => ({
      path: `variants.${index}.key`,
      message: `Variant "${key}" is there already`,
    })),
    ...checkWeights(
      body.variants.map((v) => v.weight),
      'variants',
    ),
    ...checkVariant(body.control, keys, 'control'),
    ...checkMove(body, now, before),
  ];
}

/** A draft that goes to another flag or environment would leave its rule behind. */
function checkMove(body: ExperimentBody, now: Definitions, before?: Experiment): Finding[] {
  if (before === undefined) return [];
  const path = body.flag === before.flag ? 'environment' : 'flag';
  if (body[path] === before[path]) return [];
  const rules = now.flag(before.flag)?.environments[before.environment]?.rules ?? [];
  if (!rules.some((r) => r.experiment === body.key)) return [];
  const message = `Flag "${before.flag}" has a rule of this experiment in "${before.environment}": remove it first`;
  return [{ path, message }];
}

function checkMetrics({ metrics }: ExperimentBody, now: Definitions): Finding[] {
  const named = [
    ...(metrics.primary === undefined ? [] : [{ key: metrics.primary, path: 'metrics.primary' }]),
    ...metrics.secondary.map((key, i) => ({ key, path: `metrics.secondary.${i}` })),
    ...metrics.guardrails.map((g, i) => ({
      key: g.metric,
      path: `metrics.guardrails.${i}.metric`,
    })),
  ];
  return [
    ...named.flatMap(({ key, path }) => known(now, 'metrics', key, path).findings),
    ...repeats(named.map((n) => n.key)).map(({ index, key }) => ({
      path: named[index]?.path ?? 'metrics',
      message: `Metric "${key}" has a role already; one metric has one role`,
    })),
  ];
}

/** Slots and holdouts are drawn by the unit, so all must mean the same one. */
function checkUnits(body: ExperimentBody, now: Definitions): Finding[] {
  const layer = body.layer && known(now, 'layers', body.layer.key, 'layer.key');
  const holdouts = (body.holdouts ?? []).map((key, i) =>
    known(now, 'holdouts', key, `holdouts.${i}`),
  );
  const differs = (what: string, unit: string) =>
    unit === body.unit
      ? []
      : [{ path: 'unit', message: `is "${body.unit}", but ${what} is drawn by "${unit}"` }];
  return [
    ...(layer?.findings ?? []),
    ...(layer?.found === undefined ? [] : differs(`layer "${layer.found.key}"`, layer.found.unit)),
    ...holdouts.flatMap((h) => h.findings),
    ...holdouts.flatMap(({ found: h }) =>
      h === undefined ? [] : differs(`holdout "${h.key}"`, h.unit),
    ),
    ...repeats(body.holdouts ?? []).map(({ index, key }) => ({
      path: `holdouts.${index}`,
      message: `Holdout "${key}" is there already`,
    })),
  ];
}

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const words: ReadonlySet<string> = new Set(['name', 'description', 'tags', 'owner']);

/** What was promised at start stays: only its words may still be edited, and after the decision nothing. */
function checkLock(body: ExperimentBody, _now: Definitions, before: Experiment): Finding[] {
  const { key, status, startedAt } = before;
  if (startedAt === null) return [];
  if (status === 'decided' || status === 'archived')
    return [{ path: 'status', message: `is ${status}: nothing changes any more, start a new one` }];
  const remedy = `the plan is locked since start: send the change with its reason to POST /api/experiments/${key}/amend`;
  return diff(bodyOf('experiments', documentOf(before)), body)
    .filter(({ path }) => !words.has(path.split('.')[0] ?? ''))
    .map(({ path }) => ({ path, message: `cannot change, ${remedy}` }));
}

/** A draft that was archived comes back as a draft. */
function lifeOf(experiment: Experiment) {
  return Object.fromEntries(
    Object.entries(experiment).filter(([name]) => lifeNames.includes(name)),
  );
}
