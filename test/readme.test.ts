import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { call, startServer } from './support/server.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const codes = [...readme.matchAll(/```(\w+)\n(.*?)```/gs)].map(([, language, code]) => ({
  language,
  code: code ?? '',
}));

it('shows a first experiment that runs as written', async () => {
  const { url } = await startServer();
  const post = async (path: string, body: unknown) =>
    (await call(url, `POST ${path}`, { body })).body as Record<string, unknown>;
  await post('/api/flags', {
    key: 'checkout',
    type: 'string',
    variants: [
      { key: 'classic', value: 'classic' },
      { key: 'one-page', value: 'one_page' },
    ],
    environments: { production: { on: true, off: 'classic', default: { variant: 'one-page' } } },
  });
  const { key } = await post('/api/sdk-keys', { environment: 'production', kind: 'server' });
  const { code = '' } = codes.find(({ language }) => language === 'ts') ?? {};
  expect(code).toContain('@assay/sdk/node');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--conditions=source',
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      `${code.replaceAll('http://127.0.0.1:4600', url)}\nconsole.log(layout);`,
    ],
    { cwd: root, env: { ...process.env, ASSAY_SDK_KEY: String(key) } },
  );
  expect(stdout.trim()).toBe('one_page');
  const { body } = await call(url, 'GET /api/events/recent?environment=production');
  expect(body).toMatchObject({ items: [{ name: 'order_paid', unit: 'u1', value: 251 }] });
});

it('names only commands that exist', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = [...readme.matchAll(/\bnpm (start|test)\b|\bnpm run ([a-z:]+)/g)].map(
    ([, plain, run]) => plain ?? run ?? '',
  );
  const workspace = JSON.parse(readFileSync(join(root, 'test/package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  expect(named.length).toBeGreaterThan(2);
  for (const name of named) expect({ ...scripts, ...workspace.scripts }).toHaveProperty(name);
});

it.each(['README.md', 'server/README.md', 'sdk/README.md', 'console/README.md'])(
  '%s links only to what is there',
  (file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, to]) => to ?? '');
    for (const to of links) expect(existsSync(join(root, dirname(file), to)), to).toBe(true);
  },
);
