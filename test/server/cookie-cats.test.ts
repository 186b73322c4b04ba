import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ImportState, Readout } from '@assay/server/contract';
import { expect, it } from 'vitest';
import { asAdmin, call, startServer } from '../support/server.ts';

const file = fileURLToPath(new URL('../../../shared/data/cookie_cats.csv', import.meta.url));
const missing = existsSync(file) ? '' : ` (skipped: ${file} is not there)`;

// 90,189 real players. Published: D1 20034/44700 vs 20119/45489; D7 8502 vs 8279; one player has 49,854 rounds.
it.skipIf(missing !== '')(
  `reads Cookie Cats as published, through the API alone${missing}`,
  async () => {
    const { url } = await startServer();
    const post = async (path: string, body: unknown) => {
      const answer = await call(url, `POST ${path}`, { body });
      expect(answer.body, path).not.toHaveProperty('code');
    };
    await post('/api/flags', {
      key: 'first-gate',
      type: 'string',
      variants: ['gate_30', 'gate_40'].map((key) => ({ key, value: key })),
      environments: { production: { on: true, default: { variant: 'gate_30' } } },
    });
    await post('/api/metrics', { key: 'd1', kind: 'proportion', event: 'retention_1' });
    await post('/api/metrics', { key: 'd7', kind: 'proportion', event: 'retention_7' });
    const rounds = { kind: 'mean', event: 'rounds', value: 'value' };
    await post('/api/metrics', { key: 'rounds', ...rounds });
    await post('/api/metrics', { key: 'rounds-capped', ...rounds, cap: { percentile: 0.999 } });
    await post('/api/experiments', {
      key: 'gate',
      flag: 'first-gate',
      environment: 'production',
      hypothesis: { because: 'players hit the gate', change: 'a later gate', expect: 'keep them' },
      variants: ['gate_30', 'gate_40'].map((key) => ({ key, weight: 1 })),
      control: 'gate_30',
      metrics: { primary: 'd7', secondary: ['d1', 'rounds', 'rounds-capped'] },
      analysis: { method: 'fixed', correction: 'none' },
      plan: { mde: 0.05, unitsPerVariant: 44_000 },
    });
    await post('/api/experiments/gate/start', {});
    const map = {
      unit: 'userid',
      variant: 'test_version',
      outcomes: [
        { column: 'sum_gamerounds', event: 'rounds', kind: 'number' },
        { column: 'retention_1', event: 'retention_1', kind: 'boolean' },
        { column: 'retention_7', event: 'retention_7', kind: 'boolean' },
      ],
    };
    const query = new URLSearchParams({
      environment: 'production',
      format: 'csv',
      experiment: 'gate',
      map: JSON.stringify(map),
    });
    const sent = await fetch(`${url}/api/import?${query}`, {
      method: 'POST',
      headers: { ...asAdmin, 'content-type': 'text/csv' },
      body: readFileSync(file),
    });
    expect((await sent.json()) as ImportState).toMatchObject({
      status: 'done',
      rows: 90_189,
      badRows: 0,
    });

    const readout = (await call(url, 'GET /api/experiments/gate/readout')).body as Readout;
    expect(readout.units).toEqual({ gate_30: 44_700, gate_40: 45_489 });
    expect(readout.srm.pValue).toBeCloseTo(0.0086, 4);
    expect(readout.srm.suspicious).toBe(false);
    expect(readout.checks.find((c) => c.id === 'srm')?.status).toBe('warn');
    const of = (key: string) => {
      const metric = readout.metrics.find((m) => m.metric === key);
      const [result] = metric?.results ?? [];
      if (metric === undefined || result === undefined) throw new Error(`no result of ${key}`);
      return { control: metric.control, result };
    };
    expect(of('d1').control.total).toBeCloseTo(20_034, 6);
    expect(of('d1').result.total).toBeCloseTo(20_119, 6);
    expect(of('d1').result.pValue).toBeCloseTo(0.07441, 5);
    expect(of('d7').control.total).toBeCloseTo(8_502, 6);
    expect(of('d7').result.total).toBeCloseTo(8_279, 6);
    expect(of('d7').result.pValue).toBeCloseTo(0.001556, 6);
    expect(of('d7').result.relative?.estimate).toBeCloseTo(-0.0431, 4);
    expect(of('rounds').result.relative?.estimate).toBeCloseTo(-0.022_065_781_397, 9);
    expect(of('rounds-capped').result.relative?.estimate).toBeCloseTo(-0.001_852_141_937, 9);
    // By numpy.quantile of the non-zero rounds, at 0.999.
    const capped = readout.metrics.find((m) => m.metric === 'rounds-capped');
    expect(capped?.cap?.at).toBeCloseTo(1_081.418, 6);
  },
  120_000,
);
