import { describe, expect, it } from 'vitest';
import { fakeRim, memoryStore, type Answer } from './rim.ts';
import { flag, ruleset } from './rulesets.ts';

const second = 1_000;
const minute = 60 * second;
const rules = (version: number, environment = 'production') =>
  ruleset(
    { f: flag([], { default: { variant: version % 2 === 0 ? 'b' : 'a' } }) },
    { version, environment },
  );
const body = (version: number, environment?: string): Answer => ({
  status: 200,
  body: JSON.stringify(rules(version, environment)),
  headers: { etag: `"v${version}"` },
});
/** Surroundings whose server has a ruleset of that version. */
function serving(version: number, members: Parameters<typeof fakeRim>[0] = {}) {
  const rim = fakeRim(members);
  const state = { version };
  rim.server.ruleset = ({ etag }) => (etag === `"v${state.version}"` ? 304 : body(state.version));
  return {
    ...rim,
    state,
    tell: (v: number) => {
      rim.streams.at(-1)?.listener.message(`{"version": ${v}}`);
    },
  };
}

describe('polling', () => {
  it('asks every 30 s with the ETag, give or take a fifth', async () => {
    const { client, pass, rulesetRequests } = serving(1, { random: () => 0 });
    client({ stream: false });
    await pass(24 * second - 1);
    expect(rulesetRequests).toHaveLength(1);
    await pass(1);
    expect(rulesetRequests.map((r) => r.etag)).toEqual([undefined, '"v1"']);
  });
  it('becomes rare while a stream is open, and usual again when it breaks', async () => {
    const { client, pass, rulesetRequests, streams, tell } = serving(1);
    client();
    await pass(0);
    tell(1);
    await pass(31 * second);
    const asked = rulesetRequests.length;
    await pass(4 * minute);
    expect(rulesetRequests).toHaveLength(asked);
    streams[0]?.listener.closed();
    await pass(16 * second);
    expect(rulesetRequests).toHaveLength(asked + 1);
  });
  it.each([
    ['an error', 500, 0],
    ['no connection', new Error('offline'), 0],
    ['too many requests', { status: 429, headers: { 'retry-after': '60' } }, 60 * second],
    ['a page instead of a ruleset', { status: 200, body: '<html>' }, 0],
    ['a schema of the future', { status: 200, body: '{"schema":2,"flags":{}}' }, 0],
  ])('after %s waits ever longer', async (_, answer, asked) => {
    const { client, pass, server, rulesetRequests, clock } = serving(1);
    server.ruleset = () => answer;
    client({ stream: false });
    await pass(0);
    const waits: number[] = [];
    for (let i = 0; i < 3; i++) {
      const before = clock.now();
      const n = rulesetRequests.length;
      while (rulesetRequests.length === n) await pass(100);
      waits.push(clock.now() - before);
    }
    // Half of 1, 2 and 4 s, after what the server asked for.
    expect(waits).toEqual([asked + 500, asked + 1_000, asked + 2_000]);
  });
  it('with a refused key asks every ten minutes', async () => {
    const { client, pass, server, rulesetRequests, logs } = serving(1);
    server.ruleset = () => 401;
    const assay = client({ stream: false });
    await pass(31 * minute);
    expect(rulesetRequests).toHaveLength(4);
    expect(logs).toHaveLength(1);
    server.ruleset = () => body(1);
    await pass(10 * minute);
    expect(assay.get('f', 'mine')).toBe('A');
  });
});

