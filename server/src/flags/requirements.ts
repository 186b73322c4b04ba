import type { FlagBody } from '../contract/definitions.ts';
import type { Finding } from '../errors.ts';
import { findCycle } from '../definitions/cycle.ts';
import { known } from '../definitions/known.ts';
import type { Definitions } from '../definitions/lookup.ts';
import { checkVariant } from './serve.ts';

type Requirements = NonNullable<FlagBody['requires']>;
type Requiring = Pick<FlagBody, 'key' | 'requires' | 'environments'>;

/** What is wrong with the prerequisites of a flag, those of all environments and those of each. */
export function checkRequirements(body: FlagBody, now: Definitions): Finding[] {
  const shared = [
    ...checkList(body.requires ?? [], body, now, 'requires'),
    ...checkCycle(body, now, undefined),
  ];
  if (shared.length > 0) return shared;
  return Object.entries(body.environments).flatMap(([environment, settings]) =>
    checkList(settings.requires ?? [], body, now, `environments.${environment}.requires`).concat(
      checkCycle(body, now, environment),
    ),
  );
}

/** Everything that must hold in one environment before the flag's own rules are read. */
export function requirementsIn(flag: Requiring, environment: string | undefined): Requirements {
  const own = environment === undefined ? undefined : flag.environments[environment]?.requires;
  return [...(flag.requires ?? []), ...(own ?? [])];
}

function checkList(list: Requirements, body: FlagBody, now: Definitions, path: string): Finding[] {
  return list.flatMap(({ flag, variants }, i) => {
    if (flag === body.key) return [];
    const { found, findings } = known(now, 'flags', flag, `${path}.${i}.flag`);
    if (found === undefined) return findings;
    const keys = found.variants.map((v) => v.key);
    return variants.flatMap((v, j) => checkVariant(v, keys, `${path}.${i}.variants.${j}`));
  });
}

function checkCycle(body: FlagBody, now: Definitions, environment: string | undefined): Finding[] {
  const flagOf = (key: string) => (key === body.key ? body : now.flag(key));
  const way = findCycle(body.key, (key) => {
    const flag = flagOf(key);
    return flag === undefined ? [] : requirementsIn(flag, environment).map((r) => r.flag);
  });
  if (way === undefined) return [];
  const path = environment === undefined ? 'requires' : `environments.${environment}.requires`;
  return [{ path, message: `Flags cannot wait for each other: ${way.join(' → ')}` }];
}
