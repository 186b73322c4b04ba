/**
 * How long a change of a flag takes to reach a connected SDK on this machine: from the answer of `PUT /api/flags/:key` being sent
 * for, to the SDK serving the new value. Prints the median, p95 and the limit: one bare HTTP round trip in the same run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@assay/sdk/node';
import { readConfig } from '@assay/server/config';
import { createServer } from '@assay/server/server';

const rounds = 100;
const token = 'an-admin-token-for-benches';
const data = mkdtempSync(join(tmpdir(), 'assay-bench-'));
const server = await createServer(
  readConfig({ PORT: '0', ASSAY_DATA: data, ASSAY_ADMIN_TOKEN: token, ASSAY_LOG_LEVEL: 'silent' }),
);
const api = async (route: string, body?: unknown, headers: Record<string, string> = {}) => {
  const [method = '', path = ''] = route.split(' ');
  const answer = await fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const json = (await answer.json()) as Record<string, unknown>;
  if (!answer.ok) throw new Error(`${route}: ${JSON.stringify(json)}`);
  return json;
};
const flag = (variant: string) => ({
  key: 'banner',
  type: 'string',
  variants: [
    { key: 'a', value: 'a' },
    { key: 'b', value: 'b' },
  ],
  environments: { production: { on: true, off: 'a', rules: [], default: { variant } } },
});

await api('POST /api/flags', flag('a'));
const { key } = await api('POST /api/sdk-keys', {
  environment: 'production',
  kind: 'server',
  name: 'bench',
});
const assay = createClient({ url: server.url, key: String(key) });
await assay.ready();
const user = assay.forUser({ userId: 'u1' });

const trip: number[] = [];
const reach: number[] = [];
let revision = 1;
for (let round = 0; round < rounds; round++) {
  const wished = round % 2 === 0 ? 'b' : 'a';
  let started = performance.now();
  await fetch(`${server.url}/healthz`).then((r) => r.text());
  trip.push(performance.now() - started);
  started = performance.now();
  const seen = new Promise<void>((resolve) => {
    const stop = assay.onChange(() => {
      if (user.peek('banner', '') !== wished) return;
      stop();
      resolve();
    });
  });
  const saved = await api('PUT /api/flags/banner', flag(wished), { 'if-match': `"${revision}"` });
  revision = Number(saved['revision']);
  await seen;
  reach.push(performance.now() - started);
}
const at = (times: number[], q: number) =>
  times.toSorted((x, y) => x - y)[Math.floor(times.length * q)] ?? Number.NaN;
console.log(
  `change of a flag → SDK, ${rounds} changes: median ${at(reach, 0.5).toFixed(1)} ms, p95 ${at(reach, 0.95).toFixed(1)} ms`,
);
console.log(
  `limit, one HTTP round trip: median ${at(trip, 0.5).toFixed(1)} ms, p95 ${at(trip, 0.95).toFixed(1)} ms`,
);
await assay.close();
await server.close();
rmSync(data, { recursive: true });
