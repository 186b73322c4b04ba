import type { KindRules } from '../definitions/kind-rules.ts';
import { makeSalt } from '../definitions/salt.ts';
import { usersOfHoldout } from '../definitions/uses.ts';

export const holdoutRules: KindRules<'holdouts'> = {
  check: () => [],
  locked(body, now, before) {
    const users = body.unit === before.unit ? [] : usersOfHoldout(before.key, now);
    if (users.length === 0) return [];
    const message = `is "${body.unit}", must stay "${before.unit}" while in use by ${users.join(', ')}`;
    return [{ path: 'unit', message }];
  },
  complete: (body, random, before) => ({ ...body, salt: before?.salt ?? makeSalt(random) }),
  users: usersOfHoldout,
};
