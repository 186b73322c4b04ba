import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isTooWide, openWorld, picture, violations, type World } from './readout-world.ts';
import { launch, noBrowser } from './sdk-page.ts';

describe.skipIf(noBrowser)('planner and lookup in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  async function signedIn(world: World) {
    const page = await world.page(browser);
    return { page, end: () => page.context().close() };
  }

  it('plans from measured events, moves with the slider, and hands the plan over', async () => {
    const world = await openWorld();
    const { page, end } = await signedIn(world);
    await page.goto(`${world.server.url}/planner?metric=conversion&lift=0.1`);
    await page.getByText(/Run \d+ weeks?, and read on/).waitFor();
    await page.getByText('measured', { exact: true }).waitFor();
    const units = () => page.locator('dl').first().locator('dd').first().innerText();
    const before = Number((await units()).replaceAll(',', ''));

    const slider = page.getByRole('slider', { name: 'Smallest lift' });
    await slider.focus();
    for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowRight');
    await page.waitForURL(/lift=0\.12/);
    await page.getByText('To find a lift of +12% or more').waitFor();
    await expect.poll(async () => Number((await units()).replaceAll(',', ''))).toBeLessThan(before);

    await page.getByRole('button', { name: /^\+5%, 3 groups: / }).click();
    await page.waitForURL(/groups=3/);
    await page.getByText('To find a lift of +5% or more').waitFor();
    await page.getByRole('img', { name: /Smallest detectable lift/ }).waitFor();
    await picture(page, 'planner');
    expect(await violations(page)).toEqual([]);

    await page.getByRole('link', { name: 'Create experiment with this plan' }).click();
    await page.waitForURL(/\/experiments\/new\?/);
    const address = new URL(page.url()).searchParams;
    expect(address.get('metric')).toBe('conversion');
    expect(Number(address.get('mde'))).toBe(0.05);
    expect(Number(address.get('units'))).toBeGreaterThan(before);
    await end();
  });

  it('says why a unit gets what it gets, what it would get, and what counted', async () => {
    const world = await openWorld();
    const { page, end } = await signedIn(world);
    await page.goto(`${world.server.url}/lookup`);
    await page.getByRole('textbox', { name: 'Unit id' }).fill('u2');
    await page.keyboard.press('Enter');
    await page.waitForURL(/unit=u2/);
    await page.getByText('Rule 2 · experiment “One-page checkout”').waitFor();
    await page.getByText('Split 50 / 50').waitFor();
    await page.getByText('first exposure: the clock starts').waitFor();
    await page.getByRole('img', { name: /^Bucket [\d,]+ of/ }).waitFor();
    await picture(page, 'lookup');
    expect(await violations(page)).toEqual([]);

    const country = page.getByRole('textbox', { name: 'country' });
    await country.fill('US');
    await country.press('Enter');
    await page.getByText('This user would get').waitFor();
    await page.getByText('No rule matched: the default serves.').waitFor();
    await page.getByRole('button', { name: 'Back to what was sent' }).click();
    await page.getByText('Split 50 / 50').waitFor();
    await end();
  });

  it('fits a phone, in Chinese', async () => {
    const world = await openWorld();
    const page = await world.page(browser, { language: 'zh-CN', theme: 'dark', width: 390 });
    await page.goto(`${world.server.url}/planner?metric=conversion`);
    await page.getByText(/每组用户/).waitFor();
    await page.getByRole('img', { name: /功效/ }).waitFor();
    expect(await isTooWide(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
    await page.goto(`${world.server.url}/lookup?unit=u2`);
    await page.getByText('50 / 50 分流').waitFor();
    expect(await isTooWide(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
    await picture(page, 'lookup-390');
    await page.context().close();
  });
});
