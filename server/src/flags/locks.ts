import type { Experiment, Flag, FlagBody } from '../contract/definitions.ts';
import type { Finding } from '../errors.ts';
import { same } from '../definitions/diff.ts';
import type { Definitions } from '../definitions/lookup.ts';

/** What an experiment that is under way keeps as it is: its rule, who the rule means, and the values it serves. */
export function checkLocks(body: FlagBody, now: Definitions, before: Flag): Finding[] {
  return underWay(before.key, now).flatMap((experiment) =>
    [
      ruleLock(body, before, experiment),
      typeLock(body, before, experiment),
      experiment.variants.flatMap(({ key }) => valueLock(body, before, experiment, key)),
    ].flat(),
  );
}

function typeLock(body: FlagBody, before: Flag, { key, status }: Experiment): Finding[] {
  if (body.type === before.type) return [];
  const message = `is "${body.type}", must stay "${before.type}": the experiment "${key}" is ${status}`;
  return [{ path: 'type', message }];
}

/** Running, or stopped and not yet decided: then its rule still serves the control. */
function underWay(flag: string, now: Definitions): Experiment[] {
  return now
    .experiments()
    .filter((e) => e.flag === flag && (e.status === 'running' || e.status === 'stopped'));
}

function ruleLock(
  body: FlagBody,
  before: Flag,
  { key, environment, status }: Experiment,
): Finding[] {
  const rules = body.environments[environment]?.rules ?? [];
  const old = before.environments[environment]?.rules.find((r) => r.experiment === key);
  if (old === undefined) return [];
  const index = rules.findIndex((r) => r.experiment === key);
  const path = `environments.${environment}.rules`;
  if (index < 0)
    return [
      {
        path,
        message: `Rule "${old.id}" holds the experiment "${key}", which is ${status}: decide it, and the rule goes with it`,
      },
    ];
  if (same(rules[index]?.if, old.if)) return [];
  return [
    {
      path: `${path}.${index}.if`,
      message: `Rule "${old.id}" says who takes part in "${key}", which is ${status}: amend its audience instead`,
    },
  ];
}

function valueLock(
  body: FlagBody,
  before: Flag,
  { key, status }: Experiment,
  variant: string,
): Finding[] {
  const old = before.variants.find((v) => v.key === variant);
  const index = body.variants.findIndex((v) => v.key === variant);
  if (old === undefined) return [];
  if (index >= 0 && same(body.variants[index]?.value, old.value)) return [];
  return [
    {
      path: index < 0 ? 'variants' : `variants.${index}.value`,
      message: `Variant "${variant}" is served by the experiment "${key}", which is ${status}`,
    },
  ];
}
