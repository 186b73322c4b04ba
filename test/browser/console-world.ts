import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { call, type TestServer } from '../support/server.ts';

const pictures = fileURLToPath(new URL('../.artifacts/console-pages/', import.meta.url));

export async function post<T>(server: TestServer, path: string, body: unknown): Promise<T> {
  const { status, body: answer } = await call(server.url, `POST ${path}`, { body });
  if (status >= 300) throw new Error(`POST ${path}: ${status} ${JSON.stringify(answer)}`);
  return answer as T;
}

/** Beside the running experiment: a draft in a layer, audiences, a holdout, every kind of metric, a rejected event. */
export async function furnish(server: TestServer): Promise<void> {
  await post(server, '/api/layers', { key: 'checkout-layer' });
  await post(server, '/api/holdouts', { key: 'programme', name: 'Programme', share: 5_000 });
  await post(server, '/api/segments', {
    key: 'shoppers',
    name: 'Signed-in shoppers',
    if: {
      all: [
        { attr: 'signed_in', op: 'eq', value: true },
        {
          any: [
            { attr: 'country', op: 'in', value: ['CN', 'SG'] },
            { attr: 'age', op: 'gte', value: 18 },
          ],
        },
        { not: { attr: 'version', op: 'semverLt', value: '8.0.0' } },
      ],
    },
  });
  await post(server, '/api/segments', {
    key: 'staff',
    units: { unit: 'userId', ids: ['u1', 'u2'] },
  });
  const shared = { window: { days: 7 }, event: 'order_paid' };
  for (const metric of [
    { key: 'orders', kind: 'count', ...shared },
    {
      key: 'order-value',
      kind: 'ratio',
      numerator: { event: 'order_paid', value: 'value' },
      denominator: { event: 'order_paid' },
    },
    { key: 'd7', kind: 'retention', event: 'session', fromDay: 7, toDay: 8 },
    {
      key: 'activation',
      kind: 'funnel',
      steps: [{ event: 'signup' }, { event: 'order_paid', within: { hours: 24 } }],
    },
    {
      key: 'load-p95',
      kind: 'quantile',
      event: 'load',
      value: 'value',
      q: 0.95,
      direction: 'down',
      unitOfMeasure: 'ms',
    },
  ])
    await post(server, '/api/metrics', metric);
  await post(server, '/api/flags', {
    key: 'banner',
    name: 'Banner',
    type: 'json',
    variants: [
      { key: 'none', value: {} },
      { key: 'sale', value: { text: 'Sale' } },
    ],
    environments: { staging: { on: false, off: 'none', rules: [], default: { variant: 'none' } } },
  });
  await post(server, '/api/experiments', {
    key: 'coupon',
    name: 'Welcome coupon: day 1 or day 3',
    flag: 'banner',
    environment: 'production',
    variants: [
      { key: 'none', weight: 1 },
      { key: 'sale', weight: 1 },
    ],
    control: 'none',
    audience: { segment: 'shoppers' },
    layer: { key: 'checkout-layer', slots: [[0, 2_000]] },
  });
  const { key } = await post<{ key: string }>(server, '/api/sdk-keys', {
    environment: 'production',
    kind: 'client',
    name: 'web',
  });
  await post(server, '/api/tokens', { name: 'nightly', role: 'viewer' });
  await call(server.url, 'POST /sdk/v1/events', {
    headers: { authorization: `Bearer ${key}` },
    body: { events: [{ id: 'no', type: 'track', name: 'broken' }], sentAt: Date.now() },
  });
}

/** What went wrong in a page: errors of its own, and what the content security policy had to stop. */
export function listenForFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
      faults.push(message.text());
  });
  return faults;
}

/** Elements whose own text is cut off without an ellipsis, or which stick out of the window. */
export function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    const scrolls = (element: Element): boolean => {
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        const { overflowX } = getComputedStyle(at);
        if (overflowX === 'auto' || overflowX === 'scroll') return true;
      }
      return false;
    };
    return [...document.querySelectorAll('main *, nav *')]
      .filter((element) => {
        const own = [...element.childNodes].some(
          (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
        );
        const style = getComputedStyle(element);
        if (!own || style.position === 'absolute' || style.visibility === 'hidden') return false;
        const box = element.getBoundingClientRect();
        if (box.width === 0 || scrolls(element)) return false;
        const cut =
          style.overflowX === 'hidden' &&
          style.textOverflow !== 'ellipsis' &&
          element.scrollWidth > element.clientWidth + 1;
        return cut || box.right > wide + 1;
      })
      .map((element) => `${element.tagName} ${element.textContent.slice(0, 60)}`);
  });
}

export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}${name}.png`, fullPage: true });
}
