import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Metric, MetricReadout, MetricResult, Readout } from '@assay/server/contract';
import { readouts } from '@assay/server/readout/service';
import { openEmbeddedEvents } from '@assay/server/store/events/embedded/open';
import type { EventStore, StoredEvent } from '@assay/server/store/events/port';
import { aMetric, anExperiment } from './given.ts';

interface Log {
  readonly now: number;
  readonly exposures: readonly { user: string; arm: string; ts: number }[];
  readonly events: readonly {
    id: string;
    user: string;
    name: string;
    ts: number;
    value: number | null;
  }[];
}
interface Case {
  readonly method: string;
  readonly expected: never;
}
const golden = new URL('../../golden/stats/', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, golden), 'utf8'));
const log = read('14_event_log.json') as Log;
const { cases } = read('14_pipeline.json') as { cases: readonly Case[] };
/** What an independent program computed from the same log. */
const expected = (name: string): never =>
  cases.find((c) => c.method === `pipeline.${name}`)?.expected as never;

const window = { hours: 72 };
const money = { event: 'purchase', value: 'value', window };
const metrics: readonly Metric[] = [
  aMetric({ key: 'revenue', kind: 'mean', ...money }),
  aMetric({ key: 'capped', kind: 'mean', ...money, cap: { absolute: 100 } }),
  aMetric({
    key: 'per-order',
    kind: 'ratio',
    numerator: { event: 'purchase', value: 'value' },
    denominator: { event: 'purchase' },
    window,
  }),
  aMetric({ key: 'd7', kind: 'retention', event: 'session', fromDay: 7, toDay: 8 }),
  aMetric({
    key: 'funnel',
    kind: 'funnel',
    steps: [{ event: 'view' }, { event: 'cart' }, { event: 'purchase' }],
    window,
  }),
];
const variants = [
  { key: 'control', weight: 1 },
  { key: 'treatment', weight: 1 },
];
const experiment = anExperiment({
  variants,
  control: 'control',
  metrics: { primary: 'revenue', secondary: ['capped', 'per-order', 'd7', 'funnel'] },
  analysis: { method: 'fixed', correction: 'none' },
});

