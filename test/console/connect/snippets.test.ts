import { browserSnippet, curlSnippet, nodeSnippet } from '@assay/console/features/connect/snippets';
import { checkEvent } from '@assay/server/intake/event';
import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { transform } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';

const input = { url: 'http://127.0.0.1:1', key: 'ck_x', flag: 'checkout', fallback: "'classic'" };

it.each([
  ['browser', browserSnippet],
  ['node', nodeSnippet],
])('the %s snippet is code that parses, with address, key and flag in it', async (_, snippet) => {
  const code = snippet(input);
  await expect(
    transform(code, { loader: 'ts', format: 'esm', target: 'es2022' }),
  ).resolves.toBeDefined();
  for (const part of [input.url, input.key, `'${input.flag}', ${input.fallback}`])
    expect(code).toContain(part);
});

it('the curl snippet, run, sends one event that the server takes', async () => {
  const bodies: unknown[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const body: unknown = JSON.parse(await text(request));
    bodies.push({ authorization: request.headers.authorization, body });
    response.end('{}');
  };
  const server = createServer((request, response) => void take(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  await promisify(execFile)('sh', [
    '-c',
    curlSnippet({ ...input, url: `http://127.0.0.1:${port}` }),
  ]);
  const [{ authorization, body }] = bodies as [
    { authorization: string; body: { events: unknown[]; sentAt: number } },
  ];
  expect(authorization).toBe('Bearer ck_x');
  expect(checkEvent(body.events[0])).toMatchObject({ event: { name: 'hello_from_curl' } });
  expect(Math.abs(body.sentAt - Date.now())).toBeLessThan(60_000);
});
