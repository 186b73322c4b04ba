import { expect, it } from 'vitest';
import { maturity } from '@assay/server/readout/maturity';
import { aMetric, conversion } from './given.ts';

const cohorts = [
  { variant: 'a', day: '2026-01-01', units: 10 },
  { variant: 'b', day: '2026-01-01', units: 10 },
  { variant: 'a', day: '2026-01-02', units: 20 },
];

it.each([
  ['2026-01-08T23:59:00Z', 'UTC', 0],
  ['2026-01-09T00:00:00Z', 'UTC', 0.5],
  ['2026-01-08T16:00:00Z', 'Asia/Shanghai', 0.5],
  ['2026-01-10T00:00:00Z', 'UTC', 1],
])('at %s in %s the share of units past seven days is %d', (asOf, timeZone, share) => {
  const shares = maturity([conversion], cohorts, { asOf: Date.parse(asOf), timeZone });
  expect(shares.get('conversion')).toBe(share);
});

it('says nothing of metrics that never mature, or without units', () => {
  const at = { asOf: 0, timeZone: 'UTC' };
  expect([...maturity([aMetric({ key: 'm', kind: 'count', event: 'e' })], cohorts, at)]).toEqual(
    [],
  );
  expect([...maturity([conversion], [], at)]).toEqual([]);
});