const folder = mkdtempSync(join(tmpdir(), 'assay-pipeline-'));
let store: EventStore;
let raw: Readout;
let adjusted: Readout;
beforeAll(async () => {
  store = await openEmbeddedEvents({ folder });
  await store.append(stored());
  const service = readouts({
    definitions: {
      experiment: () => experiment,
      metric: (key) => metrics.find((m) => m.key === key),
    },
    events: store,
    clock: () => log.now * 1_000,
  });
  raw = await service.readout('exp', { cuped: 'false' });
  adjusted = await service.readout('exp', { cuped: 'true' });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

interface TwoSample {
  readonly meanA: number;
  readonly meanB: number;
  readonly diff: number;
  readonly se: number;
  readonly df: number;
  readonly t: number;
  readonly pTwoSided: number;
  readonly ciT: readonly [number, number];
  readonly relativeT: { readonly lift: number; readonly ciFieller: readonly [number, number] };
}
function rowOf(readout: Readout, metric: string): { row: MetricReadout; result: MetricResult } {
  const row = readout.metrics.find((m) => m.metric === metric);
  const [result] = row?.results ?? [];
  if (row === undefined || result === undefined) throw new Error(`no result for ${metric}`);
  return { row, result };
}
type Pair = readonly [got: number | null | undefined, want: number];
/** The pairs that differ by more than the ninth digit. */
function apart(...pairs: readonly Pair[]): readonly Pair[] {
  return pairs.filter(
    ([got, want]) =>
      typeof got !== 'number' || Math.abs(got - want) > 1e-9 * Math.max(1, Math.abs(want)),
  );
}

describe('an event log, from the store to the page', () => {
  it.each([
    ['revenue', 'result.revenue'],
    ['capped', 'result.revenueCapped'],
  ])('%s: Welch and Fieller', (metric, name) => {
    const want: TwoSample = expected(name);
    const { row, result } = rowOf(raw, metric);
    expect(
      apart(
        [row.control.value, want.meanA],
        [result.value, want.meanB],
        [result.absolute.estimate, want.diff],
        [result.standardError, want.se],
        [result.df, want.df],
        [result.statistic, want.t],
        [result.pValue, want.pTwoSided],
        [result.absolute.low, want.ciT[0]],
        [result.absolute.high, want.ciT[1]],
        [result.relative?.estimate, want.relativeT.lift],
        [result.relative?.low, want.relativeT.ciFieller[0]],
        [result.relative?.high, want.relativeT.ciFieller[1]],
      ),
    ).toEqual([]);
  });

  it('revenue per order: the delta method', () => {
    const want: {
      meanA: number;
      meanB: number;
      se: number;
      z: number;
      pTwoSided: number;
      ciZ: readonly [number, number];
      relative: { ciFieller: readonly [number, number] };
    } = expected('result.revenuePerOrder');
    const { row, result } = rowOf(raw, 'per-order');
    expect(
      apart(
        [row.control.value, want.meanA],
        [result.value, want.meanB],
        [result.standardError, want.se],
        [result.statistic, want.z],
        [result.pValue, want.pTwoSided],
        [result.absolute.low, want.ciZ[0]],
        [result.relative?.low, want.relative.ciFieller[0]],
        [result.relative?.high, want.relative.ciFieller[1]],
      ),
    ).toEqual([]);
  });

  it('adjusted revenue: CUPED with one slope, as the variants are small', () => {
    const {
      ancova: want,
    }: { ancova: { diff: number; se: number; pTwoSided: number; ciZ: readonly [number, number] } } =
      expected('result.cupedRevenue');
    const { row, result } = rowOf(adjusted, 'revenue');
    expect(row.method).toMatchObject({ estimator: 'cuped', cuped: true });
    expect(
      apart(
        [result.absolute.estimate, want.diff],
        [result.standardError, want.se],
        [result.pValue, want.pTwoSided],
        [result.absolute.low, want.ciZ[0]],
      ),
    ).toEqual([]);
  });

  it('retention on day 7: matured units only', () => {
    const want: Record<string, { n: number; sum: number }> = expected('retentionD7');
    const { row, result } = rowOf(raw, 'd7');
    expect([row.control.n, row.control.total]).toEqual([want['control']?.n, want['control']?.sum]);
    expect([result.n, result.total]).toEqual([want['treatment']?.n, want['treatment']?.sum]);
  });

  it('funnel: the last step', () => {
    const want: Record<string, readonly number[]> = expected('funnelViewCartPurchase');
    const { row, result } = rowOf(raw, 'funnel');
    expect([row.control.total, result.total]).toEqual([
      want['control']?.[2],
      want['treatment']?.[2],
    ]);
  });

  it('sample ratio, with the units seen in both variants left out', () => {
    const want: { chi2: number; p: number } = expected('result.srm');
    expect(raw.units).toEqual(expected('exposed'));
    expect(apart([raw.srm.chiSquare, want.chi2], [raw.srm.pValue, want.p])).toEqual([]);
    expect(raw.checks.find((c) => c.id === 'crossover')?.detail['units']).toBe(
      expected('multipleExposureUsers'),
    );
  });
});

function stored(): StoredEvent[] {
  const ids = new Map<string, string>();
  const idOf = (name: string): string => {
    const id = ids.get(name) ?? `00000000-0000-7000-8000-${String(ids.size).padStart(12, '0')}`;
    ids.set(name, id);
    return id;
  };
  const base = (name: string, unit: string, seconds: number) => ({
    id: idOf(name),
    at: seconds * 1_000,
    time: seconds * 1_000,
    received: seconds * 1_000,
    environment: 'production',
    unitType: 'userId',
    unit,
    source: 'sdk' as const,
  });
  return [
    ...log.exposures.map(({ user, arm, ts }, i): StoredEvent => {
      const met = { flag: 'flag', experiment: 'exp', variant: arm, phase: 1 };
      return Object.assign(base(`exposure ${i}`, user, ts), { type: 'exposure' as const, ...met });
    }),
    ...log.events.map(({ id, user, name, ts, value }): StoredEvent =>
      Object.assign(
        base(id, user, ts),
        { type: 'track' as const, name },
        value === null ? {} : { value },
      ),
    ),
  ];
}
