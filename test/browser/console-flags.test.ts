import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asAdmin, call, type TestServer } from '../support/server.ts';
import { listenForFaults } from './console-world.ts';
import { openWorld } from './readout-world.ts';
import { launch, noBrowser } from './sdk-page.ts';

type StoredFlag = {
  revision: number;
  environments: Record<string, { on: boolean; rules: { id: string; name?: string }[] }>;
};

describe.skipIf(noBrowser)('the flag editor', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  const stored = async (server: TestServer): Promise<StoredFlag> =>
    (await call(server.url, 'GET /api/flags/checkout')).body as StoredFlag;
  const rules = (page: Page) => page.getByRole('grid', { name: 'Rules' }).getByRole('row');
  const save = async (page: Page, reason: string) => {
    await page.getByRole('textbox', { name: 'Why this change?' }).fill(reason);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved. Connected apps have it already.').waitFor();
  };

  it('adds a rule with conditions, moves it by keyboard, saves with a reason, and reverts', async () => {
    const world = await openWorld();
    const page = await world.page(browser);
    const faults = listenForFaults(page);
    await page.goto(`${world.server.url}/flags/checkout`);

    await page.getByRole('button', { name: 'Rule', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name (optional)' }).fill('Singapore first');
    await dialog.getByRole('button', { name: 'Condition' }).click();
    await dialog.getByRole('button', { name: 'Take over' }).click();
    await dialog.getByText('Name the attribute.').waitFor();
    await dialog.getByRole('combobox', { name: 'Attribute' }).fill('country');
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'is Operator' }).click();
    await page.getByRole('option', { name: 'is one of' }).click();
    await dialog.getByRole('textbox', { name: 'Values' }).fill('SG, MY');
    await dialog.getByText('A rollout').click();
    await dialog.getByRole('textbox', { name: 'classic' }).fill('30');
    await page.keyboard.press('Tab');
    await dialog.getByText('Together 80%; it must be 100%.').waitFor();
    await dialog.getByRole('textbox', { name: 'one-page' }).fill('70');
    await page.keyboard.press('Tab');
    await dialog
      .getByText('If country is one of SG, MY: classic 30%, one-page 70%, by userId.')
      .waitFor();
    await dialog.getByRole('button', { name: 'Take over' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await rules(page).allInnerTexts()).toHaveLength(3);

    // By keyboard: to the third rule, to its handle, take it, three places up, drop.
    await rules(page).first().focus();
    const keys = [
      'ArrowDown',
      'ArrowDown',
      'Tab',
      'Enter',
      'ArrowUp',
      'ArrowUp',
      'ArrowUp',
      'Enter',
    ];
    for (const key of keys) {
      await page.keyboard.press(key);
      await page.waitForTimeout(150);
    }
    await expect
      .poll(async () => (await rules(page).first().innerText()).includes('Singapore first'))
      .toBe(true);

    await save(page, 'Singapore sees it first');
    const after = await stored(world.server);
    expect(after.environments['production']?.rules).toMatchObject([
      {
        name: 'Singapore first',
        if: { attr: 'country', op: 'in', value: ['SG', 'MY'] },
        split: [
          ['classic', 30_000],
          ['one-page', 70_000],
        ],
        unit: 'userId',
      },
      { id: 'qa' },
      { id: 'test' },
    ]);

    await page.getByText('Singapore sees it first').waitFor();
    await page.getByRole('button', { name: 'Make current again' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make current again' }).click();
    await page.getByText(/Version \d+ is current again/).waitFor();
    expect((await stored(world.server)).environments['production']?.rules).toHaveLength(2);
    expect(await rules(page).count()).toBe(2);
    expect(faults).toEqual([]);
  });

  it('tells of a change made meanwhile and loses neither', async () => {
    const world = await openWorld();
    const page = await world.page(browser);
    await page.goto(`${world.server.url}/flags/checkout`);
    await page.getByRole('textbox', { name: 'Description' }).fill('mine');

    const before = await stored(world.server);
    const { status } = await call(world.server.url, 'PUT /api/flags/checkout', {
      headers: { ...asAdmin, 'if-match': `"${before.revision}"` },
      body: { ...before, description: 'theirs' },
    });
    expect(status).toBe(200);

    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Somebody saved a newer version meanwhile.').waitFor();
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Description' }).inputValue())
      .toBe('mine');
    await expect
      .poll(async () =>
        page
          .getByText(`Version ${before.revision + 1}`)
          .first()
          .isVisible(),
      )
      .toBe(true);
    await page.getByRole('button', { name: 'Save mine on top' }).click();
    await page.getByText('Saved. Connected apps have it already.').waitFor();
    const history = (await call(world.server.url, 'GET /api/flags/checkout/revisions')).body as {
      items: { body: { description: string } }[];
    };
    expect(history.items.slice(0, 2).map(({ body }) => body.description)).toEqual([
      'mine',
      'theirs',
    ]);
  });
});
