import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asAdmin, call, type TestServer } from '../support/server.ts';
import { furnish, listenForFaults } from './console-world.ts';
import { openWorld, violations } from './readout-world.ts';
import { launch, noBrowser } from './sdk-page.ts';

type Stored = {
  revision: number;
  status: string;
  name: string;
  hypothesis: { because: string };
  layer?: { key: string; slots: [number, number][] };
  metrics: { primary?: string; guardrails: { metric: string; margin: number }[] };
  plan: { mde?: number; unitsPerVariant?: number };
};

describe.skipIf(noBrowser)('the set-up of an experiment', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  const stored = async (server: TestServer, key: string): Promise<Stored> =>
    (await call(server.url, `GET /api/experiments/${key}`)).body as Stored;

  it('saves as it is written, finds room in the layer, plans from logged events, and starts', async () => {
    const world = await openWorld();
    await furnish(world.server);
    const page = await world.page(browser);
    const faults = listenForFaults(page);
    await page.goto(`${world.server.url}/experiments/new`);
    await page.getByRole('textbox', { name: 'Name' }).fill('Bigger buttons');
    expect(await page.getByRole('textbox', { name: 'Key' }).inputValue()).toBe('bigger-buttons');
    await page.getByRole('button', { name: 'Create draft' }).click();
    await page.waitForURL('**/experiments/bigger-buttons/setup**');

    await page
      .getByRole('textbox', { name: 'Because we saw …' })
      .fill('few people press the button');
    // Left at once: the edit is saved all the same.
    await page.getByRole('link', { name: 'Experiments', exact: true }).first().click();
    await page.getByRole('link', { name: 'Bigger buttons' }).click();
    await expect
      .poll(async () => (await stored(world.server, 'bigger-buttons')).hypothesis.because)
      .toBe('few people press the button');

    await page.getByRole('textbox', { name: 'we believe that …' }).fill('a bigger button');
    await page.getByRole('textbox', { name: 'will …' }).fill('be pressed more.');
    await page
      .getByText(
        'Because few people press the button, we believe that a bigger button will be pressed more.',
      )
      .waitFor();
    await page.getByText('One flag, no other test on it').waitFor();

    await page.getByRole('button', { name: 'Primary metric' }).click();
    await page.getByRole('option', { name: /Checkout conversion/ }).click();
    await page.getByRole('button', { name: 'Add guardrail' }).click();
    await page.getByRole('option', { name: /Refund rate/ }).click();
    await page.getByRole('textbox', { name: 'Margin for Refund rate' }).fill('10');

    await page.getByRole('button', { name: /Layer/ }).click();
    await page.getByRole('option', { name: 'checkout-layer' }).getByText('80% is free').click();
    await page.getByRole('textbox', { name: 'Share of the layer' }).fill('30');
    await page.keyboard.press('Tab');
    await page.getByRole('textbox', { name: 'Smallest lift worth finding' }).fill('5');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Work out from logged events' }).click();
    await page.getByText(/Today .* users per variant/).waitFor();
    await page.getByRole('button', { name: 'Take over' }).click();
    await expect
      .poll(() => stored(world.server, 'bigger-buttons'), { timeout: 10_000 })
      .toMatchObject({
        layer: { key: 'checkout-layer', slots: [[2_000, 5_000]] },
        metrics: { primary: 'conversion', guardrails: [{ metric: 'refunds', margin: 0.1 }] },
        plan: { mde: 0.05, unitsPerVariant: expect.any(Number) as number },
      });
    expect(await violations(page)).toEqual([]);
    faults.length = 0;

    const start = page.getByRole('button', { name: 'Start experiment' });
    await expect.poll(() => start.isEnabled(), { timeout: 15_000 }).toBe(true);
    await start.click();
    await page.getByRole('dialog').getByText('100% of everybody in production').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Start experiment' }).click();
    await page.waitForURL(/experiments\/bigger-buttons(\?.*)?$/);
    expect((await stored(world.server, 'bigger-buttons')).status).toBe('running');

    await page.goto(`${world.server.url}/experiments/bigger-buttons/setup`);
    await page.getByText('Fingerprint of plan and decision rule').waitFor();
    expect(await page.getByRole('textbox').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('warns of a second test on the same flag, and says who was quicker', async () => {
    const world = await openWorld();
    const page = await world.page(browser);
    const made = await call(world.server.url, 'POST /api/experiments', {
      body: {
        key: 'rival',
        name: 'Rival',
        flag: 'checkout',
        environment: 'production',
        variants: [
          { key: 'classic', weight: 1 },
          { key: 'one-page', weight: 1 },
        ],
        control: 'classic',
      },
    });
    expect(made.status).toBe(201);
    await page.goto(`${world.server.url}/experiments/rival/setup`);
    await page.getByText('One-page checkout runs on the same flag here').waitFor();

    const before = await stored(world.server, 'rival');
    const theirs = await call(world.server.url, 'PUT /api/experiments/rival', {
      headers: { ...asAdmin, 'if-match': `"${before.revision}"` },
      body: { ...before, name: 'Theirs' },
    });
    expect(theirs.status).toBe(200);
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Mine');
    await page.getByText('Somebody else changed this draft.').waitFor();
    await page.getByRole('button', { name: 'Load the newest' }).click();
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Name', exact: true }).inputValue())
      .toBe('Theirs');
  });
});
