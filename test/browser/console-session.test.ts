import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../support/server.ts';
import { listenForFaults } from './console-world.ts';
import { violations } from './readout-world.ts';
import { launch, noBrowser } from './sdk-page.ts';

const email = 'lin@example.com';
const password = 'correct-horse-battery';

describe.skipIf(noBrowser)('coming and going', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it('the first admin comes by the link, and nobody without it', async () => {
    const { url, setupLink } = await startServer();
    const page = await (await browser.newContext({ locale: 'en-US' })).newPage();
    await page.goto(url);
    await page.getByRole('heading', { name: 'Open the set-up link' }).waitFor();
    expect(await violations(page)).toEqual([]);

    await page.goto(setupLink ?? '');
    await page.getByRole('textbox', { name: 'Your name' }).fill('Lin Wei');
    await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await page.getByLabel('Password').fill('too short');
    await page.getByText('3 more characters.').waitFor();
    await page.getByLabel('Password').fill(password);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Create admin' }).click();
    await page.getByRole('heading', { name: 'From a hypothesis to a decision' }).waitFor();
    await page.getByRole('button', { name: 'Account: Lin Wei' }).waitFor();

    await page.goto(setupLink ?? '');
    await page.getByText('This server is set up already.').waitFor();
  });

  it('signs in, is brought back to where the session ended, and signs out', async () => {
    const { url } = await startServer({
      ASSAY_ADMIN_EMAIL: email,
      ASSAY_ADMIN_PASSWORD: password,
    });
    const context = await browser.newContext({ locale: 'en-US' });
    const page = await context.newPage();
    const faults = listenForFaults(page);
    await page.goto(`${url}/flags?q=check`);
    await page.getByText('Your session has ended.').waitFor();
    await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await page.getByLabel('Password').fill('wrong-horse-battery');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('E-mail or password is not right.').waitFor();
    expect(await violations(page)).toEqual([]);
    faults.length = 0;
    await page.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${url}/flags?q=check`);
    await page.getByRole('heading', { name: 'Flags' }).waitFor();

    await context.clearCookies();
    await page.getByRole('link', { name: 'Live events' }).click();
    await page.waitForURL('**/sign-in?**');
    await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await page.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/live');

    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(faults).toEqual([]);
  });

  it('speaks the language of the browser, then the chosen one, without a reload; the theme stays too', async () => {
    const { url } = await startServer({
      ASSAY_ADMIN_EMAIL: email,
      ASSAY_ADMIN_PASSWORD: password,
    });
    const context = await browser.newContext({ locale: 'zh-CN', colorScheme: 'dark' });
    const page = await context.newPage();
    await page.goto(url);
    await page.getByRole('heading', { name: '登录' }).waitFor();
    await page.getByRole('textbox', { name: '邮箱' }).fill(email);
    await page.getByLabel('密码').fill(password);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('heading', { name: '从假设到决策' }).waitFor();
    const look = () =>
      page.evaluate(() => [
        document.documentElement.lang,
        document.documentElement.dataset['theme'],
      ]);
    expect(await look()).toEqual(['zh-CN', 'dark']);

    await page.evaluate(() => {
      (globalThis as { stayed?: boolean }).stayed = true;
    });
    await page.getByRole('button', { name: '语言：切换为英文' }).click();
    await page.getByRole('heading', { name: 'From a hypothesis to a decision' }).waitFor();
    expect(await page.evaluate(() => (globalThis as { stayed?: boolean }).stayed)).toBe(true);
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Light' }).click();
    await page.reload();
    await page.getByRole('heading', { name: 'From a hypothesis to a decision' }).waitFor();
    expect(await look()).toEqual(['en', 'light']);
    await page.goto(`${url}/?lang=zh&theme=dark`);
    await page.getByRole('heading', { name: '从假设到决策' }).waitFor();
    expect(await look()).toEqual(['zh-CN', 'dark']);
  });
});
