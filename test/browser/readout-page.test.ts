import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { evaluate } from '@assay/sdk/evaluate';
import { isTooWide, openWorld, picture, violations, type Look } from './readout-world.ts';
import { launch, noBrowser } from './sdk-page.ts';

const looks: readonly Look[] = [
  { language: 'en', theme: 'light' },
  { language: 'zh-CN', theme: 'dark' },
];
const readoutPath = '/experiments/one-page-checkout';

describe.skipIf(noBrowser)('the readout in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it('goes from the planted effect to a decision that the flag serves', async () => {
    const world = await openWorld();
    const page = await world.page(browser);
    onTestFinished(() => page.context().close());
    await page.goto(world.server.url + readoutPath);

    await page.getByRole('heading', { name: 'Ready to ship B.' }).waitFor();
    const verdict = await page.locator('main').innerText();
    expect(verdict).toMatch(/B lifts checkout conversion by \+\d+\.\d%/);
    expect(verdict).toContain('however often you looked');
    await chart(page, /Checkout conversion: \+\d+\.\d%, 95% interval \+/).waitFor();
    await page.getByText('15 d').waitFor();

    // What stands behind a line of the checklist, by keyboard.
    const line = page.getByRole('button', { name: /Assignment trustworthy/ });
    await line.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('χ²').waitFor();
    await page.keyboard.press('Escape');

    // The address carries what is shown.
    await page.getByRole('radio', { name: 'Absolute' }).click();
    await page.waitForURL(/diff=absolute/);
    await page
      .getByText(/\+\d\.\d\d pp/)
      .first()
      .waitFor();
    await page.getByRole('radio', { name: 'By cohort' }).click();
    await page.waitForURL(/by=cohort/);

    const tables = page.getByRole('button', { name: 'View as table' });
    await tables.first().click();
    await page.getByRole('columnheader', { name: 'Exposed that day' }).waitFor();

    await page.getByRole('button', { name: 'platform', exact: true }).click();
    await page.waitForURL(/dim=platform/);
    await page.getByText(/effect differs\? p/).waitFor();
    await page.getByRole('rowheader', { name: 'android' }).waitFor();

    await page.getByRole('button', { name: 'Ship B…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Record decision' });
    await dialog.getByText(/About 5\d% of these users will see a change|About 49%/).waitFor();
    await dialog.getByRole('textbox').fill('Clear win.');
    await dialog.getByRole('button', { name: 'Ship B' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('Shipped B').waitFor();
    await page.getByText('Clear win.').waitFor();
    await picture(page, 'decided');

    const served = evaluate(
      await world.ruleset(),
      'checkout',
      { userId: 'a-new-visitor', country: 'CN' },
      '',
    );
    expect(served).toMatchObject({ value: 'one_page', exposure: undefined });
  });

  it('has no barriers, in both languages and themes, and fits a phone', async () => {
    const world = await openWorld();
    for (const look of looks) {
      const page = await world.page(browser, look);
      await page.goto(`${world.server.url}${readoutPath}?dim=platform`);
      await page.getByRole('rowheader', { name: 'android' }).waitFor();
      await chart(page, /Checkout conversion/)
        .first()
        .waitFor();
      await picture(page, `readout-${String(look.language)}-${String(look.theme)}`);
      expect(await violations(page)).toEqual([]);
      await page.context().close();
    }
    const phone = await world.page(browser, { width: 390 });
    await phone.goto(world.server.url + readoutPath);
    await chart(phone, /Checkout conversion/)
      .first()
      .waitFor();
    expect(await isTooWide(phone)).toBe(false);
    expect(await violations(phone)).toEqual([]);
    await picture(phone, 'readout-390');
    await phone.context().close();
  });

  it('says what is missing while there is nothing to read', async () => {
    const world = await openWorld();
    const page = await world.page(browser);
    onTestFinished(() => page.context().close());
    await page.goto(`${world.server.url}/experiments/not-there`);
    await page.getByRole('alert').getByText('There is nothing at this address').waitFor();
    expect(await violations(page)).toEqual([]);
  });
});

function chart(page: Page, name: RegExp) {
  return page.getByRole('img', { name });
}
