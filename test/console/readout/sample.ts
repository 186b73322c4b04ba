import type { MetricReadout, MetricResult, Readout } from '@assay/server/contract';

/** A readout as the server sends it; tests change what they are about. */
export function result(change: Partial<MetricResult> = {}): MetricResult {
  return {
    variant: 'one-page',
    n: 48_403,
    value: 0.1334,
    total: 6_455,
    absolute: { estimate: 0.0093, low: 0.0025, high: 0.0161 },
    relative: { estimate: 0.0746, low: 0.0199, high: 0.1293 },
    inner: {
      p50: { estimate: 0.0746, low: 0.056, high: 0.093 },
      p80: { estimate: 0.0746, low: 0.039, high: 0.11 },
    },
    pValue: 0.00143,
    standardError: 0.00218,
    statistic: 4.27,
    status: 'better',
    notes: [],
    ...change,
  };
}
export function metric(change: Partial<MetricReadout> = {}): MetricReadout {
  return {
    metric: 'checkout-conversion',
    name: 'Checkout conversion',
    role: 'primary',
    kind: 'proportion',
    direction: 'up',
    method: { estimator: 'unpooled', interval: 'confidenceSequence', cuped: false, level: 0.95 },
    cap: null,
    precision: 1.066,
    matured: null,
    control: { variant: 'classic', n: 48_210, value: 0.1241, total: 5_983 },
    results: [result()],
    ...change,
  };
}
export const refunds = (change: Partial<MetricResult> = {}): MetricReadout =>
  metric({
    metric: 'refund-rate',
    name: 'Refund rate',
    role: 'guardrail',
    direction: 'down',
    margin: 0.05,
    results: [
      result({
        relative: { estimate: -0.013, low: -0.091, high: 0.066 },
        status: 'not_proven',
        worst: 0.066,
        ...change,
      }),
    ],
  });
export function readout(change: Partial<Readout> = {}): Readout {
  return {
    experiment: 'one-page-checkout',
    name: 'One-page checkout',
    status: 'running',
    asOf: '2026-11-21T10:00:00Z',
    phase: 1,
    method: 'confidenceSequence',
    alpha: 0.05,
    reading: 'all',
    units: { classic: 48_210, 'one-page': 48_403 },
    plannedUnitsPerVariant: 45_263,
    day: 16.6,
    plannedDays: 21,
    srm: {
      pValue: 0.54,
      log10PValue: -0.27,
      chiSquare: 0.386,
      suspicious: false,
      expected: { classic: 48_306.5, 'one-page': 48_306.5 },
    },
    checks: [
      { id: 'srm', status: 'ok', value: 0.54, detail: { alarm: 0.001, caution: 0.01 } },
      { id: 'wholeWeeks', status: 'ok', value: 2.37, detail: { needed: 2 } },
      { id: 'sample', status: 'ok', value: 1.0651, detail: { units: 48_210, planned: 45_263 } },
    ],
    verdict: {
      decision: 'ship',
      variant: 'one-page',
      reasons: [{ code: 'primary_better', metric: 'checkout-conversion', variant: 'one-page' }],
    },
    lastEvent: '2026-11-21T09:59:48Z',
    metrics: [metric()],
    ...change,
  };
}
