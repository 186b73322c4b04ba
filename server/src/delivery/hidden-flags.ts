import type { FlagBody } from '../contract/definitions.ts';
import type { Definitions } from '../definitions/lookup.ts';
import { requirementsIn } from '../flags/requirements.ts';

type Requirements = NonNullable<FlagBody['requires']>;

/**
 * What a client has to check of a flag's prerequisites. A hidden flag is never named to it: where that one serves
 * everybody the same, the requirement is decided here. Undefined: the requirement fails, or a client cannot know, and
 * the flag is off for clients.
 */
export function openRequirements(
  requires: Requirements,
  now: Definitions,
  environment: string,
): Requirements | undefined {
  const open: Requirements = [];
  for (const requirement of requires) {
    if (isVisible(requirement.flag, now)) {
      open.push(requirement);
      continue;
    }
    const served = servedToAll(requirement.flag, now, environment);
    if (served === undefined || !requirement.variants.includes(served)) return undefined;
  }
  return open;
}

function isVisible(key: string, now: Definitions): boolean {
  const flag = now.flag(key);
  return flag !== undefined && !flag.archived && flag.clientVisible;
}

/** The one variant that a flag serves to everybody, undefined where it depends or where it serves none. */
function servedToAll(key: string, now: Definitions, environment: string): string | undefined {
  const flag = now.flag(key);
  const settings = flag?.environments[environment];
  if (flag === undefined || flag.archived || settings === undefined) return undefined;
  if (!settings.on) return settings.off ?? undefined;
  const requires = requirementsIn(flag, environment);
  const met = requires.every((r) => {
    const served = servedToAll(r.flag, now, environment);
    return served !== undefined && r.variants.includes(served);
  });
  return met && settings.rules.length === 0 ? settings.default.variant : undefined;
}
