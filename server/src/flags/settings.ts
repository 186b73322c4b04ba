import type { FlagBody, FlagRule, FlagSettings } from '../contract/definitions.ts';
import type { Finding } from '../errors.ts';
import { checkCondition } from '../definitions/condition-rules.ts';
import { known, repeats } from '../definitions/known.ts';
import type { Definitions } from '../definitions/lookup.ts';
import { checkServe, checkVariant } from './serve.ts';

/** What is wrong with a flag's settings in one environment. */
export function checkSettings(body: FlagBody, environment: string, now: Definitions): Finding[] {
  const settings = body.environments[environment];
  if (settings === undefined) return [];
  const path = `environments.${environment}`;
  const variants = body.variants.map((v) => v.key);
  return [
    ...known(now, 'environments', environment, path).findings,
    ...(settings.off === null ? [] : checkVariant(settings.off, variants, `${path}.off`)),
    ...checkServe(settings.default, variants, `${path}.default`),
    ...checkRuleIds(settings, path),
    ...checkExperimentsOnce(settings, path),
    ...settings.rules.flatMap((rule, i) =>
      [
        checkCondition(rule.if, now, `${path}.rules.${i}.if`),
        checkServe(rule, variants, `${path}.rules.${i}`),
        checkMembers(rule, `${path}.rules.${i}`),
        checkExperiment(rule, { flag: body.key, environment, now, path: `${path}.rules.${i}` }),
      ].flat(),
    ),
  ];
}

function checkRuleIds({ rules }: FlagSettings, path: string): Finding[] {
  return repeats(rules.map((rule) => rule.id)).map(({ index, key }) => ({
    path: `${path}.rules.${index}.id`,
    message: `Another rule is called "${key}" already`,
  }));
}

function checkExperimentsOnce({ rules }: FlagSettings, path: string): Finding[] {
  const seen = new Set<string>();
  return rules.flatMap(({ experiment }, i) => {
    if (experiment === undefined) return [];
    if (seen.has(experiment))
      return [
        {
          path: `${path}.rules.${i}.experiment`,
          message: `Experiment "${experiment}" has a rule above already`,
        },
      ];
    seen.add(experiment);
    return [];
  });
}

/** Members that would be read by nobody: better said than silently ignored. */
function checkMembers(rule: FlagRule, path: string): Finding[] {
  const idle =
    rule.experiment === undefined
      ? { members: ['coverage', 'unit', 'salt', 'sticky'] as const, why: 'needs a split' }
      : {
          members: ['coverage', 'unit', 'salt', 'sticky'] as const,
          why: `is the experiment's own: change it on "${rule.experiment}"`,
        };
  if (rule.split !== undefined) return [];
  return idle.members
    .filter((member) => rule[member] !== undefined)
    .map((member) => ({ path: `${path}.${member}`, message: `${member} ${idle.why}` }));
}

function checkExperiment(
  { experiment }: FlagRule,
  at: { flag: string; environment: string; now: Definitions; path: string },
): Finding[] {
  if (experiment === undefined) return [];
  const path = `${at.path}.experiment`;
  const { found, findings } = known(at.now, 'experiments', experiment, path);
  if (found === undefined) return findings;
  const fault = (message: string) => [{ path, message: `Experiment "${experiment}" ${message}` }];
  if (found.flag !== at.flag) return fault(`is on flag "${found.flag}", not on "${at.flag}"`);
  if (found.environment !== at.environment)
    return fault(`runs in "${found.environment}", not in "${at.environment}"`);
  if (found.status === 'decided') return fault('is decided: serve its outcome as a variant');
  return [];
}
