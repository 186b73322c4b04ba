import type { Experiment, Flag } from '../contract/definitions.ts';
import { segmentsOf } from './condition-rules.ts';
import type { Definitions } from './lookup.ts';

// Who would miss a definition, in words. Decided and archived experiments keep reading what they were made of, archived or not.

export function usersOfEnvironment(key: string, now: Definitions): string[] {
  return [
    ...flagsWhere(now, (f) => Object.hasOwn(f.environments, key)),
    ...experimentsWhere(now, (e) => e.environment === key),
  ];
}
export function usersOfFlag(key: string, now: Definitions): string[] {
  return [
    ...flagsWhere(now, (f) => requiredBy(f).includes(key)),
    ...experimentsWhere(now, (e) => e.flag === key),
  ];
}
export function usersOfExperiment(key: string, now: Definitions): string[] {
  return flagsWhere(now, (f) =>
    Object.values(f.environments).some((s) => s.rules.some((r) => r.experiment === key)),
  );
}
export function usersOfMetric(key: string, now: Definitions): string[] {
  return experimentsWhere(now, ({ metrics }) =>
    [metrics.primary, ...metrics.secondary, ...metrics.guardrails.map((g) => g.metric)].includes(
      key,
    ),
  );
}
export function usersOfSegment(key: string, now: Definitions): string[] {
  return [
    ...flagsWhere(now, (f) =>
      Object.values(f.environments).some((s) =>
        s.rules.some((r) => segmentsOf(r.if).includes(key)),
      ),
    ),
    ...experimentsWhere(now, (e) => segmentsOf(e.audience).includes(key)),
    ...now
      .segments()
      .filter((s) => segmentsOf(s.if).includes(key))
      .map((s) => `segment "${s.key}"`),
  ];
}
export function usersOfLayer(key: string, now: Definitions): string[] {
  return experimentsWhere(now, (e) => e.layer?.key === key);
}
export function usersOfHoldout(key: string, now: Definitions): string[] {
  return experimentsWhere(now, (e) => e.holdouts?.includes(key) === true);
}

/** Not decided yet: draft, running or stopped. */
export function isOpen({ status }: Experiment): boolean {
  return status === 'draft' || status === 'running' || status === 'stopped';
}

function flagsWhere(now: Definitions, uses: (flag: Flag) => boolean): string[] {
  return now
    .flags()
    .filter(uses)
    .map((f) => `flag "${f.key}"`);
}
function experimentsWhere(now: Definitions, uses: (experiment: Experiment) => boolean): string[] {
  return now
    .experiments()
    .filter((e) => isOpen(e) && uses(e))
    .map((e) => `experiment "${e.key}" (${e.status})`);
}
function requiredBy(flag: Flag): string[] {
  const lists = [flag.requires, ...Object.values(flag.environments).map((s) => s.requires)];
  return lists.flatMap((list) => (list ?? []).map((r) => r.flag));
}
