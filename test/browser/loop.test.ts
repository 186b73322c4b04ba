import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createClient } from '@assay/sdk/node';
import type { Client, Options } from '@assay/sdk/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asAdmin, call, startServer } from '../support/server.ts';
import { bundle, launch, noBrowser, servePage } from './sdk-page.ts';

const shots = fileURLToPath(new URL('../.artifacts/loop/', import.meta.url));
const visitors = 1_000;

type InPage = { sdk: { createClient: (options: Options) => Client } };

describe.skipIf(noBrowser)('the loop, as a person walks it', () => {
  let browser: Browser;
  let shop: Awaited<ReturnType<typeof servePage>>;
  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    [browser, shop] = await Promise.all([launch(), bundle('browser.ts').then(servePage)]);
  });
  afterAll(() => Promise.all([browser.close(), shop.close()]));

  it('from the set-up link to a flag that serves the winner', async () => {
    const { url, setupLink } = await startServer();
    const context = await browser.newContext({
      viewport: { width: 1440, height: 1000 },
      locale: 'en-GB',
    });
    const page = await context.newPage();
    const faults = listenForFaults(page);
    let shot = 0;
    const look = async (name: string) => {
      shot += 1;
      await page.screenshot({
        path: `${shots}${String(shot).padStart(2, '0')}-${name}.png`,
        fullPage: true,
      });
    };
    const button = (name: string | RegExp) => page.getByRole('button', { name });
    const field = (name: string | RegExp) => page.getByRole('textbox', { name });

    // The first admin, by the one-time link.
    await page.goto(setupLink ?? '');
    await field('Your name').fill('Lin Wei');
    await field('E-mail').fill('lin@example.com');
    await page.getByLabel('Password').fill('correct horse battery');
    await look('set-up-link');
    await button('Create admin').click();
    await page.getByRole('heading', { name: 'From a hypothesis to a decision' }).waitFor();
    await look('home');

    // A flag.
    await page.goto(`${url}/flags/new`);
    await field('Name').fill('One-page checkout');
    await look('new-flag');
    await button('Create flag').click();
    await page.waitForURL('**/flags/one-page-checkout');
    await look('flag');

    // An experiment on it, with its metric.
    await page.goto(`${url}/experiments/new`);
    await field('Name').fill('Checkout in one page');
    await page.getByText('An existing flag').click();
    await page.getByRole('button', { name: /Flag/ }).last().click();
    await page.getByRole('option', { name: /One-page checkout/ }).click();
    await look('new-experiment');
    await button('Create draft').click();
    await page.waitForURL('**/experiments/checkout-in-one-page/setup**');
    await field('Because we saw …').fill('people leave between address and payment');
    await field('we believe that …').fill('one page instead of three');
    await field('will …').fill('raise paid orders');
    await button('New metric').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Paid orders');
    await dialog.getByRole('combobox', { name: 'Event' }).fill('order_paid');
    await look('new-metric');
    await dialog.getByRole('button', { name: 'Create metric' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByLabel('Smallest lift worth finding').fill('30');
    await page.getByLabel('Users per variant').fill('900');
    await page.getByLabel('Days').fill('7');
    await page.keyboard.press('Tab');
    await look('experiment-set-up');
    const turnOn = button('Turn it on');
    await turnOn.or(button('Start experiment')).first().waitFor();
    if (await turnOn.isVisible()) await turnOn.click();
    await expect.poll(() => button('Start experiment').isEnabled(), { timeout: 15_000 }).toBe(true);
    await look('ready');
    await button('Start experiment').click();
    await look('start-confirmation');
    await page
      .getByRole('dialog')
      .or(page.getByRole('alertdialog'))
      .getByRole('button', { name: /start/i })
      .click();
    await page.waitForURL(/experiments\/checkout-in-one-page(\?.*)?$/);
    await look('no-units-yet');

    // 2,000 visitors: half in one page of another origin, half through a server.
    const key = async (kind: 'client' | 'server') => {
      const made = await call(url, 'POST /api/sdk-keys', {
        body: { environment: 'production', kind, name: kind },
        headers: asAdmin,
      });
      return (made.body as { key: string }).key;
    };
    const shopPage = await context.newPage();
    await shopPage.goto(shop.url);
    const inPage = await shopPage.evaluate(
      async ({ options, count }) => {
        const assay = (globalThis as unknown as InPage).sdk.createClient(options);
        await assay.ready();
        const seen = { on: 0, off: 0 };
        for (let i = 0; i < count; i++) {
          const user = assay.forUser({ userId: `page-${i}` });
          const arm = user.get('one-page-checkout', false) ? 'on' : 'off';
          seen[arm] += 1;
          if (seen[arm] % (arm === 'on' ? 3 : 5) === 0) user.track('order_paid', { value: 100 });
          if (i % 400 === 399) await assay.flush();
        }
        await assay.flush();
        return seen;
      },
      { options: { url, key: await key('client') }, count: visitors },
    );
    const assay = createClient({ url, key: await key('server') });
    await assay.ready();
    const inNode = { on: 0, off: 0 };
    for (let i = 0; i < visitors; i++) {
      const user = assay.forUser({ userId: `node-${i}` });
      const arm = user.get('one-page-checkout', false) ? 'on' : 'off';
      inNode[arm] += 1;
      if (inNode[arm] % (arm === 'on' ? 3 : 5) === 0) user.track('order_paid', { value: 100 });
    }
    await assay.flush();

    // The readout shows what was planted: 20 % against a third.
    const readout = async () =>
      (await call(url, 'GET /api/experiments/checkout-in-one-page/readout')).body as {
        units: Record<string, number>;
        verdict: { decision: string };
        metrics: { control: { value: number }; results: { value: number; status: string }[] }[];
      };
    const expected = { off: inPage.off + inNode.off, on: inPage.on + inNode.on };
    await expect.poll(async () => (await readout()).units, { timeout: 30_000 }).toEqual(expected);
    const [primary] = (await readout()).metrics;
    expect(primary?.control.value).toBeCloseTo(0.2, 2);
    expect(primary?.results[0]?.value).toBeCloseTo(1 / 3, 2);
    expect(primary?.results[0]?.status).toBe('better');
    await page.bringToFront();
    await page.reload();
    await page.getByRole('row', { name: /Paid orders/ }).waitFor({ timeout: 20_000 });
    await page
      .getByText(/\+6\d\.\d%/)
      .first()
      .waitFor({ timeout: 20_000 });
    await look('readout');

    // Decide; the flag serves the winner to everybody, at once.
    await button('Record decision').click();
    await look('decide');
    const decide = page.getByRole('dialog');
    await decide.getByText('Ship a variant').click();
    await decide.getByRole('textbox').last().fill('A clear win, no guardrail against it.');
    await decide.getByRole('button', { name: /^Ship / }).click();
    await page
      .getByText(/Shipped/)
      .first()
      .waitFor();
    await look('decided');
    await expect
      .poll(() => assay.forUser({ userId: 'somebody-new' }).peek('one-page-checkout', false))
      .toBe(true);
    await assay.close();
    await page.goto(`${url}/flags/one-page-checkout`);
    await page.getByRole('heading', { name: 'One-page checkout' }).waitFor();
    await look('flag-after');
    for (const [name, path] of [
      ['experiments', '/experiments'],
      ['planner', '/planner'],
      ['metrics', '/metrics'],
      ['live', '/live'],
      ['connect', '/connect'],
      ['lookup', '/lookup?unit=node-1&flag=one-page-checkout'],
      ['settings', '/settings'],
    ]) {
      await page.goto(url + path);
      await page.getByRole('main').waitFor();
      await page.waitForLoadState('networkidle').catch(() => undefined);
      await look(name ?? '');
    }
    expect(faults).toEqual([]);
  }, 180_000);
});

/** What went wrong in a page without anybody seeing it: exceptions, policy violations, refused requests. */
function listenForFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('401')) faults.push(message.text());
  });
  return faults;
}
