import type { DemoState, Readout } from '@assay/server/contract';
import { expect, it } from 'vitest';
import { call, startServer, temporaryFolder } from '../../support/server.ts';

const readoutPath = 'GET /api/experiments/demo-one-page-checkout/readout';

it('fills a running experiment with visitors, survives a restart, and goes without a trace', async () => {
  const data = temporaryFolder();
  const first = await startServer({ ASSAY_DATA: data });
  const state = async (route: string, body?: unknown) =>
    (await call(first.url, route, { body })).body as DemoState;
  expect(await state('GET /api/demo')).toMatchObject({ status: 'absent', visitors: 0 });

  expect(await state('POST /api/demo', { speed: 200_000 })).toMatchObject({ status: 'running' });
  await expect
    .poll(async () => (await state('GET /api/demo')).visitors, { timeout: 30_000 })
    .toBeGreaterThan(3_000);
  const paused = await state('POST /api/demo', { paused: true });
  expect(paused.status).toBe('paused');

  const units = async (url: string) =>
    Object.values(((await call(url, readoutPath)).body as Readout).units).reduce(
      (a, b) => a + b,
      0,
    );
  await expect
    .poll(() => units(first.url), { timeout: 15_000 })
    .toBeGreaterThan(paused.visitors * 0.99);
  const readout = (await call(first.url, readoutPath)).body as Readout;
  expect(readout.srm.suspicious).toBe(false);
  expect(readout.checks.find((c) => c.id === 'crossover')?.status).toBe('ok');
  await first.close();

  const second = await startServer({ ASSAY_DATA: data });
  const before = await units(second.url);
  await call(second.url, 'POST /api/demo', { body: { speed: 200_000 } });
  await expect.poll(() => units(second.url), { timeout: 30_000 }).toBeGreaterThan(before + 1_000);
  const resumed = (await call(second.url, readoutPath)).body as Readout;
  expect(resumed.checks.find((c) => c.id === 'crossover')?.status, 'nobody was seen twice').toBe(
    'ok',
  );

  expect((await call(second.url, 'DELETE /api/demo')).body).toMatchObject({ status: 'absent' });
  expect((await call(second.url, readoutPath)).status).toBe(404);
  const flags = (await call(second.url, 'GET /api/flags')).body as { items: unknown[] };
  expect(flags.items).toEqual([]);
  const keys = (await call(second.url, 'GET /api/sdk-keys')).body as { items: unknown[] };
  expect(keys.items).toEqual([]);
  const seen = (await call(second.url, 'GET /api/events/recent?environment=demo')).body as {
    items?: unknown[];
  };
  expect(seen.items ?? []).toEqual([]);
}, 90_000);
