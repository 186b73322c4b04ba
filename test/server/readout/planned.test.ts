import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Experiment } from '@assay/server/contract';
import { readout as schema } from '@assay/server/contract/readout';
import { readouts, type Readouts } from '@assay/server/readout/service';
import { verifyReadout } from '@assay/server/readout/verify';
import { openEmbeddedEvents } from '@assay/server/store/events/embedded/open';
import type { EventStore, StoredEvent } from '@assay/server/store/events/port';
import type { Look, LookLog } from '@assay/server/store/looks/port';
import { anExperiment, conversion, day, started } from './given.ts';
import { exposure, track } from './planted.ts';

/** Looks in memory; the first of a number stays. */
function openLooks(): LookLog & { all: Look[] } {
  const all: Look[] = [];
  return {
    all,
    looks: () => Promise.resolve([...all]),
    record: (_, look) => {
      if (!all.some((l) => l.number === look.number)) all.push(look);
      return Promise.resolve();
    },
  };
}

const folder = mkdtempSync(join(tmpdir(), 'assay-planned-'));
let events: EventStore;
beforeAll(async () => {
  events = await openEmbeddedEvents({ folder });
});
afterAll(async () => {
  await events.close();
  rmSync(folder, { recursive: true });
});

const planned = anExperiment({ plan: { unitsPerVariant: 1_000, days: 7 } });

/** Every day 100 units a variant; in a every tenth pays, in b every fifth. Time is what the test says. */
let worlds = 0;
function world(
  like: Experiment = planned,
  /** In b every such unit pays. */
  every = 5,
): {
  service: Readouts;
  looks: ReturnType<typeof openLooks>;
  pass: (days: number) => Promise<void>;
  /** Time without visitors. */
  wait: (days: number) => void;
  append: (batch: readonly StoredEvent[]) => Promise<unknown>;
} {
  const environment = `world-${worlds++}`;
  const experiment = { ...like, environment };
  const append = (batch: readonly StoredEvent[]) =>
    events.append(batch.map((event) => Object.assign(event, { environment })));
  const looks = openLooks();
  let today = 0;
  return {
    append,
    looks,
    service: readouts({
      definitions: { experiment: () => experiment, metric: () => conversion },
      events,
      looks,
      clock: () => started + today * day,
    }),
    wait(days) {
      today += days;
    },
    async pass(days) {
      for (const end = today + days; today < end; today++) await append(visitors(today, every));
    },
  };
}

function visitors(today: number, every: number): StoredEvent[] {
  const at = started + today * day;
  return ['a', 'b'].flatMap((variant) =>
    Array.from({ length: 100 }, (_, i) => {
      const unit = `${variant}-${today}-${i}`;
      const pays = i % (variant === 'a' ? 10 : every) === 0;
      const met = exposure(unit, variant, at, 'web');
      return pays ? [met, track(unit, 'paid', at + 1_000)] : [met];
    }).flat(),
  );
}

