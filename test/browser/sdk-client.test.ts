import { readFileSync } from 'node:fs';
import type { Client, Options } from '@assay/sdk/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { flag, half, ruleset } from '../sdk/rulesets.ts';
import { startServer, until } from '../sdk/server.ts';
import { bundle, launch, noBrowser, servePage } from './sdk-page.ts';

type InPage = { sdk: { createClient: (options: Options) => Client }; assay: Client };

const first = ruleset({ f: flag([{ ...half, experiment: 'exp', control: 'a' }]) }, { version: 1 });
const next = ruleset({ f: flag([{ id: 'r2', variant: 'c' }]) }, { version: 2 });

describe.skipIf(noBrowser)('in a page of another origin', () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof servePage>>;
  let api: Awaited<ReturnType<typeof startServer>>;
  const open: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    [browser, site] = await Promise.all([launch(), bundle('browser.ts').then(servePage)]);
  });
  afterAll(() => Promise.all([browser.close(), site.close()]));
  afterEach(async () => {
    for (const close of open.splice(0).toReversed()) await close();
  });

  async function visitor(): Promise<Page> {
    api = await startServer(first);
    const context = await browser.newContext();
    open.push(api.close, () => context.close());
    return context.newPage();
  }
  /** Opens the page and connects it; what `get` serves then. */
  async function enter(page: Page, options: Partial<Options> = {}, search = ''): Promise<string> {
    await page.goto(site.url + search);
    const all: object = {
      url: api.url,
      key: 'ck_test',
      unit: { userId: 'u1' },
      refetchJitter: 0,
      ...options,
    };
    return page.evaluate(async (given) => {
      const here = globalThis as unknown as InPage;
      here.assay = here.sdk.createClient(given as Options);
      await here.assay.ready();
      return here.assay.get('f', 'mine');
    }, all);
  }
  const get = (page: Page): Promise<string> =>
    page.evaluate(() => (globalThis as unknown as InPage).assay.get('f', 'mine'));
  const stored = (page: Page): Promise<string[]> => page.evaluate(() => Object.keys(localStorage));

  it('serves, logs one exposure, and asks for no preflight', async () => {
    const page = await visitor();
    expect(await enter(page, { attributes: { country: 'CN' } })).toBe('B');
    await get(page);
    await until(() => api.events.length > 0);
    expect(api.events).toMatchObject([
      {
        type: 'exposure',
        unit: 'u1',
        experiment: 'exp',
        variant: 'b',
        attributes: { country: 'CN' },
      },
    ]);
    expect(new Set(api.seen.map((s) => s.method))).toEqual(new Set(['GET', 'POST']));
    expect(api.seen.find((s) => s.method === 'POST')?.headers['content-type']).toMatch(
      /^text\/plain/,
    );
  });

  it('learns of a change by the stream', async () => {
    const page = await visitor();
    await enter(page);
    await until(() => api.streams.size === 1, 'a stream');
    api.publish(next);
    await expect.poll(() => get(page), { timeout: 5_000 }).toBe('C');
  });

  it('sends its events when it is left at once', async () => {
    const page = await visitor();
    await enter(page);
    await page.evaluate(() => {
      (globalThis as unknown as InPage).assay.track('order_paid', { value: 251 });
    });
    await page.goto('about:blank');
    expect(await until(() => api.events.some((e) => e.name === 'order_paid'))).toBe(true);
  });

  it('without a server serves what it last knew, and keeps its events for a better day', async () => {
    const page = await visitor();
    await enter(page);
    await until(() => api.events.length === 1, 'the exposure');
    api.options.down = true;
    expect(await enter(page)).toBe('B');
    await page.evaluate(() => {
      (globalThis as unknown as InPage).assay.track('order_paid', { value: 251 });
    });
    await page.goto('about:blank');
    api.options.down = false;
    await enter(page);
    await until(() => api.events.some((e) => e.name === 'order_paid'), 'the event');
    await expect.poll(() => stored(page), { timeout: 5_000 }).toEqual(['assay.ruleset.ck_test']);
  });

  it('obeys QA’s address, and logs no exposure for it', async () => {
    const page = await visitor();
    expect(await enter(page, {}, '?assay=f:c,other:x')).toBe('C');
    await page.evaluate(() => (globalThis as unknown as InPage).assay.flush());
    expect(api.events).toEqual([]);
  });

  it('stores and sends nothing before consent', async () => {
    const page = await visitor();
    expect(await enter(page, { consent: false })).toBe('B');
    await page.evaluate(() => (globalThis as unknown as InPage).assay.flush());
    expect(await stored(page)).toEqual([]);
    expect(api.events).toEqual([]);
    await page.evaluate(() => {
      (globalThis as unknown as InPage).assay.consent(true);
    });
    expect(await until(() => api.events.length === 1)).toBe(true);
  });

  it('keeps a sticky variant through a change of weights', async () => {
    const page = await visitor();
    const sticky = (version: number, a: number, b: number) =>
      ruleset(
        {
          f: flag([
            {
              ...half,
              split: [
                ['a', a],
                ['b', b],
              ],
              experiment: 'exp',
              sticky: true,
            },
          ]),
        },
        { version },
      );
    api.publish(sticky(2, 1, 1));
    expect(await enter(page)).toBe('B');
    api.publish(sticky(3, 1, 0));
    expect(await enter(page)).toBe('B');
    expect(await enter(page, { unit: { userId: 'newcomer' } })).toBe('A');
  });

  it('streams only while it is seen', async () => {
    const page = await visitor();
    await enter(page);
    await until(() => api.streams.size === 1, 'a stream');
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    });
    await until(() => api.streams.size === 0, 'the end of the stream');
    api.publish(next);
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: false, configurable: true });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    });
    await expect.poll(() => get(page), { timeout: 5_000 }).toBe('C');
    expect(await until(() => api.streams.size === 1)).toBe(true);
  });

  it('runs the README’s snippet', async () => {
    const page = await visitor();
    const readme = readFileSync(new URL('../../sdk/README.md', import.meta.url), 'utf8');
    const snippet = /```js\n(import [^`]*@assay\/sdk\/browser.*?)```/s.exec(readme)?.[1] ?? '';
    const [, , ...body] = snippet.replace('http://localhost:4600', api.url).split('\n');
    expect(body.length).toBeGreaterThan(5);
    await page.goto(site.url);
    await page.evaluate(`(async () => { const { createClient } = sdk; ${body.join('\n')} })()`);
    await until(() => api.events.length === 1, 'the event');
    expect(api.events).toMatchObject([
      { type: 'track', unit: 'u1', name: 'order_paid', value: 251 },
    ]);
  });
});
