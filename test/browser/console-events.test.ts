import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, type TestServer } from '../support/server.ts';
import { listenForFaults } from './console-world.ts';
import { openWorld } from './readout-world.ts';
import { launch, noBrowser } from './sdk-page.ts';

describe.skipIf(noBrowser)('events on their way in', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  const send = (server: TestServer, key: string, events: object[]) =>
    call(server.url, 'POST /sdk/v1/events', {
      headers: { authorization: `Bearer ${key}` },
      body: { events, sentAt: Date.now() },
    });
  const track = (name: string, unit: string) => ({
    id: randomUUID(),
    type: 'track',
    at: Date.now(),
    unit,
    name,
    value: 12.5,
    properties: { currency: 'CNY' },
  });

  it('connect: a key made on the spot stands in the code, and its first event is noticed', async () => {
    const world = await openWorld();
    const page = await world.page(browser);
    const faults = listenForFaults(page);
    await page.goto(`${world.server.url}/connect?env=staging`);
    await page.getByText('Waiting for your first event…').waitFor();
    await page.getByRole('button', { name: 'Make a key' }).click();
    const key = await page.getByTestId('sdk-key').innerText();
    await page.getByText(`key: '${key}'`).waitFor();
    await page.getByRole('tab', { name: 'curl' }).click();
    await page.getByText(`Authorization: Bearer ${key}`).waitFor();

    const { status } = await send(world.server, key, [track('hello', 'u77')]);
    expect(status).toBe(202);
    await page.getByText('“hello” of u77 came in.').waitFor();
    await page.getByRole('link', { name: 'Make a metric of it' }).waitFor();
    expect(faults).toEqual([]);
  });

  it('connect: names the causes when nothing comes for 20 seconds', async () => {
    const world = await openWorld();
    const page = await world.page(browser);
    await page.clock.install();
    await page.goto(`${world.server.url}/connect?env=staging`);
    await page.getByText('Waiting for your first event…').waitFor();
    await page.clock.fastForward(21_000);
    await page.getByText('Nothing yet. The usual causes:').waitFor();
    const causes = page.getByRole('listitem').filter({ hasText: 'No key of this environment' });
    expect(await causes.count()).toBe(1);
  });

  it('live: shows what arrives, filters by address, pauses, and lists rejected ones with their cause', async () => {
    const world = await openWorld();
    const made = await call(world.server.url, 'POST /api/sdk-keys', {
      body: { environment: 'staging', kind: 'client', name: 'web' },
    });
    const { key } = made.body as { key: string };
    const page = await world.page(browser);
    const faults = listenForFaults(page);
    await page.goto(`${world.server.url}/live?env=staging`);
    await page.getByText('live', { exact: true }).waitFor();
    await send(world.server, key, [track('signup', 'u1'), track('order_paid', 'u2')]);
    const row = (name: string) => page.getByRole('row', { name });
    await row('u2').waitFor();
    await row('u1').getByText('first ever').waitFor();

    await page.getByRole('searchbox').fill('order');
    await row('u1').waitFor({ state: 'detached' });
    expect(page.url()).toContain('q=order');
    await page.getByRole('searchbox').fill('');

    await page.getByRole('button', { name: 'Pause' }).click();
    await send(world.server, key, [
      track('signup', 'u3'),
      { ...track('signup', 'u4'), at: Date.now() + 9e7 },
    ]);
    await page.getByText('arrived while paused').waitFor();
    expect(await row('u3').count()).toBe(0);
    await page.getByRole('button', { name: 'Go on' }).click();
    await row('u3').waitFor();

    await page.getByRole('tab', { name: 'Rejected' }).click();
    await page.getByText('the clock of the device is wrong').waitFor();
    await page.getByRole('tab', { name: 'Event names' }).click();
    await page.getByRole('rowheader', { name: 'signup' }).waitFor();
    expect(faults).toEqual([]);
  });
});
