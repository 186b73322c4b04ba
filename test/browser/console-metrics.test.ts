import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/server.ts';
import { listenForFaults } from './console-world.ts';
import { openWorld } from './readout-world.ts';
import { launch, noBrowser } from './sdk-page.ts';

describe.skipIf(noBrowser)('metrics and audiences', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it('makes a ratio with a filter and a cap, offers seen names, and shows it on real data', async () => {
    const { server, page: open } = await openWorld();
    const page = await open(browser);
    const faults = listenForFaults(page);
    await page.goto(`${server.url}/metrics/new`);
    await page.getByRole('textbox', { name: 'Name' }).fill('Order value');
    await page.getByRole('button', { name: 'What it measures' }).click();
    await page.getByRole('option', { name: 'Ratio' }).click();
    await page.getByRole('button', { name: 'Create metric' }).click();
    await page.getByText('Name the event of the denominator.').waitFor();

    const numerator = page.getByRole('group', { name: 'Numerator' });
    await numerator.getByRole('combobox', { name: 'Event' }).click();
    await page.getByRole('option', { name: 'order_paid' }).click();
    await numerator.getByRole('combobox', { name: 'Value' }).fill('value');
    await page.keyboard.press('Escape');
    const denominator = page.getByRole('group', { name: 'Denominator' });
    await denominator.getByRole('combobox', { name: 'Event' }).fill('order_paid');
    await page.keyboard.press('Escape');
    await page.getByRole('radio', { name: 'At a percentile' }).click();
    await page.getByRole('textbox', { name: 'Unit of measure' }).fill('¥');
    await page.getByRole('button', { name: 'Create metric' }).click();
    await page.waitForURL('**/metrics/order-value');
    expect((await call(server.url, 'GET /api/metrics/order-value')).body).toMatchObject({
      kind: 'ratio',
      numerator: { event: 'order_paid', value: 'value' },
      denominator: { event: 'order_paid' },
      cap: { percentile: 0.999 },
      window: { days: 7 },
      unitOfMeasure: '¥',
    });
    // Orders are worth 100 to 300.
    const today = page
      .getByRole('region', { name: 'What it is today' })
      .or(page.locator('section', { hasText: 'What it is today' }))
      .first();
    await today
      .getByText(/¥(1\d\d|2\d\d)/)
      .first()
      .waitFor();

    await page.getByRole('radio', { name: 'down' }).click();
    await page.getByRole('textbox', { name: 'Why this change?' }).fill('cheaper is better here');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved.').waitFor();
    await page.getByText('cheaper is better here').waitFor();
    expect(faults).toEqual([]);
  });

  it('makes an audience of nested conditions and one of listed ids, and refuses an empty one', async () => {
    const { server, page: open } = await openWorld();
    const page = await open(browser);
    await page.goto(`${server.url}/audiences/new`);
    await page.getByRole('textbox', { name: 'Name' }).fill('Young or far');
    await page.getByRole('button', { name: 'Create audience' }).click();
    await page.getByText('Say who belongs').waitFor();
    const add = page.getByRole('button', { name: 'Condition', exact: true });
    await add.click();
    await page.getByRole('combobox', { name: 'Attribute' }).fill('age');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'is Operator' }).click();
    await page.getByRole('option', { name: 'is less than', exact: true }).click();
    await page.getByRole('textbox', { name: 'Value' }).fill('thirty');
    await page.getByRole('button', { name: 'Create audience' }).click();
    await page.getByText('That is not a number.').waitFor();
    await page.getByRole('textbox', { name: 'Value' }).fill('30');
    await add.click();
    await page.getByRole('combobox', { name: 'Attribute' }).last().fill('country');
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'Value' }).last().fill('CN');
    await page.getByRole('button', { name: 'all of Match' }).click();
    await page.getByRole('option', { name: 'none of' }).click();
    await page.getByRole('button', { name: 'Create audience' }).click();
    await page.waitForURL('**/audiences/young-or-far');
    expect((await call(server.url, 'GET /api/segments/young-or-far')).body).toMatchObject({
      if: {
        not: {
          any: [
            { attr: 'age', op: 'lt', value: 30 },
            { attr: 'country', op: 'eq', value: 'CN' },
          ],
        },
      },
    });

    await page.getByRole('radio', { name: 'By list' }).click();
    await page.getByRole('textbox', { name: 'Ids, one a line' }).fill('u1\nu2\nu1');
    await page.getByText('2 ids.').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved. Connected apps have it already.').waitFor();
    expect((await call(server.url, 'GET /api/segments/young-or-far')).body).toMatchObject({
      units: { unit: 'userId', ids: ['u1', 'u2'] },
    });
  });
});
