import type { Experiment, FlagRule, FlagSettings } from '../contract/definitions.ts';
import type { Definitions } from '../definitions/lookup.ts';
import { checkExperiment } from './rules.ts';

export interface ChecklistItem {
  readonly id: string;
  readonly ok: boolean;
  readonly blocking: boolean;
  readonly detail: string;
}

/** What a plan needs before it may start. Items that do not block are advice. */
export function checklist(experiment: Experiment, now: Definitions): ChecklistItem[] {
  const flag = now.flag(experiment.flag);
  const settings = flag?.environments[experiment.environment];
  return [
    hypothesis(experiment),
    primaryMetric(experiment),
    guardrails(experiment),
    planSize(experiment),
    split(experiment),
    valid(experiment, now),
    flagOn(experiment, settings),
    reachable(experiment, settings),
  ];
}

function hypothesis({ hypothesis: { because, change, expect } }: Experiment): ChecklistItem {
  const missing = Object.entries({ because, change, expect })
    .filter(([, text]) => text.trim() === '')
    .map(([name]) => name);
  const detail = missing.length === 0 ? 'Written down.' : `Still missing: ${missing.join(', ')}.`;
  return { id: 'hypothesis', ok: missing.length === 0, blocking: true, detail };
}

function primaryMetric({ metrics: { primary } }: Experiment): ChecklistItem {
  const detail = primary === undefined ? 'No primary metric is chosen.' : `"${primary}" decides.`;
  return { id: 'primaryMetric', ok: primary !== undefined, blocking: true, detail };
}

function guardrails({ metrics }: Experiment): ChecklistItem {
  const count = metrics.guardrails.length;
  const detail = count === 0 ? 'Nothing guards against harm elsewhere.' : `${count} in place.`;
  return { id: 'guardrails', ok: count > 0, blocking: false, detail };
}

/** A fixed horizon is nothing without a size; a sequential plan without one is read by a confidence sequence. */
function planSize({ plan, analysis }: Experiment): ChecklistItem {
  const blocking = analysis.method === 'fixed';
  if (plan.unitsPerVariant !== undefined)
    return { id: 'plan', ok: true, blocking, detail: `${plan.unitsPerVariant} units a variant.` };
  const detail = blocking
    ? 'A fixed analysis needs plan.unitsPerVariant: the one time at which it is read.'
    : 'No planned size: always valid, but less certain than a plan of the same length.';
  return { id: 'plan', ok: false, blocking, detail };
}

function split({ variants, control }: Experiment): ChecklistItem {
  const served = variants.filter((v) => v.weight > 0).map((v) => v.key);
  const ok = served.includes(control) && served.length > 1;
  const detail = ok
    ? `${served.length} variants have a share.`
    : 'The control and at least one other variant need a weight above 0.';
  return { id: 'split', ok, blocking: true, detail };
}

function valid(experiment: Experiment, now: Definitions): ChecklistItem {
  const [first] = checkExperiment(experiment, now, experiment);
  const detail = first === undefined ? 'Every part exists.' : `${first.path}: ${first.message}.`;
  return { id: 'valid', ok: first === undefined, blocking: true, detail };
}

function flagOn(
  { flag, environment }: Experiment,
  settings: FlagSettings | undefined,
): ChecklistItem {
  const ok = settings?.on === true;
  const detail = `Flag "${flag}" is ${ok ? 'on' : 'off'} in ${environment}.`;
  return { id: 'flagOn', ok, blocking: true, detail };
}

/** Start adds the rule below the others, so one above it that serves everybody would leave it nobody. */
function reachable({ key }: Experiment, settings: FlagSettings | undefined): ChecklistItem {
  const rules = settings?.rules ?? [];
  const at = rules.findIndex((r) => r.experiment === key);
  const above = (at < 0 ? rules : rules.slice(0, at)).find(servesEverybody);
  const detail =
    above !== undefined
      ? `Rule "${above.id}" above serves everybody.`
      : at < 0
        ? 'Start will add the rule to the flag, below the others.'
        : `Rule "${rules[at]?.id ?? ''}" holds it.`;
  return { id: 'rule', ok: above === undefined, blocking: true, detail };
}

function servesEverybody(rule: FlagRule): boolean {
  return rule.if === undefined && rule.variant !== undefined;
}
