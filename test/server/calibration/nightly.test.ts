import { expect, it } from 'vitest';
import { untilNight } from '@assay/server/calibration/nightly';

it.each([
  ['2026-01-15T00:00:00Z', 3],
  ['2026-01-15T02:59:00Z', 1 / 60],
  ['2026-01-15T03:00:00Z', 24],
  ['2026-01-15T12:00:00Z', 15],
])('from %s it is %d hours to 03:00', (now, hours) => {
  expect(untilNight(Date.parse(now))).toBeCloseTo(hours * 3_600_000, 3);
});