describe('a planned sequential test', () => {
  it('is concluded from its looks, and counted as of now', async () => {
    const { service, looks, pass, wait, append } = world();
    await pass(3);
    const first = await service.readout('exp', {});
    expect(schema.parse(first)).toEqual(first);
    expect(first).toMatchObject({
      method: 'groupSequential',
      reading: 'all',
      look: { number: 1, final: false, fraction: 0.3, next: 0.4 },
    });
    wait(0.4);
    const late = started + 3.2 * day;
    await append([exposure('late', 'b', late, 'web'), track('late', 'paid', late + 1_000)]);
    const between = await service.readout('exp', {});
    expect(between.units).toEqual({ a: 300, b: 301 });
    const [before, after] = [first, between].map((r) => r.metrics[0]?.results[0]);
    expect(after).toEqual({ ...before, n: 301, total: 61, value: 61 / 301 });
    expect(looks.all).toHaveLength(1);
  });

  it('spends a look once for all who look at once', async () => {
    const { service, looks, pass } = world();
    await pass(3);
    await Promise.all([service.readout('exp', {}), service.readout('exp', { explain: '1' })]);
    expect(looks.all.map((l) => l.number)).toEqual([1]);
  });

  it('takes a look each tenth, and the final one when the planned sample has matured', async () => {
    const { service, looks, pass, wait } = world();
    const seen: string[] = [];
    for (let i = 0; i < 10; i++) {
      await pass(1);
      const { look, verdict } = await service.readout('exp', {});
      seen.push(`${look?.fraction} ${verdict.decision}`);
    }
    expect(seen).toEqual([
      ...['0.1', '0.2', '0.3', '0.4', '0.5', '0.6'].map((t) => `${t} continue`),
      ...['0.7', '0.8', '0.9', '0.9'].map((t) => `${t} ship`),
    ]);
    wait(6.9);
    expect((await service.readout('exp', {})).look).toMatchObject({ number: 9, next: 1 });
    wait(0.1);
    const last = { number: 10, final: true, fraction: 1, next: null };
    expect((await service.readout('exp', {})).look).toMatchObject(last);
    await pass(1);
    expect((await service.readout('exp', {})).look).toMatchObject(last);
    expect(looks.all).toHaveLength(10);
  });

  it('waits for the final look before it calls a test inconclusive', async () => {
    const { service, pass, wait, append } = world(undefined, 10);
    await pass(10);
    const complete = await service.readout('exp', {});
    expect(complete.verdict.decision).toBe('continue');
    expect(complete.verdict.reasons.map((r) => r.code)).toContain('maturing');
    wait(7);
    await append([track('someone', 'seen', started + 16.9 * day)]);
    const matured = await service.readout('exp', {});
    expect(matured.look?.final).toBe(true);
    expect(matured.verdict.decision).toBe('inconclusive');
  });

  it('corrects the estimate for having stopped where it looked best', async () => {
    const { service, pass } = world();
    for (let i = 0; i < 7; i++) {
      await pass(1);
      await service.readout('exp', {});
    }
    const [result] = (await service.readout('exp', {})).metrics[0]?.results ?? [];
    expect(result?.status).toBe('better');
    const plain = result?.absolute.estimate ?? Number.NaN;
    const after = result?.afterStop;
    expect(plain).toBeCloseTo(0.1, 12);
    expect(after?.absolute.estimate).toBeLessThan(plain);
    expect(after?.absolute.estimate).toBeGreaterThan(plain * 0.8);
    expect(after?.absolute.low).toBeGreaterThan(0);
    expect(after?.relative?.estimate).toBeCloseTo(Number(after?.absolute.estimate) / 0.1, 12);
  });

  it('corrects against the control only: that is what looks remember', async () => {
    const { service, pass } = world();
    await pass(9);
    const found = await service.readout('exp', { vs: 'b' });
    expect(found.method).toBe('groupSequential');
    expect(found.metrics[0]?.results[0]?.status).toBe('worse');
    expect(found.metrics[0]?.results[0]).not.toHaveProperty('afterStop');
  });

  it('changes nothing about an estimate that was looked at once', async () => {
    const { service, pass, wait } = world();
    await pass(10);
    wait(7);
    const [result] = (await service.readout('exp', {})).metrics[0]?.results ?? [];
    expect(result?.afterStop?.absolute.estimate).toBeCloseTo(0.1, 6);
    expect(result?.afterStop?.absolute.low).toBeCloseTo(Number(result?.absolute.low), 4);
    expect(result?.afterStop?.pValue).toBeCloseTo(Number(result?.pValue), 6);
  });

  it('waits for the first look', async () => {
    const { service, looks } = world();
    const found = await service.readout('exp', {});
    expect(schema.parse(found)).toEqual(found);
    expect(found).toMatchObject({ method: 'groupSequential', look: null });
    expect(found.metrics[0]?.results[0]?.notes).toContain('before_first_look');
    expect(looks.all).toEqual([]);
  });

  it.each([
    { method: 'sequential', from: new Date(started + day).toISOString() },
    { cuped: 'false' },
    { reading: 'matured' },
  ] as const)('answers another question, %j, by a confidence sequence', async (asked) => {
    const { service, looks, pass } = world();
    await pass(3);
    const found = await service.readout('exp', asked);
    expect(found.method).toBe('confidenceSequence');
    expect(looks.all).toEqual([]);
  });

  it('takes its last look when an ended experiment has matured', async () => {
    const stoppedAt = new Date(started + 4 * day).toISOString();
    const { service, looks, pass } = world(
      anExperiment({ ...planned, status: 'stopped', stoppedAt }),
    );
    await pass(4);
    await service.readout('exp', {});
    expect(looks.all.map((l) => l.final)).toEqual([false]);
    const late = world(anExperiment({ ...planned, status: 'stopped', stoppedAt }));
    await late.pass(4);
    late.wait(7);
    const found = await late.service.readout('exp', {});
    expect(found.look).toMatchObject({ number: 1, final: true, next: null });
    expect(found.verdict.decision).toBe('ship');
  });

  it('can be recomputed from its export', async () => {
    const { service, pass } = world();
    await pass(3);
    await service.readout('exp', {});
    await pass(3);
    const found = await service.readout('exp', { explain: '1' });
    expect(found.inputs?.inference.looks).toHaveLength(2);
    const { compared, differences } = verifyReadout(JSON.parse(JSON.stringify(found)));
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(60);
  });
});
