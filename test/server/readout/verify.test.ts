import { describe, expect, it } from 'vitest';
import type { Readout } from '@assay/server/contract';
import { readout as schema } from '@assay/server/contract/readout';
import { exportOf } from '@assay/server/readout/export';
import { readouts } from '@assay/server/readout/service';
import { verifyReadout } from '@assay/server/readout/verify';
import { openPlainEvents } from '../../support/plain-events.ts';
import { aMetric, anExperiment, conversion, day, started } from './given.ts';
import { plantedEvents } from './planted.ts';

const metrics = [
  conversion,
  aMetric({ key: 'revenue', kind: 'mean', event: 'paid', cap: { percentile: 0.99 } }),
  aMetric({ key: 'p50', kind: 'quantile', event: 'paid', q: 0.5 }),
  aMetric({ key: 'd1', kind: 'retention', event: 'paid', fromDay: 0, toDay: 1 }),
];
const experiment = anExperiment({
  metrics: {
    primary: 'conversion',
    secondary: ['p50', 'd1'],
    guardrails: [{ metric: 'revenue', margin: 0.1 }],
  },
});

async function exported(asked: Readonly<Record<string, unknown>> = {}): Promise<Readout> {
  const events = openPlainEvents();
  await events.append(plantedEvents().filter((e) => e.time < started + 3 * day));
  const service = readouts({
    definitions: {
      experiment: () => experiment,
      metric: (key) => metrics.find((m) => m.key === key),
    },
    events,
    clock: () => started + 3 * day,
  });
  const found = await service.readout('exp', { explain: '1', ...asked });
  return JSON.parse(exportOf(found, 'json').text) as Readout;
}

describe('verifyReadout', () => {
  it.each([{}, { method: 'fixed' }, { method: 'bayesian' }, { vs: 'b' }, { cuped: 'false' }])(
    'recomputes every figure of an export asked with %j',
    async (asked) => {
      const file = await exported(asked);
      expect(() => schema.parse(file)).not.toThrow();
      const { compared, differences } = verifyReadout(file);
      expect(differences).toEqual([]);
      expect(compared).toBeGreaterThan(150);
    },
  );

  it('finds the one figure that somebody changed', async () => {
    const file = await exported();
    const [primary] = file.metrics;
    if (primary?.results[0] !== undefined) primary.results[0].total = 42;
    expect(verifyReadout(file).differences).toEqual([
      expect.objectContaining({ path: 'metrics.0.results.0.total', stored: 42 }),
    ]);
  });

  it('finds a verdict that the figures do not bear out', async () => {
    const file = await exported();
    const forged = { ...file, verdict: { ...file.verdict, decision: 'ship' as const } };
    const paths = verifyReadout(forged).differences.map((d) => d.path);
    expect(paths).toContain('verdict.decision');
  });

  it('does not take other files for readouts', async () => {
    expect(() => verifyReadout({})).toThrow('This is not an exported readout.');
    const { inputs: _, ...bare } = await exported();
    expect(() => verifyReadout(bare)).toThrow('came without its inputs');
  });
});
