import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { furnish, listenForFaults } from './console-world.ts';
import { openWorld, violations } from './readout-world.ts';
import { launch, noBrowser } from './sdk-page.ts';

describe.skipIf(noBrowser)('the keyboard, on every page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it('finds anything by name, jumps by two keys, lists its keys, and stays out of fields', async () => {
    const { server, page: open } = await openWorld();
    await furnish(server);
    const page = await open(browser);
    const faults = listenForFaults(page);
    await page.goto(server.url);
    await page.getByRole('heading', { name: 'From a hypothesis to a decision' }).waitFor();

    await page.keyboard.press('Control+k');
    const find = page.getByRole('searchbox', { name: 'Search or jump to' });
    await find.waitFor();
    await page.keyboard.type('welcome');
    await expect.poll(() => page.getByRole('menuitem').count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    faults.length = 0;
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/experiments/coupon/setup');
    await page.getByRole('textbox', { name: 'Because we saw …' }).fill('gg e');
    expect(page.url()).toContain('/coupon/setup');

    await page.getByRole('heading', { name: 'In short' }).click();
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await page.waitForURL('**/metrics');
    await page.keyboard.press('Shift+?');
    await page.getByRole('dialog', { name: 'Keyboard' }).getByText('Live events').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Search or jump to/ }).click();
    await find.fill('no such thing');
    await page.getByText('Nothing by that name.').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await find.waitFor({ state: 'detached' });

    // The way past the sidebar.
    await page.reload();
    await page.getByRole('heading', { name: 'Metrics' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
    expect(faults).toEqual([]);
  });
});
