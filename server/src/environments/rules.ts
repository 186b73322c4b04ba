import type { KindRules } from '../definitions/kind-rules.ts';
import { usersOfEnvironment } from '../definitions/uses.ts';

export const environmentRules: KindRules<'environments'> = {
  check: () => [],
  users: usersOfEnvironment,
};
