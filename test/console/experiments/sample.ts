import type { Experiment, MetricReadout, MetricResult, Readout } from '@assay/server/contract';

const day = 86_400_000;
export const now = Date.UTC(2026, 10, 21, 12);
export const ago = (days: number): string => new Date(now - days * day).toISOString();

export function experiment(change: Partial<Experiment> = {}): Experiment {
  return {
    key: 'checkout',
    name: 'One-page checkout',
    description: '',
    owner: 'growth',
    tags: [],
    flag: 'checkout',
    environment: 'production',
    unit: 'userId',
    hypothesis: { because: 'b', change: 'c', expect: 'e' },
    variants: [
      { key: 'classic', weight: 1 },
      { key: 'one-page', weight: 1 },
    ],
    control: 'classic',
    coverage: 100_000,
    timeZone: 'UTC',
    metrics: { primary: 'conversion', secondary: [], guardrails: [] },
    analysis: { method: 'sequential', alpha: 0.05, power: 0.8, cuped: true, correction: 'holm' },
    plan: { mde: 0.05, unitsPerVariant: 1_000, days: 21 },
    status: 'running',
    salt: 'abc',
    phases: [],
    planHash: 'hash',
    startedAt: ago(10),
    stoppedAt: null,
    decision: null,
    amendments: [],
    revision: 3,
    createdAt: ago(20),
    updatedAt: ago(10),
    updatedBy: 'lin',
    archived: false,
    ...change,
  };
}

export function result(change: Partial<MetricResult> = {}): MetricResult {
  const interval = { estimate: 0.075, low: 0.02, high: 0.129 };
  return {
    variant: 'one-page',
    n: 1_000,
    value: 0.13,
    total: 130,
    absolute: interval,
    relative: interval,
    inner: null,
    pValue: 0.001,
    standardError: 0.01,
    statistic: 3,
    status: 'better',
    notes: [],
    ...change,
  };
}

export function metric(change: Partial<MetricReadout> = {}): MetricReadout {
  return {
    metric: 'conversion',
    name: 'Conversion',
    role: 'primary',
    kind: 'proportion',
    direction: 'up',
    method: { estimator: 'unpooled', interval: 'groupSequential', cuped: false },
    cap: null,
    precision: 1,
    matured: 1,
    control: { variant: 'classic', n: 1_000, value: 0.12, total: 120 },
    results: [result()],
    ...change,
  };
}

export function readout(change: Partial<Readout> = {}): Readout {
  return {
    experiment: 'checkout',
    name: 'One-page checkout',
    status: 'running',
    asOf: ago(0),
    phase: 1,
    method: 'groupSequential',
    alpha: 0.05,
    reading: 'all',
    units: { classic: 1_100, 'one-page': 900 },
    plannedUnitsPerVariant: 1_000,
    day: 9.2,
    plannedDays: 21,
    srm: { pValue: 0.5, log10PValue: -0.3, chiSquare: 0.4, suspicious: false, expected: {} },
    checks: [],
    verdict: { decision: 'continue', reasons: [] },
    lastEvent: ago(0),
    metrics: [metric()],
    ...change,
  };
}
