import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, startServer } from '../support/server.ts';
import { furnish, listenForFaults } from './console-world.ts';
import { openWorld, violations } from './readout-world.ts';
import { launch, noBrowser } from './sdk-page.ts';

const email = 'lin@example.com';
const password = 'correct-horse-battery';

describe.skipIf(noBrowser)('home and the list of experiments', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it('starts the demo with one press, shows its pace over its pages, and removes it with all its data', async () => {
    const { url } = await startServer({ ASSAY_ADMIN_EMAIL: email, ASSAY_ADMIN_PASSWORD: password });
    const context = await browser.newContext({ locale: 'en-US' });
    await context.request.post(`${url}/api/session`, {
      headers: { origin: url },
      data: { email, password },
    });
    const page = await context.newPage();
    const faults = listenForFaults(page);
    await page.goto(url);
    await page.getByRole('button', { name: 'Start the demo' }).click();
    await page.waitForURL('**/experiments/demo-one-page-checkout?env=demo');
    const pill = page.getByRole('region', { name: 'Demo data' });
    await pill.waitFor();
    expect(await page.getByText('Demo shop').count()).toBe(1);

    await pill.getByRole('button', { name: /Speed/ }).click();
    await page.getByRole('option', { name: '1 day per 60 s' }).click();
    await pill.getByText('Running at 1 day per 60 s').waitFor();
    await pill.getByRole('button', { name: 'Pause' }).click();
    await pill.getByText('Paused').waitFor();

    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByText('Four steps lead to your first result.').waitFor();
    await pill.getByRole('button', { name: 'Remove demo' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Your own data is not touched.').waitFor();
    await dialog.getByRole('button', { name: 'Remove demo' }).click();
    await page.getByText('The demo is gone.').waitFor();
    const { body } = await call(url, 'GET /api/experiments');
    expect((body as { items: unknown[] }).items).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('lists what needs a person first, walks by J and K, keeps the filter in the address, and exports', async () => {
    const world = await openWorld();
    await furnish(world.server);
    const page = await world.page(browser);
    const faults = listenForFaults(page);
    await page.goto(`${world.server.url}/experiments`);
    const row = page.getByRole('row', { name: /One-page checkout/ });
    await row.getByText('Ready to ship B').waitFor();
    await row.getByRole('img', { name: /Checkout conversion: \+/ }).waitFor();
    await page.getByRole('button', { name: /Needs a decision/ }).waitFor();
    await page.getByText('Welcome coupon: day 1 or day 3 (draft)').waitFor();

    await page.locator('body').press('j');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      'One-page checkout',
    );
    await page.keyboard.press('j');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      'Welcome coupon: day 1 or day 3',
    );
    await page.keyboard.press('k');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      'One-page checkout',
    );

    await page.getByRole('radio', { name: /Drafts/ }).click();
    await page.waitForURL('**/experiments?show=drafts');
    await row.waitFor({ state: 'detached' });
    expect(await page.getByRole('link', { name: /Welcome coupon/ }).count()).toBe(1);
    await page.goto(`${world.server.url}/experiments?q=checkout`);
    await row.getByText('Ready to ship B').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV' }).click(),
    ]);
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^one-page-checkout,One-page checkout,running,decision,conversion,/);

    await page.goto(`${world.server.url}/experiments?q=nothing`);
    await page.getByText('Nothing matches').waitFor();
    expect(await violations(page)).toEqual([]);
    faults.length = 0;
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await row.waitFor();

    await page.getByRole('button', { name: /Environment/ }).click();
    await page
      .getByRole('menuitemradio', { name: 'Staging' })
      .or(page.getByRole('menuitem', { name: 'Staging' }))
      .click();
    await page.waitForURL('**/experiments?env=staging');
    await page.getByText('No experiments yet').waitFor();
    await page.getByRole('link', { name: 'Flags' }).click();
    await page.waitForURL('**/flags?env=staging');
    expect(faults).toEqual([]);
  });
});
