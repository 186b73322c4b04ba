import type { KindRules } from '../definitions/kind-rules.ts';
import { makeSalt } from '../definitions/salt.ts';
import { usersOfLayer } from '../definitions/uses.ts';

export const layerRules: KindRules<'layers'> = {
  check: () => [],
  locked(body, now, before) {
    const users = body.unit === before.unit ? [] : usersOfLayer(before.key, now);
    if (users.length === 0) return [];
    const message = `is "${body.unit}", must stay "${before.unit}" while in use by ${users.join(', ')}`;
    return [{ path: 'unit', message }];
  },
  complete: (body, random, before) => ({ ...body, salt: before?.salt ?? makeSalt(random) }),
  users: usersOfLayer,
};