describe('the stream', () => {
  it('tells of a change, which is fetched within the jitter', async () => {
    const { client, pass, state, tell } = serving(1);
    const assay = client();
    await pass(0);
    state.version = 2;
    tell(2);
    await pass(49);
    expect(assay.get('f', 'mine')).toBe('A');
    await pass(1);
    expect(assay.get('f', 'mine')).toBe('B');
  });
  it('of the version in use, or an older one, asks for nothing', async () => {
    const { client, pass, rulesetRequests, tell } = serving(4);
    client();
    await pass(0);
    tell(4);
    tell(3);
    await pass(1 * second);
    expect(rulesetRequests).toHaveLength(1);
  });
  it('that tells of a change while an answer is on its way loses nothing', async () => {
    const { client, pass, state, server, tell, streams } = serving(1);
    const assay = client();
    await pass(0);
    server.ruleset = () => {
      // The answer was made before the change, and arrives after the stream told of it.
      const stale = body(2);
      state.version = 4;
      tell(4);
      server.ruleset = () => body(state.version);
      return stale;
    };
    tell(2);
    await pass(1 * second);
    expect(streams).toHaveLength(1);
    expect(assay.explain('f').value).toBe('B');
    expect(assay.get('f', 'mine')).toBe('B');
  });
  it('that is ahead of the server is believed, but asked for ever more rarely', async () => {
    const { client, pass, rulesetRequests, tell } = serving(1);
    client();
    await pass(0);
    tell(9);
    await pass(5 * minute);
    expect(rulesetRequests.length).toBeGreaterThan(5);
    expect(rulesetRequests.length).toBeLessThan(40);
  });
  it('is opened again after random waits up to 30 s, and told apart from a healthy one', async () => {
    const { client, pass, streams, clock } = serving(1);
    client();
    await pass(0);
    const waits: number[] = [];
    for (let i = 0; i < 7; i++) {
      const before = clock.now();
      const n = streams.length;
      streams.at(-1)?.listener.closed();
      while (streams.length === n) await pass(100);
      waits.push(clock.now() - before);
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
    await pass(61 * second);
    const before = clock.now();
    streams.at(-1)?.listener.closed();
    while (streams.length === 8) await pass(100);
    expect(clock.now() - before).toBe(500);
  });
});

describe('versions', () => {
  it('never go back, but another environment is another story', async () => {
    const { client, pass, server } = serving(4);
    const assay = client({ stream: false });
    await pass(0);
    expect(assay.get('f', 'mine')).toBe('B');
    server.ruleset = () => body(3);
    await pass(1 * minute);
    expect(assay.get('f', 'mine')).toBe('B');
    server.ruleset = () => body(3, 'staging');
    await pass(1 * minute);
    expect(assay.get('f', 'mine')).toBe('A');
  });
});

describe('what is known at the start', () => {
  it('is the ruleset that an earlier page stored, for thirty days', async () => {
    const store = memoryStore();
    const before = serving(2, { store });
    before.client();
    await before.pass(0);

    const after = fakeRim({ store });
    expect(after.client().get('f', 'mine')).toBe('B');
    const late = fakeRim({ store });
    late.set(Date.UTC(2026, 1, 1));
    expect(late.client().get('f', 'mine')).toBe('mine');
  });
  it('is the newer of the stored and the given one', () => {
    const store = memoryStore();
    const at = Date.UTC(2026, 0, 1) - 1;
    const given = (version: number) =>
      fakeRim({ store })
        .client({ ruleset: rules(version) })
        .get('f', 'mine');
    store.set('assay.ruleset.ck_test', JSON.stringify({ at, ruleset: rules(5) }));
    expect([given(4), given(6)]).toEqual(['A', 'B']);
  });
  it.each(['', 'null', '[]', '{"at":1e99,"ruleset":{"schema":1}}', '<html>'])(
    'is nothing when the store holds %j',
    (text) => {
      const store = memoryStore();
      store.set('assay.ruleset.ck_test', text);
      expect(fakeRim({ store }).client().get('f', 'mine')).toBe('mine');
    },
  );
});

describe('onChange', () => {
  it('tells once per change, which flags may differ', async () => {
    const { client, pass, server } = serving(1);
    const assay = client({ stream: false, ruleset: rules(1) });
    const told: (readonly string[])[] = [];
    const stop = assay.onChange((keys) => told.push(keys));
    assay.onChange(() => {
      throw new Error('a listener of the app');
    });
    await pass(0);
    server.ruleset = () => body(2);
    await pass(1 * minute);
    assay.override('f', 'c');
    expect(assay.get('f', 'mine')).toBe('C');
    assay.override('f', undefined);
    assay.setUser({ userId: 'u2' });
    stop();
    assay.override('f', 'c');
    expect(told).toEqual([['f'], ['f'], ['f'], ['f']]);
  });
});
