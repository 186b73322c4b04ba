import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createClient, type Options } from '@assay/sdk/node';
import { afterEach, describe, expect, it } from 'vitest';
import { flag, half, ruleset } from './rulesets.ts';
import { startServer, until } from './server.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});
async function server(first?: Parameters<typeof startServer>[0]) {
  const started = await startServer(first);
  closing.push(started.close);
  return started;
}
function client(url: string, options: Partial<Options> = {}) {
  const made = createClient({
    url,
    key: 'sk_test',
    unit: { userId: 'u1' },
    logger: () => {},
    ...options,
  });
  closing.push(made.close);
  return made;
}
const experiment = { ...half, experiment: 'exp', control: 'a' };
const first = ruleset({ f: flag([experiment]) }, { version: 1 });
const next = ruleset({ f: flag([{ id: 'r2', variant: 'c' }]) }, { version: 2 });

describe('the ruleset', () => {
  it('comes with ready, by the key in the header', async () => {
    const { url, seen } = await server(first);
    const assay = client(url);
    expect(assay.get('f', 'mine')).toBe('mine');
    expect(assay.decide('f', 'mine').error).toBe('PROVIDER_NOT_READY');
    await assay.ready();
    expect(assay.get('f', 'mine')).toBe('B');
    expect(assay.all()).toEqual({ f: 'B' });
    expect(seen[0]?.headers.authorization).toBe('Bearer sk_test');
  });
  it('is there at once when it was given', () => {
    const assay = client('http://127.0.0.1:9', { ruleset: first });
    expect(assay.get('f', 'mine')).toBe('B');
  });
  it('is asked for with its ETag, and not sent again', async () => {
    const { url, seen } = await server(first);
    const assay = client(url, { stream: false, pollInterval: 20 });
    await assay.ready();
    await until(() => seen.length > 3, 'a third question');
    expect(seen.map((s) => s.status).slice(0, 3)).toEqual([200, 304, 304]);
    expect(seen[1]?.headers['if-none-match']).toBe('"v1"');
  });
  it('changes soon after a publish, and tells what changed', async () => {
    const { url, publish, streams } = await server(first);
    const assay = client(url, { refetchJitter: 0 });
    const changes: (readonly string[])[] = [];
    assay.onChange((keys) => changes.push(keys));
    await assay.ready();
    await until(() => streams.size === 1, 'a stream');
    const start = performance.now();
    publish(next);
    await until(() => assay.get('f', 'mine') === 'C', 'the change');
    expect(performance.now() - start).toBeLessThan(1_000);
    expect(changes).toEqual([['f'], ['f']]);
  });
  it('is polled where there is no stream', async () => {
    const { url, publish, options } = await server(first);
    options.streams = false;
    const assay = client(url, { pollInterval: 30 });
    await assay.ready();
    publish(next);
    expect(await until(() => assay.get('f', 'mine') === 'C')).toBe(true);
  });
  it('is never replaced by an older one', async () => {
    const { url, publish, seen } = await server(next);
    const assay = client(url, { stream: false, pollInterval: 20 });
    await assay.ready();
    publish(first);
    const asked = seen.length;
    await until(() => seen.length > asked + 2, 'more questions');
    expect(assay.get('f', 'mine')).toBe('C');
  });
  it('comes back after the stream was cut', async () => {
    const { url, publish, cut, streams } = await server(first);
    const assay = client(url, { refetchJitter: 0 });
    await assay.ready();
    await until(() => streams.size === 1, 'a stream');
    cut();
    await until(() => streams.size === 0);
    publish(next);
    expect(await until(() => assay.get('f', 'mine') === 'C')).toBe(true);
  });
});

describe('a server that does not help', () => {
  it('that is not there delays nothing', async () => {
    const { url, close } = await startServer();
    await close();
    const assay = client(url);
    const start = performance.now();
    await assay.ready();
    expect(performance.now() - start).toBeLessThan(1_000);
    expect(assay.get('f', 'mine')).toBe('mine');
  });
  it('that is silent delays ready for two seconds, and no more', async () => {
    const { url, options } = await server(first);
    options.silent = true;
    const assay = client(url);
    const start = performance.now();
    await assay.ready();
    const waited = performance.now() - start;
    expect(waited).toBeGreaterThan(1_900);
    expect(waited).toBeLessThan(3_000);
  });
  it('that comes late is found', async () => {
    const { url, options } = await server(first);
    options.down = true;
    const assay = client(url);
    await assay.ready();
    assay.track('kept');
    options.down = false;
    expect(await until(() => assay.get('f', 'mine') === 'B')).toBe(true);
  });
});

describe('events', () => {
  it('an experiment’s flag logs one exposure per unit; peek, decide and all log none', async () => {
    const { url, events } = await server(first);
    const assay = client(url);
    await assay.ready();
    for (let i = 0; i < 3; i++) assay.get('f', 'mine');
    const u2 = assay.forUser({ userId: 'u2' }, { plan: 'pro', nested: { a: 1 } });
    expect(u2.get('f', 'mine')).toBe('A');
    assay.forUser({ userId: 'u2' }).get('f', 'mine');
    const u3 = assay.forUser({ userId: 'u3' });
    u3.peek('f', 'mine');
    u3.decide('f', 'mine');
    u3.all();
    u3.get('f', 7);
    await assay.flush();
    expect(events).toHaveLength(2);
    expect(events[1]).toMatchObject({
      type: 'exposure',
      unit: 'u2',
      unitType: 'userId',
      flag: 'f',
      experiment: 'exp',
      variant: 'a',
      phase: 1,
      attributes: { plan: 'pro' },
    });
  });
  it('are compressed when they are many', async () => {
    const { url, events, seen } = await server(first);
    const assay = client(url);
    for (let i = 0; i < 100; i++) assay.track('order_paid', { value: i });
    await assay.flush();
    expect(events).toHaveLength(100);
    const post = seen.find((s) => s.method === 'POST');
    expect(post?.headers['content-encoding']).toBe('gzip');
    expect(post?.headers['content-type']).toBe('application/json');
  });
  it('go to a path of the server’s when it has one', async () => {
    const { url, seen } = await server(first);
    const assay = client(`${url}/ab`);
    await assay.ready();
    assay.track('a');
    await assay.flush();
    expect(seen.map((s) => s.path)).toContain('/ab/sdk/v1/events');
    expect(assay.get('f', 'mine')).toBe('B');
  });
});

it('does not keep a process alive', async () => {
  const { url } = await server(first);
  const code = `import { createClient } from '@assay/sdk/node';
    const assay = createClient({ url: '${url}', key: 'sk_x', unit: { userId: 'u1' } });
    await assay.ready();
    await new Promise((resolve) => setTimeout(resolve, 200));
    console.log(assay.get('f', 'mine'));`;
  const run = promisify(execFile)(
    process.execPath,
    ['--conditions=source', '--import', 'tsx', '--input-type=module', '-e', code],
    { cwd: fileURLToPath(new URL('../..', import.meta.url)), timeout: 10_000 },
  );
  expect((await run).stdout.trim()).toBe('B');
}, 15_000);
