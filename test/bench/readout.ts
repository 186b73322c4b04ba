import type { Metric } from '@assay/server/contract';
import { experiment, metric } from '@assay/server/contract/definitions';
import { analyse } from '@assay/server/readout/analyse';
import type { Inference } from '@assay/server/readout/inference';
import type { MomentAnswer } from '@assay/server/store/events/port';

/**
 * A readout of 20 metrics × 4 variants from ready moments; the goal is under 5 ms.
 * Run: node --conditions=source --import tsx test/bench/readout.ts
 */
const stored = {
  revision: 1,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  updatedBy: 'bench',
  archived: false,
};
const variants = ['a', 'b', 'c', 'd'];
const metrics = Array.from({ length: 20 }, (_, i): Metric => {
  const key = `m${i}`;
  const kinds = [
    { kind: 'proportion', event: 'e' },
    { kind: 'mean', event: 'e' },
    { kind: 'ratio', numerator: { event: 'e' }, denominator: { event: 'f' } },
    { kind: 'retention', event: 'e', fromDay: 1, toDay: 2 },
  ];
  return metric.parse({ key, ...stored, ...kinds[i % kinds.length] });
});
const subject = experiment.parse({
  key: 'exp',
  flag: 'flag',
  environment: 'production',
  variants: variants.map((key) => ({ key, weight: 1 })),
  control: 'a',
  metrics: {
    primary: 'm0',
    secondary: metrics.slice(1, 15).map((m) => m.key),
    guardrails: metrics.slice(15).map((m) => ({ metric: m.key, margin: 0.02 })),
  },
  status: 'running',
  salt: 's',
  phases: [],
  planHash: null,
  startedAt: null,
  stoppedAt: null,
  decision: null,
  amendments: [],
  ...stored,
});

/** Moments that differ a little from run to run, so that nothing can be remembered. */
function answer(run: number): MomentAnswer {
  const rows = metrics.flatMap((m, i) =>
    variants.map((variant, j) => {
      const n = 100_000 + run + 10 * j;
      const p = 0.1 + 0.001 * j + 0.002 * i;
      const spread = n * p * (1 - p);
      const columns = { ratio: [p, 2], retention: [p, 0.9] } as const;
      const two = m.kind === 'ratio' || m.kind === 'retention' ? columns[m.kind] : [p, p];
      return {
        metric: m.key,
        variant,
        moments: { n, mean: [...two], comoment: [spread, spread / 3, spread] },
      };
    }),
  );
  return {
    units: variants.map((variant) => ({ variant, units: 100_000 })),
    crossovers: 0,
    crossoversByVariant: {},
    strangers: 0,
    firstExposure: 0,
    lastExposure: 0,
    lastEvent: 0,
    rows,
  };
}

const kinds = ['confidenceSequence', 'fixed', 'bayesian'] as const;
for (const kind of kinds) {
  const inference: Inference = {
    kind,
    alpha: 0.05,
    correction: 'holm',
    plannedPerVariant: 100_000,
  };
  const shared = { experiment: subject, metrics: new Map(metrics.map((m) => [m.key, m])) };
  const once = (run: number): number => {
    const ready = answer(run);
    const from = performance.now();
    analyse({ ...shared, answer: ready, inference, baseline: 'a', matured: new Map() });
    return performance.now() - from;
  };
  const times = Array.from({ length: 60 }, (_, i) => once(i)).toSorted((a, b) => a - b);
  const at = (q: number): string => (times[Math.floor(q * (times.length - 1))] ?? 0).toFixed(2);
  console.log(
    `readout of 20 metrics × 4 variants, ${kind}: best ${at(0)} ms, median ${at(0.5)} ms, p95 ${at(0.95)} ms`,
  );
}
