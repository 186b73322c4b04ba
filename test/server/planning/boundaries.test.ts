import { expect, it } from 'vitest';
import { boundariesBody } from '@assay/server/contract/planning';
import { boundariesOf } from '@assay/server/planning/boundaries';

it.each([
  ['two kinds at once', { spending: 'pocock', shape: 0.5 }],
  ['looks that go back', { information: [0.5, 0.4] }],
  ['bounds for other looks', { critical: [2, 2], looks: 3 }],
  ['a clock for other looks', { looks: 3, clock: [0.5, 1] }],
])('refuses %s', (_, body) => {
  expect(() => boundariesOf(boundariesBody.parse(body))).toThrow(
    expect.objectContaining({ code: 'invalid' }),
  );
});

it('gives the published Pocock constant of five looks', () => {
  // Jennison & Turnbull (2000), table 2.1: C_P(5, 0.05) = 2.413.
  const { critical } = boundariesOf(boundariesBody.parse({ shape: 0.5, looks: 5 }));
  expect(critical.map((z) => Number(z?.toFixed(3)))).toEqual([2.413, 2.413, 2.413, 2.413, 2.413]);
});
