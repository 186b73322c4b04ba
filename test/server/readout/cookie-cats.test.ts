import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Metric, Readout } from '@assay/server/contract';
import { readouts } from '@assay/server/readout/service';
import { openEmbeddedEvents } from '@assay/server/store/events/embedded/open';
import type { EventStore, StoredEvent } from '@assay/server/store/events/port';
import { aMetric, anExperiment, day, started } from './given.ts';

const file = fileURLToPath(new URL('../../../../shared/data/cookie_cats.csv', import.meta.url));
const missing = existsSync(file) ? '' : ` (skipped: ${file} is not there)`;

const metrics: readonly Metric[] = [
  aMetric({ key: 'd7', kind: 'proportion', event: 'retention_7' }),
  aMetric({ key: 'd1', kind: 'proportion', event: 'retention_1' }),
  aMetric({ key: 'rounds', kind: 'mean', event: 'rounds' }),
  aMetric({ key: 'rounds-capped', kind: 'mean', event: 'rounds', cap: { percentile: 0.999 } }),
];
const variants = [
  { key: 'gate_30', weight: 1 },
  { key: 'gate_40', weight: 1 },
];
const experiment = anExperiment({
  key: 'cookie-cats',
  variants,
  status: 'stopped',
  stoppedAt: '2026-01-15T00:00:00Z',
  control: 'gate_30',
  metrics: { primary: 'd7', secondary: ['d1', 'rounds', 'rounds-capped'] },
  analysis: { method: 'fixed', correction: 'none' },
});

/** 90,189 real players, published by the makers of the game: one row a player, as `userid,version,rounds,d1,d7`. */
describe.skipIf(missing !== '')(`Cookie Cats${missing}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-cats-'));
  let store: EventStore;
  let found: Readout;
  beforeAll(async () => {
    store = await openEmbeddedEvents({ folder });
    await store.append(await players());
    const service = readouts({
      definitions: {
        experiment: () => experiment,
        metric: (key) => metrics.find((m) => m.key === key),
      },
      events: store,
      clock: () => started + 14 * day,
    });
    found = await service.readout('cookie-cats', {});
  }, 120_000);
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  it('splits 44,700 to 45,489, which is a caution and no alarm', () => {
    expect(found.units).toEqual({ gate_30: 44_700, gate_40: 45_489 });
    expect(found.srm.pValue).toBeCloseTo(0.0086, 4);
    expect(found.srm.suspicious).toBe(false);
    expect(found.checks.find((c) => c.id === 'srm')?.status).toBe('warn');
    expect(found.verdict.decision).not.toBe('invalid');
  });

  it.each([
    ['d1', 20_034, 20_119, 0.0744, 4],
    ['d7', 8_502, 8_279, 0.001556, 6],
  ])('%s: %i against %i players, p = %d', (metric, ...expected) => {
    const [control, treatment, pValue, digits] = expected;
    const row = found.metrics.find((m) => m.metric === metric);
    expect(row?.method.estimator).toBe('unpooled');
    expect(row?.control.total).toBe(control);
    expect(row?.results[0]?.total).toBe(treatment);
    expect(row?.results[0]?.pValue).toBeCloseTo(pValue, digits);
  });

  it('loses 4.31 % of day-7 retention, whose interval leaves out 0', () => {
    const [result] = found.metrics[0]?.results ?? [];
    expect(result?.relative?.estimate).toBeCloseTo(-0.0431, 4);
    expect(result?.relative?.high).toBeLessThan(0);
    expect(result?.status).toBe('worse');
    expect(found.verdict.decision).toBe('rollback');
  });

  it('loses 2.2 % of rounds to one player of 49,854, and 0.19 % when capped', () => {
    const of = (key: string) => found.metrics.find((m) => m.metric === key);
    expect(of('rounds')?.results[0]?.relative?.estimate).toBeCloseTo(-0.022, 3);
    const capped = of('rounds-capped');
    expect(capped?.results[0]?.relative?.estimate).toBeCloseTo(-0.0019, 3);
    expect(capped?.results[0]?.uncapped?.relative?.estimate).toBeCloseTo(-0.022, 3);
    expect(capped?.cap?.units).toBeGreaterThan(50);
  });
});

async function players(): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  const base = (unit: string, at: number) => ({
    id: `00000000-0000-7000-8000-${String(events.length).padStart(12, '0')}`,
    at,
    time: at,
    received: at,
    environment: 'production',
    unitType: 'userId',
    unit,
    source: 'import' as const,
  });
  let head = true;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (head) {
      head = false;
      continue;
    }
    const [unit = '', variant = '', rounds = '', d1, d7] = line.split(',');
    const exposure = { flag: 'flag', experiment: 'cookie-cats', variant, phase: 1 };
    events.push({ ...base(unit, started), type: 'exposure', ...exposure });
    const after = started + 60_000;
    events.push({ ...base(unit, after), type: 'track', name: 'rounds', value: Number(rounds) });
    if (d1 === 'True') events.push({ ...base(unit, after), type: 'track', name: 'retention_1' });
    if (d7 === 'True') events.push({ ...base(unit, after), type: 'track', name: 'retention_7' });
  }
  return events;
}
