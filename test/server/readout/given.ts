import {
  experiment,
  metric,
  type Experiment,
  type Metric,
} from '@assay/server/contract/definitions';
import type { MetricReadout, MetricResult } from '@assay/server/contract';

const stored = {
  revision: 1,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  updatedBy: 'ana',
  archived: false,
};
export const started = Date.parse('2026-01-01T00:00:00Z');
export const day = 86_400_000;

/** A metric as the catalogue gives it. */
export function aMetric(body: Readonly<Record<string, unknown>>): Metric {
  return metric.parse({ name: String(body['key']), ...stored, ...body });
}

/** A running experiment `exp` on variants a (control) and b, unless said otherwise. */
export function anExperiment(body: Readonly<Record<string, unknown>> = {}): Experiment {
  const variants = body['variants'] ?? [
    { key: 'a', weight: 1 },
    { key: 'b', weight: 1 },
  ];
  return experiment.parse({
    key: 'exp',
    name: 'Experiment',
    flag: 'flag',
    environment: 'production',
    control: 'a',
    metrics: { primary: 'conversion' },
    status: 'running',
    salt: 'salt',
    planHash: null,
    startedAt: '2026-01-01T00:00:00Z',
    stoppedAt: null,
    decision: null,
    amendments: [],
    ...stored,
    ...body,
    variants,
    phases: [
      {
        number: 1,
        startedAt: '2026-01-01T00:00:00Z',
        endedAt: null,
        salt: 'salt',
        ramp: [],
        variants,
        reason: '',
      },
    ],
  });
}

export const conversion = aMetric({
  key: 'conversion',
  kind: 'proportion',
  event: 'paid',
  window: { days: 7 },
});

const plain = {
  n: 1_000,
  value: 0.1,
  total: 100,
  absolute: { estimate: null, low: null, high: null },
  relative: null,
  inner: null,
  pValue: null,
  standardError: null,
  statistic: null,
  status: 'neutral' as const,
  notes: [],
};
/** A metric readout with the words that a verdict reads. */
export function read(
  metricKey: string,
  role: MetricReadout['role'],
  results: Readonly<Record<string, Partial<MetricResult>>>,
  more: Partial<MetricReadout> = {},
): MetricReadout {
  return {
    metric: metricKey,
    name: metricKey,
    role,
    kind: 'proportion',
    direction: 'up',
    method: { estimator: 'unpooled', interval: 'confidenceSequence', cuped: false },
    cap: null,
    precision: null,
    matured: null,
    control: { variant: 'a', n: 1_000, value: 0.1, total: 100 },
    results: Object.entries(results).map(([variant, result]) =>
      Object.assign({ variant, ...plain }, result),
    ),
    ...more,
  };
}
