import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Calibration } from '@assay/server/contract';
import { call, startServer } from '../../support/server.ts';

it('calibrates a metric when asked, and still knows it after a restart', async () => {
  const first = await startServer();
  const metric = {
    key: 'conversion',
    name: 'Conversion',
    kind: 'proportion',
    event: 'paid',
    direction: 'up',
  };
  expect((await call(first.url, 'POST /api/metrics', { body: metric })).status).toBe(201);
  const path = '/api/metrics/conversion/calibration';
  expect((await call(first.url, `GET ${path}`)).status).toBe(404);
  const key = await call(first.url, 'POST /api/sdk-keys', {
    body: { environment: 'production', kind: 'server', name: 'test' },
  });
  const at = Date.now() - 60_000;
  const events = Array.from({ length: 900 }, (_, i) => ({
    id: randomUUID(),
    type: 'track',
    at,
    unit: `u${i}`,
    name: i % 3 === 0 ? 'paid' : 'visit',
  }));
  const sent = await call(first.url, 'POST /sdk/v1/events', {
    body: { events, sentAt: Date.now() },
    headers: { authorization: `Bearer ${(key.body as { secret?: string; key: string }).key}` },
  });
  expect(sent.status).toBe(202);
  const ran = await call(first.url, `POST ${path}`);
  expect(ran.status).toBe(200);
  const found = ran.body as Calibration;
  expect(found).toMatchObject({
    metric: 'conversion',
    environment: 'production',
    units: 900,
    told: 400,
  });
  expect(found.falsePositiveRate).toBeLessThan(0.12);
  expect((await call(first.url, `GET ${path}`)).body).toEqual(found);
  expect((await call(first.url, `GET ${path}?environment=nowhere`)).status).toBe(404);
  await first.close();
  const second = await startServer({ ASSAY_DATA: first.data });
  expect((await call(second.url, `GET ${path}`)).body).toEqual(found);
}, 60_000);
