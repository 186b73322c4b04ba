import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { evaluate } from '@assay/sdk/evaluate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flag, half, ruleset } from './rulesets.ts';
import { startServer } from './server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(`${root}/sdk/README.md`, 'utf8');
const snippets = [...readme.matchAll(/```(js|sh)\n(.*?)```/gs)].map(([, language, code]) => ({
  language,
  code: code ?? '',
}));
const snippet = (sign: string): string =>
  snippets.find(({ code }) => code.includes(sign))?.code ?? '';
const checkout = flag([{ ...half, experiment: 'one-page-checkout' }], {
  variants: { a: 'classic', b: 'one_page' },
});
const rules = ruleset({ checkout });

describe('the snippets of the README', () => {
  let api: Awaited<ReturnType<typeof startServer>>;
  beforeAll(async () => {
    api = await startServer(rules);
  });
  afterAll(() => api.close());

  async function run(code: string): Promise<string> {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        '--conditions=source',
        '--import',
        'tsx',
        '--input-type=module',
        '-e',
        code.replaceAll('http://localhost:4600', api.url).replaceAll('…', 'test'),
      ],
      { cwd: root },
    );
    return stdout.trim();
  }

  it('Node: serves, exposes and tracks', async () => {
    const code = snippet('@assay/sdk/node');
    expect(await run(`${code}\nconsole.log(layout);`)).toBe('classic');
    expect(api.events).toMatchObject([
      { type: 'exposure', unit: 'u2', variant: 'a', attributes: { plan: 'pro' } },
      { type: 'track', unit: 'u2', name: 'order_paid', value: 251 },
    ]);
  });
  it('curl: an event arrives', async () => {
    const before = api.events.length;
    await promisify(execFile)('sh', ['-c', snippet('sdk/v1/events')], {
      env: { ...process.env, ASSAY_URL: api.url, ASSAY_KEY: 'sk_test' },
    });
    expect(api.events.slice(before)).toMatchObject([
      { type: 'track', unit: 'u3', name: 'order_paid', value: 251 },
    ]);
    expect(api.events.at(-1)?.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(Math.abs(Number(api.events.at(-1)?.at) - Date.now())).toBeLessThan(60_000);
  });
  it('testing: serves what was set, and records', async () => {
    const code = snippet('@assay/sdk/testing');
    const seen = `console.log(assay.get('checkout', 'classic'), (await assay.events())[0].name);`;
    expect(await run(`${code}\n${seen}`)).toBe('one_page order_paid');
  });
  it('evaluate: decides without a client', () => {
    expect(snippet('@assay/sdk/evaluate')).toContain(
      "evaluate(ruleset, 'checkout', { userId: 'u1' }, 'classic').value",
    );
    expect(evaluate(rules, 'checkout', { userId: 'u1' }, 'classic').value).toBe('one_page');
  });
});
