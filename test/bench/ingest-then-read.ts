/**
 * What a readout costs when the log is large, on the real store in a fresh folder:
 *   node --conditions=source --import tsx test/bench/ingest-then-read.ts [units] [events]
 */
import { openEmbeddedEvents } from '@assay/server/store/events/embedded/open';
import type { MetricQuery, MomentQuery, StoredEvent } from '@assay/server/store/events/port';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mulberry32 } from '../support/random.ts';

const units = Number(process.argv[2] ?? 1_000_000);
const events = Number(process.argv[3] ?? 4_000_000);
const start = Date.UTC(2026, 0, 1);
const day = 86_400_000;
const days = 28;
const asOf = start + days * day;
const random = mulberry32(7);
let clock = start;
let serial = 0;

const folder = await mkdtemp(join(tmpdir(), 'assay-read-'));
const store = await openEmbeddedEvents({ folder, readMs: 300_000 });
try {
  await time(
    `${units.toLocaleString('en')} exposures and ${events.toLocaleString('en')} events in`,
    fill,
  );
  const { bytes } = await store.status();
  console.log(`  ${(bytes / (units + events)).toFixed(0)} bytes an event on disk`);
  const purchase = { event: 'order_paid', value: 'value' } as const;
  const windowMs = 7 * day;
  const revenue: MetricQuery = { id: 'revenue', kind: 'mean', ...purchase, windowMs };
  await ask('one mean', [revenue]);
  await ask('the same again', [revenue]);
  await ask('with its pre-period and a cap', [
    { ...revenue, prePeriodMs: 14 * day, cap: { percentile: 0.999 } },
  ]);
  await ask('with a filter on a property', [
    { ...revenue, where: { attr: 'currency', op: 'eq', value: 'CNY' } },
  ]);
  await ask('six metrics of all kinds', [
    revenue,
    { id: 'conversion', kind: 'proportion', event: 'order_paid', windowMs },
    {
      id: 'ratio',
      kind: 'ratio',
      numerator: { event: 'order_paid' },
      denominator: { event: 'page_view' },
      windowMs,
    },
    { id: 'd1', kind: 'retention', event: 'page_view', fromDay: 1, toDay: 2 },
    {
      id: 'funnel',
      kind: 'funnel',
      steps: [{ event: 'page_view' }, { event: 'add_to_cart' }, { event: 'order_paid' }],
      windowMs,
    },
    { id: 'p95', kind: 'quantile', ...purchase, q: 0.95, z: 1.96, windowMs },
  ]);
  await ask('one mean, cumulative by day', [revenue], { by: 'cumulative' });
  await ask('exposures by cohort, no metric', [], { by: 'cohort' });
  await ask('one mean, by country', [revenue], { breakdown: ['country'] });
  await time('counts of the last day', () =>
    store.counts({ environment: 'production', from: asOf - day, to: asOf, timeZone: 'UTC' }),
  );
  await time('counts of 28 days', () =>
    store.counts({ environment: 'production', from: start, to: asOf, timeZone: 'UTC' }),
  );
  await time('one unit', () => store.unit('production', 'userId', 'user-77'));
  await time('event names', () => store.seen('production'));
  await time('the newest 100', () => store.recent('production', 100));
} finally {
  await store.close();
  await rm(folder, { recursive: true, force: true });
}

async function fill(): Promise<void> {
  const lanes: Promise<unknown>[] = [];
  let batch: StoredEvent[] = [];
  const rate = events / units;
  let made = 0;
  for (let u = 0; u < units; u++) {
    batch.push(exposureOf(u));
    for (; made < (u + 1) * rate; made++) batch.push(trackOf());
    if (batch.length >= 2_000) {
      lanes.push(store.append(batch));
      batch = [];
      if (lanes.length >= 16) await Promise.all(lanes.splice(0));
    }
  }
  await Promise.all([...lanes, store.append(batch)]);
}

function exposureOf(u: number): StoredEvent {
  const at = start + Math.floor((u / units) * days * day);
  return {
    ...base(at),
    type: 'exposure',
    unit: `user-${u}`,
    flag: 'checkout',
    experiment: 'one-page',
    variant: u % 2 === 0 ? 'a' : 'b',
    phase: 1,
    attributes: {
      country: ['CN', 'SG', 'US', 'DE'][u % 4] ?? 'CN',
      platform: u % 3 === 0 ? 'ios' : 'web',
    },
  };
}
function trackOf(): StoredEvent {
  clock += (days * day) / events;
  const paid = random() < 0.2;
  const name = paid ? 'order_paid' : random() < 0.3 ? 'add_to_cart' : 'page_view';
  return {
    ...base(Math.floor(clock)),
    type: 'track',
    unit: `user-${Math.floor(random() * units)}`,
    name,
    ...(paid && {
      value: Math.round(random() * 10_000) / 100,
      properties: { currency: random() < 0.5 ? 'CNY' : 'USD' },
    }),
  };
}
function base(
  at: number,
): Pick<StoredEvent, 'id' | 'at' | 'time' | 'received' | 'environment' | 'unitType' | 'source'> {
  const hex = at.toString(16).padStart(12, '0');
  const id = `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${(++serial).toString(16).padStart(12, '0')}`;
  return {
    id,
    at,
    time: at,
    received: at,
    environment: 'production',
    unitType: 'userId',
    source: 'sdk',
  };
}

function ask(
  what: string,
  metrics: readonly MetricQuery[],
  rest: Partial<MomentQuery> = {},
): Promise<void> {
  return time(what, () =>
    store.moments({
      environment: 'production',
      experiment: 'one-page',
      phase: 1,
      unitType: 'userId',
      variants: ['a', 'b'],
      from: start,
      to: asOf,
      asOf,
      reading: 'all',
      timeZone: 'Asia/Shanghai',
      metrics,
      ...rest,
    }),
  );
}

async function time(what: string, work: () => Promise<unknown>): Promise<void> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const used = process.cpuUsage(cpu);
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;
  console.log(
    `${what}: ${seconds(performance.now() - started)}, CPU ${seconds((used.user + used.system) / 1_000)}`,
  );
}
