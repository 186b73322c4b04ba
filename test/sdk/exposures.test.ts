import { expect, it } from 'vitest';
import { fakeRim } from './rim.ts';
import { flag, half, ruleset } from './rulesets.ts';

const keys = Array.from({ length: 20 }, (_, i) => `f${i}`);
const rules = (version: number, phase = 1) =>
  ruleset(
    Object.fromEntries(
      keys.map((key) => [key, flag([{ ...half, experiment: `exp-${key}`, phase }])]),
    ),
    { version },
  );

it('an exposure is logged once, however often it is met', async () => {
  const { client, events } = fakeRim();
  const assay = client({ ruleset: rules(1), stream: false });
  for (let round = 0; round < 100; round++) for (const key of keys) assay.get(key, 'mine');
  await assay.flush();
  const logged = events().map((e) => String(e['experiment']));
  expect(logged.toSorted()).toEqual(keys.map((k) => `exp-${k}`).toSorted());
});

it('a new version does not log it again, a new phase does', async () => {
  const { client, events, pass, server } = fakeRim();
  const assay = client({ ruleset: rules(1), stream: false });
  const meet = (): void => {
    for (const key of keys) assay.get(key, 'mine');
  };
  meet();
  server.ruleset = () => ({ status: 200, body: JSON.stringify(rules(2)) });
  await pass(60_000);
  meet();
  await assay.flush();
  expect(events()).toHaveLength(20);
  server.ruleset = () => ({ status: 200, body: JSON.stringify(rules(3, 2)) });
  await pass(60_000);
  meet();
  await assay.flush();
  expect(
    events()
      .slice(20)
      .map((e) => e['phase']),
  ).toEqual(Array<number>(20).fill(2));
});

it('the memory is of fixed size: old exposures may be logged again, new ones always are', async () => {
  const { client, events } = fakeRim();
  const assay = client({ ruleset: rules(1), stream: false });
  const ids = Array.from({ length: 500 }, (_, i) => `u${i}`);
  for (const userId of ids) assay.forUser({ userId }).get('f0', 'mine');
  await assay.flush();
  expect(events().map((e) => e.unit)).toEqual(ids);
  // The last few are still remembered.
  assay.forUser({ userId: 'u499' }).get('f0', 'mine');
  await assay.flush();
  expect(events()).toHaveLength(500);
});

it('is not logged where the app got its own default, nor for an override', async () => {
  const { client, events } = fakeRim();
  const assay = client({ ruleset: rules(1), stream: false, overrides: { f1: 'c' } });
  assay.get('f0', 7);
  expect(assay.get('f1', 'mine')).toBe('C');
  assay.override('f1', 'no such variant');
  assay.peek('f1', 'mine');
  await assay.flush();
  expect(events()).toEqual([]);
});

it('carries the plain attributes, and the unit that was drawn for', async () => {
  const { client, events } = fakeRim();
  const byCompany = ruleset({ f: flag([{ ...half, unit: 'companyId', experiment: 'exp' }]) });
  const attributes = {
    country: 'CN',
    nested: { a: 1 },
    list: [1],
    none: null,
    long: 'x'.repeat(3_000),
  };
  const assay = client({
    ruleset: byCompany,
    stream: false,
    unit: { userId: 'u1', companyId: 9 },
    attributes,
  });
  assay.get('f', 'mine');
  await assay.flush();
  expect(events()).toMatchObject([
    { unit: '9', unitType: 'companyId', flag: 'f', experiment: 'exp', phase: 1 },
  ]);
  expect(events()[0]?.['attributes']).toEqual({ country: 'CN' });
  expect(events()[0]).not.toHaveProperty('meeting');
});
