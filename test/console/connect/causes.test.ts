import { likelyCauses } from '@assay/console/features/connect/causes';
import type { SdkKey } from '@assay/server/contract';
import { expect, it } from 'vitest';

const since = Date.UTC(2026, 0, 1, 12);
const key = (lastUsedAt: string | null) => ({ lastUsedAt }) as SdkKey;

it.each([
  ['no key', [], 'unused'],
  ['keys never used', [key(null)], 'unused'],
  ['a key used before', [key('2026-01-01T11:59:59Z')], 'unused'],
  ['a key used since', [key(null), key('2026-01-01T12:00:05Z')], 'used'],
] as const)('with %s, %s comes first', (_, keys, first) => {
  expect(likelyCauses(keys, since)[0]).toBe(first);
});
