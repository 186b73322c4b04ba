import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutTexts, furnish, listenForFaults, picture } from './console-world.ts';
import { isTooWide, openWorld, violations, type Look } from './readout-world.ts';
import { launch, noBrowser } from './sdk-page.ts';

const pages = [
  ['home', '/'],
  ['experiments', '/experiments'],
  ['experiments-nothing', '/experiments?q=nothing-like-it'],
  ['experiments-empty', '/experiments?env=staging'],
  ['experiment-new', '/experiments/new'],
  ['experiment-draft', '/experiments/coupon/setup'],
  ['experiment-locked', '/experiments/one-page-checkout/setup'],
  ['flags', '/flags'],
  ['flag', '/flags/checkout'],
  ['flag-json', '/flags/banner'],
  ['flag-new', '/flags/new'],
  ['metrics', '/metrics'],
  ['metric-ratio', '/metrics/order-value'],
  ['metric-funnel', '/metrics/activation'],
  ['metric-retention', '/metrics/d7'],
  ['metric-new', '/metrics/new'],
  ['audiences', '/audiences'],
  ['audience', '/audiences/shoppers'],
  ['audience-list', '/audiences/staff'],
  ['audience-new', '/audiences/new'],
  ['live', '/live'],
  ['connect', '/connect'],
  ['settings-keys', '/settings'],
  ['settings-people', '/settings?tab=people'],
  ['settings-tokens', '/settings?tab=tokens'],
  ['settings-environments', '/settings?tab=environments'],
  ['settings-look', '/settings?tab=look'],
  ['settings-about', '/settings?tab=about'],
  ['not-there', '/flags/none-of-this-name'],
  ['nowhere', '/nowhere'],
] as const;
const looks: [string, Look][] = [
  ['English, light, wide', { language: 'en', theme: 'light', width: 1_280 }],
  ['Chinese, dark, narrow', { language: 'zh-CN', theme: 'dark', width: 390 }],
];

describe.skipIf(noBrowser)('every page of the console', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it.each(looks)(
    'in %s is accessible, fits the window, cuts no text and breaks no policy',
    async (name, look) => {
      const world = await openWorld();
      await furnish(world.server);
      const page = await world.page(browser, look);
      const faults = listenForFaults(page);
      const found: Record<string, unknown> = {};
      for (const [title, path] of pages) {
        await page.goto(world.server.url + path);
        await page.getByRole('main').waitFor();
        await expect
          .poll(() => page.locator('.animate-pulse').count(), { timeout: 15_000 })
          .toBe(0);
        await picture(page, `${title}-${name.replaceAll(/\W+/g, '-')}`);
        const bad = [...faults, ...(await cutTexts(page)), ...(await violations(page))];
        if (await isTooWide(page)) bad.push('too wide');
        // axe adds a style of its own, which the policy stops: that is not the page's fault.
        faults.length = 0;
        if (bad.length > 0) found[title] = bad;
      }
      expect(found).toEqual({});
    },
    400_000,
  );
});
