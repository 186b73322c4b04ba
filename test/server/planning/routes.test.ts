import { expect, it } from 'vitest';
import { call, startServer } from '../../support/server.ts';

const near = (x: number, digits: number): unknown => expect.closeTo(x, digits);

it('answers every calculation over HTTP, and refuses what does not fit', async () => {
  const { url } = await startServer();
  const post = async (path: string, body: unknown) => call(url, `POST /api${path}`, { body });
  const shares = {
    kind: 'proportion',
    control: { n: 70, successes: 56 },
    treatment: { n: 80, successes: 48 },
  };
  // Newcombe (1998), the published example of 56/70 against 48/80.
  const newcombe = await post('/stats/compare', { ...shares, interval: 'newcombe' });
  expect(newcombe.body).toMatchObject({
    absolute: { low: near(-0.3339, 4), high: near(-0.0524, 4) },
  });
  const score = await post('/stats/compare', { ...shares, interval: 'miettinenNurminen' });
  expect(score.body).toMatchObject({
    absolute: { low: near(-0.3382, 4), high: near(-0.0528, 4) },
  });
  const looks = await post('/stats/srm', {
    weights: { a: 1, b: 1 },
    looks: [
      { a: 900, b: 1_100 },
      { a: 900, b: 1_100 },
    ],
  });
  expect(looks.body).toMatchObject({ suspicious: true, looks: [{}, { suspicious: true }] });
  expect(
    (await post('/stats/adjust', { pValues: [0.01, 0.02, 0.03, 0.04, 0.05] })).body,
  ).toMatchObject({
    holm: [0.05, 0.08, 0.09, 0.09, 0.09].map((p) => near(p, 12)),
  });
  expect((await post('/stats/trust', { successRate: 0.1 })).body).toMatchObject({
    falsePositiveRisk: near(0.22, 2),
  });
  // R 4: power.prop.test(p1 = .1, p2 = .11, power = .8) → n = 14750.79.
  const pooled = {
    kind: 'proportion',
    baseline: { rate: 0.1 },
    mde: { absolute: 0.01 },
    test: 'pooled',
  };
  expect((await post('/plan', pooled)).body).toMatchObject({ unitsPerVariant: [14_751, 14_751] });
  expect((await post('/plan/boundaries', { looks: 2, sides: 1, alpha: 0.025 })).body).toMatchObject(
    {
      critical: [near(2.96258804, 6), near(1.9685956, 6)],
    },
  );
  expect((await post('/plan/simulate', { ...pooled, test: 'unpooled' })).status).toBe(200);
  expect(
    (await post('/stats/effects', { effects: [{ estimate: 1, standardError: 1 }] })).status,
  ).toBe(200);
  expect(
    (
      await post('/stats/bandit', {
        arms: [
          { mean: 0, sd: 1 },
          { mean: 0, sd: 1 },
        ],
      })
    ).body,
  ).toMatchObject({
    best: [0.5, 0.5].map((p) => near(p, 9)),
  });
  for (const [path, body] of [
    ['/stats/compare', { kind: 'effect' }],
    [
      '/stats/compare',
      { kind: 'rate', control: { count: 1, exposure: 1 }, treatment: { count: 1, exposure: 1 } },
    ],
    ['/stats/compare', { ...shares, method: 'msprt' }],
    ['/stats/compare', { ...shares, method: 'bayesian', prior: { shape: 1, rate: 1 } }],
    ['/stats/srm', { weights: { a: 1, b: 1 } }],
    ['/stats/bandit', {}],
    ['/plan', { kind: 'mean', baseline: { mean: 1, variance: 1 } }],
    ['/plan', { ...pooled, variants: [1, 1, 1] }],
    ['/plan/boundaries', { spending: 'pocock', shape: 0 }],
  ] as const)
    expect(await post(path, body), `${path} ${JSON.stringify(body)}`).toMatchObject({
      status: 400,
      body: { code: 'invalid' },
    });
}, 60_000);
