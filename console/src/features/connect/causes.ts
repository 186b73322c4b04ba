import type { SdkKey } from '@assay/server/contract';

export type Cause = 'unused' | 'used' | 'wrongKey' | 'environment' | 'csp';

/** Why nothing came so far, the likeliest first, from what the server knows of its keys since `since` (ms). */
export function likelyCauses(keys: readonly SdkKey[], since: number): Cause[] {
  const used = keys.some(
    ({ lastUsedAt }) => lastUsedAt !== null && Date.parse(lastUsedAt) >= since,
  );
  return used ? ['used', 'csp', 'environment'] : ['unused', 'wrongKey', 'csp', 'environment'];
}
