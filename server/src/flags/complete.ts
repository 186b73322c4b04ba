import type { Flag, FlagBody, FlagRule, FlagSettings, Serve } from '../contract/definitions.ts';
import { makeSalt } from '../definitions/salt.ts';
import type { Random } from '../http/handler.ts';

/** Gives each rollout a salt and a unit where the writer left them out; one that it had before stays, so that nobody moves by accident. */
export function completeFlag(body: FlagBody, random: Random, before?: Flag): FlagBody {
  const environments = Object.entries(body.environments).map(
    ([key, settings]) =>
      [key, completeSettings(settings, random, before?.environments[key])] as const,
  );
  return { ...body, environments: Object.fromEntries(environments) };
}

function completeSettings(
  settings: FlagSettings,
  random: Random,
  before: FlagSettings | undefined,
): FlagSettings {
  const old = (id: string): FlagRule | undefined => before?.rules.find((r) => r.id === id);
  return {
    ...settings,
    default: completeServe(settings.default, random, before?.default),
    rules: settings.rules.map((rule) => completeServe(rule, random, old(rule.id))),
  };
}

function completeServe<S extends Pick<Serve, 'split' | 'salt' | 'unit'>>(
  serve: S,
  random: Random,
  before: Pick<Serve, 'salt' | 'unit'> | undefined,
): S {
  if (serve.split === undefined) return serve;
  return {
    ...serve,
    unit: serve.unit ?? before?.unit ?? 'userId',
    salt: serve.salt ?? before?.salt ?? makeSalt(random),
  };
}
