import type { Condition, Rule } from '@assay/sdk';
import type { Experiment, FlagRule } from '../contract/definitions.ts';
import { both } from '../flags/experiment-rule.ts';

/** A flag's rule with its experiment inlined; undefined while there is nothing to serve: a draft, or after the decision. */
export function experimentRule(rule: FlagRule, experiment: Experiment): Rule | undefined {
  const meant = both(rule.if, experiment.audience);
  const head: { id: string; if?: Condition } = { id: rule.id };
  if (meant !== undefined) head.if = meant;
  if (experiment.status === 'stopped') return { ...head, variant: experiment.control };
  if (experiment.status !== 'running') return undefined;
  const { key, unit, salt, control, coverage, layer, holdouts = [], sticky = false } = experiment;
  const reset = lastRedraw(experiment);
  return {
    ...head,
    split: experiment.variants.map((v) => [v.key, v.weight] as const),
    salt,
    unit,
    coverage,
    experiment: key,
    phase: experiment.phases.at(-1)?.number ?? 1,
    control,
    ...(layer !== undefined && { layer: { key: layer.key, slots: layer.slots } }),
    ...(holdouts.length > 0 && { holdouts }),
    ...(sticky && { sticky }),
    ...(sticky && reset > 1 && { resetSticky: reset }),
  };
}

/** The phase since which the present salt is in use: whoever was drawn anew must not keep what an older salt gave. */
function lastRedraw({ phases }: Experiment): number {
  const salt = phases.at(-1)?.salt;
  return (phases.findLast((p) => p.salt !== salt)?.number ?? 0) + 1;
}
