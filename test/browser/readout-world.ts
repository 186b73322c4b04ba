import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { evaluate, type Ruleset } from '@assay/sdk/evaluate';
import type { Browser, Page } from 'playwright-core';
import { mulberry32 } from '../support/random.ts';
import { asAdmin, call, startServer, type TestServer } from '../support/server.ts';

const dayMs = 86_400_000;
const password = 'correct-horse-battery';
const email = 'lin@example.com';
const pictures = fileURLToPath(new URL('../.artifacts/readout/', import.meta.url));

/** A server on which an experiment has run for 15 days with a planted effect; its clock is ours. */
export interface World {
  readonly server: TestServer;
  readonly ruleset: () => Promise<Ruleset>;
  /** A signed-in page in this language and theme. */
  readonly page: (browser: Browser, look?: Look) => Promise<Page>;
}
export interface Look {
  readonly language?: 'en' | 'zh-CN';
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
}

export async function openWorld(): Promise<World> {
  const now = Date.now();
  let time = now - 15 * dayMs;
  const server = await startServer(
    { ASSAY_ADMIN_EMAIL: email, ASSAY_ADMIN_PASSWORD: password, ASSAY_LOG_LEVEL: 'error' },
    { clock: () => time, random: bytes() },
  );
  const key = await define(server);
  time = now;
  const ruleset = async (): Promise<Ruleset> => {
    const found = await call(server.url, 'GET /sdk/v1/ruleset', {
      headers: { authorization: `Bearer ${key}` },
    });
    return found.body as Ruleset;
  };
  await visit(server, { key, ruleset: await ruleset(), now });
  return { server, ruleset, page: (browser, look) => signedIn(server, browser, look) };
}

/** The same salt on every run, so that chance decides no verdict here. */
function bytes(): (count: number) => Uint8Array {
  const random = mulberry32(11);
  return (count) => Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
}

async function post(server: TestServer, path: string, body: unknown): Promise<unknown> {
  const { status, body: answer } = await call(server.url, `POST ${path}`, { body });
  if (status >= 300) throw new Error(`POST ${path}: ${status} ${JSON.stringify(answer)}`);
  return answer;
}

/** Metrics, flag, experiment, started; gives the SDK key. */
async function define(server: TestServer): Promise<string> {
  const metrics = [
    { key: 'conversion', name: 'Checkout conversion', kind: 'proportion', event: 'order_paid' },
    {
      key: 'revenue',
      name: 'Revenue per user',
      kind: 'mean',
      event: 'order_paid',
      unitOfMeasure: '¥',
    },
    {
      key: 'refunds',
      name: 'Refund rate',
      kind: 'proportion',
      event: 'refund',
      direction: 'down',
    },
  ];
  for (const metric of metrics)
    await post(server, '/api/metrics', { window: { days: 7 }, ...metric });
  await post(server, '/api/flags', flagWith([]));
  await post(server, '/api/experiments', {
    key: 'one-page-checkout',
    name: 'One-page checkout',
    flag: 'checkout',
    environment: 'production',
    hypothesis: { because: 'each page costs patience,', change: 'one page', expect: 'sells more.' },
    variants: [
      { key: 'classic', name: 'Classic', weight: 1 },
      { key: 'one-page', name: 'One page', weight: 1 },
    ],
    control: 'classic',
    audience: { attr: 'country', op: 'in', value: ['CN', 'SG'] },
    metrics: {
      primary: 'conversion',
      secondary: ['revenue'],
      guardrails: [{ metric: 'refunds', margin: 0.5 }],
    },
    plan: { mde: 0.2, unitsPerVariant: 2_500, days: 14 },
  });
  const { status } = await call(server.url, 'PUT /api/flags/checkout', {
    headers: { ...asAdmin, 'if-match': '"1"' },
    body: flagWith([
      {
        id: 'qa',
        name: 'QA sees B',
        if: { attr: 'email', op: 'endsWith', value: '@example.com' },
        variant: 'one-page',
      },
      { id: 'test', experiment: 'one-page-checkout' },
    ]),
  });
  if (status !== 200) throw new Error(`PUT flag: ${status}`);
  await post(server, '/api/experiments/one-page-checkout/start', {});
  const made = await post(server, '/api/sdk-keys', {
    environment: 'production',
    kind: 'server',
    name: 'test',
  });
  return (made as { key: string }).key;
}

