import type { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
import type { OpenFeature, Provider, ProviderEvents } from '@openfeature/web-sdk';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { createProvider } from '@assay/sdk/openfeature-web';
import { adopt, booleanFlag, experiment } from '../peers/world.ts';
import { call, startServer, temporaryFolder } from '../support/server.ts';
import { launch, noBrowser, servePage } from './sdk-page.ts';

type InPage = {
  sdk: {
    OpenFeature: typeof OpenFeature;
    ProviderEvents: typeof ProviderEvents;
    OFREPWebProvider: typeof OFREPWebProvider;
    createProvider: typeof createProvider;
  };
  told: unknown[];
};
interface Given {
  readonly kind: 'ofrep' | 'local';
  readonly url: string;
  readonly key: string;
  readonly context: Record<string, string>;
}

/** OpenFeature's web SDK with both ways to reach the server: its own remote provider, and ours. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { OpenFeature, ProviderEvents } from '@openfeature/web-sdk';
        export { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
        export { createProvider } from '../../sdk/src/openfeature-web.ts';`,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

/** Sets the provider in the page; afterwards `told` grows by the flags of each change. */
function connect(page: Page, given: Given): Promise<void> {
  return page.evaluate(async ({ kind, url, key, context }) => {
    const here = globalThis as unknown as InPage;
    const { sdk } = here;
    here.told = [];
    await sdk.OpenFeature.setContext(context);
    const provider: Provider =
      kind === 'local'
        ? sdk.createProvider({ url, key, flushInterval: 20, refetchJitter: 0 })
        : (new sdk.OFREPWebProvider({
            baseUrl: url,
            headers: [['Authorization', `Bearer ${key}`]],
            cacheMode: 'disabled',
          }) as Provider);
    await sdk.OpenFeature.setProviderAndWait(provider);
    sdk.OpenFeature.addHandler(sdk.ProviderEvents.ConfigurationChanged, (details) => {
      here.told.push(details?.flagsChanged);
    });
  }, given);
}

function checkoutOf(page: Page) {
  return page.evaluate(() => {
    const { sdk } = globalThis as unknown as InPage;
    return { ...sdk.OpenFeature.getClient().getStringDetails('checkout', 'mine') };
  });
}
function bannerOf(page: Page) {
  return page.evaluate(() => {
    const { sdk } = globalThis as unknown as InPage;
    return sdk.OpenFeature.getClient().getBooleanValue('banner', false);
  });
}
const told = (page: Page) => page.evaluate(() => (globalThis as unknown as InPage).told);

describe.skipIf(noBrowser)('OpenFeature in a page of another origin', () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof servePage>>;
  beforeAll(async () => {
    [browser, site] = await Promise.all([launch(), bundle().then(servePage)]);
  });
  afterAll(() => Promise.all([browser.close(), site.close()]));

  async function enter(): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(site.url);
    return page;
  }

  it.each([
    { kind: 'ofrep', asked: [200, 304] },
    { kind: 'local', asked: [] },
  ] as const)(
    'serves for the static context and learns of changes: $kind',
    async ({ kind, asked }) => {
      const server = await startServer();
      const world = await adopt(server.url);
      await world.make('flags', booleanFlag('banner', true));
      await world.make('flags', experiment.flag);
      await world.make('flags', { ...booleanFlag('secret', true), clientVisible: false });
      const page = await enter();
      const statuses: number[] = [];
      page.on('response', (response) => {
        if (response.url().includes('/ofrep/v1/evaluate')) statuses.push(response.status());
      });
      const context = { targetingKey: 'u1', country: 'CN' };
      await connect(page, { kind, url: server.url, key: world.clientKey, context });
      expect(await checkoutOf(page)).toMatchObject({
        value: 'one_page',
        variant: 'one-page',
        reason: 'TARGETING_MATCH',
        flagMetadata: { flagSetId: 'production' },
      });
      const hidden = await page.evaluate(() => {
        const { sdk } = globalThis as unknown as InPage;
        return { ...sdk.OpenFeature.getClient().getBooleanDetails('secret', false) };
      });
      expect(hidden).toMatchObject({ value: false, errorCode: 'FLAG_NOT_FOUND' });
      expect(await bannerOf(page)).toBe(true);
      // What a stream says on connecting changes nothing.
      await expect.poll(() => statuses, { timeout: 5_000 }).toEqual(asked);
      await world.change('flags', booleanFlag('banner', false));
      await expect.poll(() => told(page), { timeout: 5_000 }).toEqual([['banner']]);
      expect(await bannerOf(page)).toBe(false);
      await page.evaluate(async () => {
        const { sdk } = globalThis as unknown as InPage;
        await sdk.OpenFeature.setContext({ targetingKey: 'u1', country: 'US' });
      });
      expect(await checkoutOf(page)).toMatchObject({ value: 'classic', reason: 'DEFAULT' });
      await page.close();
    },
  );

  it('hears of changes again after a restart, by the same key in the same address', async () => {
    const data = temporaryFolder();
    const first = await startServer({ ASSAY_DATA: data });
    const world = await adopt(first.url);
    await world.make('flags', booleanFlag('banner', true));
    const page = await enter();
    const given = { url: first.url, key: world.clientKey, context: { targetingKey: 'u1' } };
    await connect(page, { kind: 'ofrep', ...given });
    const streams: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/ofrep/v1/stream')) streams.push(request.url());
    });
    await first.close();
    await startServer({ ASSAY_DATA: data, PORT: String(first.port) });
    // The browser comes back after the stream's retry time, 10 s at most.
    await expect.poll(() => streams.length, { timeout: 20_000 }).toBeGreaterThan(0);
    await world.change('flags', booleanFlag('banner', false));
    await expect.poll(() => told(page), { timeout: 20_000 }).toEqual([['banner']]);
    expect(await bannerOf(page)).toBe(false);
    expect(streams.at(-1)).toBe(`${first.url}/ofrep/v1/stream?key=${world.clientKey}`);
    await page.close();
  });

  it('logs what the page’s visitor met and did', async () => {
    const server = await startServer();
    const world = await adopt(server.url);
    await world.run();
    const page = await enter();
    const context = { targetingKey: 'u7' };
    await connect(page, { kind: 'local', url: server.url, key: world.clientKey, context });
    expect(await checkoutOf(page)).toMatchObject({
      reason: 'SPLIT',
      flagMetadata: { experiment: 'one-page-checkout', phase: 1 },
    });
    await page.evaluate(() => {
      const { sdk } = globalThis as unknown as InPage;
      sdk.OpenFeature.getClient().track('order_paid', { value: 9.5, currency: 'CNY' });
    });
    await expect
      .poll(
        async () => {
          const path = 'GET /api/units/userId/u7?environment=production';
          return JSON.stringify((await call(server.url, path)).body);
        },
        { timeout: 5_000 },
      )
      .toMatch(/"exposure".*"order_paid"|"order_paid".*"exposure"/);
    await page.close();
  });

  it('is fatal where the key is refused', async () => {
    const server = await startServer();
    const page = await enter();
    const given = { url: server.url, key: 'ck_unknown', context: {} };
    for (const [kind, why] of [
      ['ofrep', 'Initialization failed'],
      ['local', 'The key was refused'],
    ] as const)
      await expect(connect(page, { kind, ...given })).rejects.toThrow(why);
    const status = await page.evaluate(
      () => (globalThis as unknown as InPage).sdk.OpenFeature.getClient().providerStatus,
    );
    expect(status).toBe('FATAL');
    await page.close();
  });
});
