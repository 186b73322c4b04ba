import type { KindRules } from '../definitions/kind-rules.ts';
import { usersOfFlag } from '../definitions/uses.ts';
import { completeFlag } from './complete.ts';
import { checkLocks } from './locks.ts';
import { checkRequirements } from './requirements.ts';
import { checkSettings } from './settings.ts';
import { checkVariants } from './values.ts';

export const flagRules: KindRules<'flags'> = {
  check: (body, now) => [
    ...checkVariants(body),
    ...Object.keys(body.environments).flatMap((key) => checkSettings(body, key, now)),
    ...checkRequirements(body, now),
  ],
  locked: checkLocks,
  complete: completeFlag,
  users: usersOfFlag,
};
