import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/server.ts';
import { furnish, listenForFaults, post } from './console-world.ts';
import { openWorld, violations } from './readout-world.ts';
import { launch, noBrowser } from './sdk-page.ts';

const viewer = { email: 'vera@example.com', name: 'Vera', password: 'a-viewer-of-things' };

describe.skipIf(noBrowser)('settings and roles', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it('makes and revokes a key, adds a person and a token, makes an environment', async () => {
    const { server, page: open } = await openWorld();
    const page = await open(browser);
    const faults = listenForFaults(page);
    const dialog = page.getByRole('dialog');
    await page.goto(`${server.url}/settings`);
    await page.getByRole('button', { name: 'New key' }).click();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Shop, web');
    await dialog.getByRole('button', { name: 'Make key' }).click();
    await dialog.getByText('Copy it now: it is not shown again.').waitFor();
    const key = await dialog.locator('code').innerText();
    const ruleset = () =>
      call(server.url, 'GET /sdk/v1/ruleset', { headers: { authorization: `Bearer ${key}` } });
    expect((await ruleset()).status).toBe(200);
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Done' }).click();
    const row = page.getByRole('row', { name: /Shop, web/ });
    await row.getByRole('button', { name: 'Revoke' }).click();
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('The key is revoked.').waitFor();
    await row.waitFor({ state: 'detached' });
    expect((await ruleset()).status).toBe(401);

    await page.getByRole('tab', { name: 'People' }).click();
    await page.waitForURL('**/settings?tab=people');
    await page.getByRole('button', { name: 'Add person' }).click();
    await dialog.getByRole('textbox', { name: 'Name' }).fill(viewer.name);
    await dialog.getByRole('textbox', { name: 'E-mail' }).fill(viewer.email);
    await dialog.getByRole('button', { name: /Role/ }).click();
    await page.getByRole('option', { name: 'Viewer' }).click();
    await dialog.getByLabel('First password').fill(viewer.password);
    await dialog.getByRole('button', { name: 'Add' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /Vera.*Viewer/ }).waitFor();
    await page.getByRole('button', { name: `Change ${viewer.email}` }).click();
    await dialog.getByRole('button', { name: 'Deactivate' }).click();
    await dialog.last().getByRole('button', { name: 'Deactivate' }).click();
    await page
      .getByRole('row', { name: /Vera.*inactive/ })
      .getByRole('button', { name: 'Activate' })
      .click();
    await page.getByText('inactive').waitFor({ state: 'detached' });

    await page.getByRole('tab', { name: 'API tokens' }).click();
    await page.getByRole('button', { name: 'New token' }).click();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('nightly');
    await dialog.getByRole('button', { name: 'Make token' }).click();
    const token = await dialog.locator('code').innerText();
    const me = await call(server.url, 'GET /api/me', {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(me.body).toMatchObject({ kind: 'token', role: 'viewer' });
    await dialog.getByRole('button', { name: 'Done' }).click();

    await page.getByRole('tab', { name: 'Environments' }).click();
    await page.getByRole('button', { name: 'New environment' }).click();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Preview');
    await dialog.getByRole('button', { name: 'Make environment' }).click();
    await page.getByRole('row', { name: /Preview/ }).waitFor();

    await page.getByRole('tab', { name: 'About' }).click();
    await page.getByText('Events stored').waitFor();
    expect(faults.filter((fault) => !fault.includes('inline style'))).toEqual([]);
  });

  it('a viewer looks at everything and finds nothing to press that the server would refuse', async () => {
    const { server } = await openWorld();
    await furnish(server);
    await post(server, '/api/users', { ...viewer, role: 'viewer' });
    const context = await browser.newContext({
      locale: 'en-US',
      viewport: { width: 1_280, height: 900 },
    });
    await context.request.post(`${server.url}/api/session`, {
      headers: { origin: server.url },
      data: { email: viewer.email, password: viewer.password },
    });
    const page = await context.newPage();
    const refused: string[] = [];
    page.on('response', (response) => {
      if (response.status() === 403)
        refused.push(`${response.request().method()} ${response.url()}`);
    });
    const paths = [
      '/',
      '/experiments',
      '/experiments/coupon/setup',
      '/flags',
      '/flags/checkout',
      '/metrics',
      '/metrics/conversion',
      '/audiences',
      '/audiences/shoppers',
      '/live',
      '/connect',
      '/settings',
      '/settings?tab=people',
      '/settings?tab=tokens',
      '/settings?tab=environments',
    ];
    const tempting: string[] = [];
    for (const path of paths) {
      await page.goto(server.url + path);
      await page.getByRole('main').waitFor();
      await expect.poll(() => page.locator('.animate-pulse').count(), { timeout: 15_000 }).toBe(0);
      const main = page.getByRole('main').or(page.getByRole('banner'));
      const writes = main.locator('button:not(:disabled), a').filter({
        hasText:
          /^(New|Create|Add person|Archive|Revoke|Make|Start|Save|Remove|Rule|Variant|Condition|Turn)/,
      });
      for (const text of await writes.allInnerTexts()) tempting.push(`${path}: ${text}`);
    }
    expect(tempting).toEqual([]);
    expect(refused).toEqual([]);
  });
});
