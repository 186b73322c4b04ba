import type { Experiment, Readout } from '@assay/server/contract';
import { createClient } from '@assay/sdk/node';
import { expect, it } from 'vitest';
import { call, startServer } from '../support/server.ts';

const flag = {
  key: 'checkout',
  name: 'Checkout',
  type: 'string',
  clientVisible: true,
  purpose: 'experiment',
  variants: [
    { key: 'classic', value: 'classic' },
    { key: 'one-page', value: 'one_page' },
  ],
  environments: {
    production: { on: true, off: 'classic', rules: [], default: { variant: 'classic' } },
  },
};
const metrics = [
  {
    key: 'checkout-conversion',
    name: 'Checkout conversion',
    kind: 'proportion',
    event: 'order_paid',
    window: { days: 7 },
  },
  {
    key: 'revenue-per-user',
    kind: 'mean',
    event: 'order_paid',
    value: 'value',
    window: { days: 7 },
    unitOfMeasure: '¥',
  },
  {
    key: 'refund-rate',
    kind: 'proportion',
    event: 'refund',
    direction: 'down',
    window: { days: 7 },
  },
];
const experiment = {
  key: 'one-page-checkout',
  name: 'One-page checkout',
  flag: 'checkout',
  environment: 'production',
  hypothesis: { because: 'pages cost patience', change: 'one page', expect: 'more orders' },
  variants: [
    { key: 'classic', weight: 1 },
    { key: 'one-page', weight: 1 },
  ],
  control: 'classic',
  audience: { attr: 'country', op: 'in', value: ['CN', 'SG'] },
  metrics: {
    primary: 'checkout-conversion',
    secondary: ['revenue-per-user'],
    guardrails: [{ metric: 'refund-rate', margin: 0.9 }],
  },
  plan: { mde: 0.5, unitsPerVariant: 900, days: 7 },
};

it('goes from a hypothesis to a decision that the flag then serves', async () => {
  const { url } = await startServer();
  const post = async (route: string, body?: unknown) => {
    const answer = await call(url, `POST ${route}`, { body });
    expect(answer.body, route).not.toHaveProperty('code');
    return answer.body;
  };
  await post('/api/flags', flag);
  for (const metric of metrics) await post('/api/metrics', metric);
  await post('/api/experiments', experiment);
  const begun = (await post('/api/experiments/one-page-checkout/start', {})) as Experiment;
  expect(begun).toMatchObject({ status: 'running', phases: [{ number: 1, endedAt: null }] });
  expect(begun.planHash).toMatch(/^[0-9a-f]{64}$/);

  const { key } = (await post('/api/sdk-keys', {
    environment: 'production',
    kind: 'server',
    name: 'app',
  })) as { key: string };
  const assay = createClient({ url, key });
  await assay.ready();
  const buyers = { classic: 0, one_page: 0 };
  const seen = { classic: 0, one_page: 0 };
  for (let i = 0; i < 2_000; i++) {
    const user = assay.forUser({ userId: `u${i}` }, { country: i % 2 === 0 ? 'CN' : 'SG' });
    const layout = user.get('checkout', 'classic') as 'classic' | 'one_page';
    seen[layout] += 1;
    // Every 5th of the control and every 3rd of the treatment buys: 20 % against 33 %.
    if (seen[layout] % (layout === 'classic' ? 5 : 3) === 0) {
      buyers[layout] += 1;
      user.track('order_paid', { value: 100 + (i % 7), properties: { currency: 'CNY' } });
    }
  }
  const stranger = assay.forUser({ userId: 'u-elsewhere' }, { country: 'DE' });
  expect(stranger.get('checkout', 'classic')).toBe('classic');
  await assay.flush();

  const read = async () =>
    (await call(url, 'GET /api/experiments/one-page-checkout/readout')).body as Readout;
  // A server that is busy starting may ask the SDK to come again; then the rest arrives seconds later.
  await expect
    .poll(async () => (await read()).units, { timeout: 15_000 })
    .toEqual({ classic: seen.classic, 'one-page': seen.one_page });
  await assay.flush();
  const readout = await read();
  expect(readout.srm.suspicious).toBe(false);
  expect(readout.checks.find((c) => c.id === 'crossover')).toMatchObject({ status: 'ok' });
  const primary = readout.metrics.find((m) => m.role === 'primary');
  expect(primary?.control.value).toBeCloseTo(buyers.classic / seen.classic, 12);
  expect(primary?.results[0]).toMatchObject({
    variant: 'one-page',
    n: seen.one_page,
    status: 'better',
  });
  expect(primary?.results[0]?.relative?.low).toBeGreaterThan(0.1);
  expect(readout.metrics.map((m) => m.metric)).toEqual(metrics.map((m) => m.key));

  const over = (await post('/api/experiments/one-page-checkout/decide', {
    outcome: 'ship',
    variant: 'one-page',
    note: 'clear win',
  })) as Experiment;
  expect(over).toMatchObject({
    status: 'decided',
    decision: { outcome: 'ship', variant: 'one-page' },
  });
  await expect
    .poll(() => assay.forUser({ userId: 'new-1' }, { country: 'CN' }).peek('checkout', 'classic'))
    .toBe('one_page');
  expect(assay.forUser({ userId: 'new-2' }, { country: 'DE' }).peek('checkout', 'classic')).toBe(
    'classic',
  );
  await assay.close();

  const after = await read();
  expect(after.units, 'the decision exposes nobody').toEqual(readout.units);
});
