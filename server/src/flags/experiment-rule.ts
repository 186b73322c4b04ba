import type { Condition } from '@assay/sdk';
import type { Experiment, Flag, FlagRule, FlagSettings } from '../contract/definitions.ts';
import { same } from '../definitions/diff.ts';

/** The flag with a rule for the experiment, below the others where it has none yet. */
export function withExperimentRule(flag: Flag, experiment: Experiment): Flag {
  return changed(flag, experiment, (settings) => {
    if (settings.rules.some((r) => r.experiment === experiment.key)) return settings;
    const id = freeId(experiment.key, settings.rules);
    return { ...settings, rules: [...settings.rules, { id, experiment: experiment.key }] };
  });
}

/**
 * The flag after a decision: the experiment's rule serves one variant to those whom it meant. Where it meant everybody
 * and was the last rule, the variant becomes the default and the rule goes; a rule below it must not come to life.
 */
export function withOutcome(flag: Flag, experiment: Experiment, variant: string): Flag {
  return changed(withExperimentRule(flag, experiment), experiment, (settings) => {
    const at = settings.rules.findIndex((r) => r.experiment === experiment.key);
    const { id, name, if: condition } = settings.rules[at] ?? { id: experiment.key };
    const meant = both(condition, experiment.audience);
    const rest = settings.rules.toSpliced(at, 1);
    const last = at === rest.length;
    if (last && meant === undefined) return { ...settings, rules: rest, default: { variant } };
    if (last && same(settings.default, { variant })) return { ...settings, rules: rest };
    const rule: FlagRule = { id, variant };
    if (name !== undefined) rule.name = name;
    if (meant !== undefined) rule.if = meant;
    return { ...settings, rules: settings.rules.toSpliced(at, 1, rule) };
  });
}

/** @example both({ attr: 'a', op: 'exists' }, undefined) // { attr: 'a', op: 'exists' } */
export function both(a: Condition | undefined, b: Condition | undefined): Condition | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return { all: [a, b] };
}

function changed(
  flag: Flag,
  { environment }: Experiment,
  change: (settings: FlagSettings) => FlagSettings,
): Flag {
  const settings = flag.environments[environment];
  if (settings === undefined) return flag;
  return { ...flag, environments: { ...flag.environments, [environment]: change(settings) } };
}

function freeId(wanted: string, rules: readonly FlagRule[]): string {
  const taken = new Set(rules.map((r) => r.id));
  let id = wanted;
  for (let n = 2; taken.has(id); n++) id = `${wanted.slice(0, 90)}-${n}`;
  return id;
}