function flagWith(rules: readonly object[]): object {
  return {
    key: 'checkout',
    name: 'Checkout',
    type: 'string',
    clientVisible: true,
    variants: [
      { key: 'classic', value: 'classic' },
      { key: 'one-page', value: 'one_page' },
    ],
    environments: {
      production: { on: true, off: 'classic', rules, default: { variant: 'classic' } },
    },
  };
}

const visitors = 6_000;
/** Spread evenly, the same on every run: 0 ≤ x < 1. */
const spread = (i: number, by: number): number => ((i * by) % 1_000) / 1_000;

/** 6,000 visitors over 15 days; B lifts conversion from 12 % to 18 %. */
async function visit(
  server: TestServer,
  { key, ruleset, now }: { key: string; ruleset: Ruleset; now: number },
): Promise<void> {
  const events: object[] = [];
  for (let i = 0; i < visitors; i += 1) {
    const unit = `u${i}`;
    const attributes = {
      country: i % 5 === 0 ? 'SG' : 'CN',
      platform: ['ios', 'android', 'web'][i % 3] ?? 'web',
    };
    const { exposure } = evaluate(ruleset, 'checkout', { userId: unit, ...attributes }, '');
    if (exposure === undefined) throw new Error(`${unit} meets no experiment`);
    const at = Math.floor(now - (14.9 - (i / visitors) * 14.8) * dayMs);
    const { flag, experiment, variant, phase } = exposure;
    const shared = { unit, at };
    events.push({
      id: randomUUID(),
      type: 'exposure',
      ...shared,
      flag,
      experiment,
      variant,
      phase,
      attributes,
    });
    const buys = spread(i, 617) < (variant === 'one-page' ? 0.18 : 0.12);
    const track = (name: string, value: number): object => ({
      id: randomUUID(),
      type: 'track',
      unit,
      at: at + 60_000,
      name,
      value,
    });
    if (buys) events.push(track('order_paid', 100 + Math.round(200 * spread(i, 331))));
    if (spread(i, 883) < 0.1) events.push(track('refund', 1));
  }
  for (let from = 0; from < events.length; from += 1_000)
    await send(server, key, { events: events.slice(from, from + 1_000), sentAt: now });
}

/** As the SDK would: a busy server is asked again. */
async function send(server: TestServer, key: string, body: object): Promise<void> {
  const headers = { authorization: `Bearer ${key}` };
  const { status } = await call(server.url, 'POST /sdk/v1/events', { headers, body });
  if (status === 202) return;
  if (status !== 503) throw new Error(`events: ${status}`);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await send(server, key, body);
}

async function signedIn(server: TestServer, browser: Browser, look: Look = {}): Promise<Page> {
  const { language = 'en', theme = 'light', width = 1_440 } = look;
  const context = await browser.newContext({ viewport: { width, height: 1_000 } });
  const answer = await context.request.post(`${server.url}/api/session`, {
    headers: { origin: server.url },
    data: { email, password },
  });
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()}`);
  await context.addInitScript(
    ([lang, shown]) => {
      localStorage.setItem('assay.language', lang ?? '');
      localStorage.setItem('assay.theme', shown ?? '');
    },
    [language, theme],
  );
  return context.newPage();
}

/** Violations of WCAG 2.2 A and AA and of axe's best practices, one line each. */
export async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return found.map((v) => `${v.id}: ${v.nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

/** A picture of the whole page, to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}${name}.png`, fullPage: true });
}

/** True where the page is wider than the window. */
export function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
}
