import { importFile } from '@assay/server/importing/import-file';
import { openImportJobs } from '@assay/server/importing/jobs';
import { openEmbeddedEvents } from '@assay/server/store/events/embedded/open';
import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const file = fileURLToPath(new URL('../../../../shared/data/cookie_cats.csv', import.meta.url));
const there = existsSync(file);

if (!there)
  console.warn(
    `Cookie Cats is skipped: ${file} is not there (90,189 players, kaggle.com/datasets/yufengsui/mobile-games-ab-testing)`,
  );

describe('the real Cookie Cats data', () => {
  it.skipIf(!there)(
    'gives the published counts through import, log and readout',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'assay-cats-'));
      const store = await openEmbeddedEvents({ folder: join(folder, 'events'), readers: 1 });
      const at = Date.UTC(2026, 0, 10);
      try {
        const state = await importFile({
          store,
          jobs: await openImportJobs(join(folder, 'imports')),
          id: 'cats',
          environment: 'production',
          format: 'csv',
          map: {
            unit: 'userid',
            variant: 'test_version',
            outcomes: [
              { column: 'sum_gamerounds', event: 'rounds', kind: 'number' },
              { column: 'retention_1', event: 'day1', kind: 'boolean' },
              { column: 'retention_7', event: 'day7', kind: 'boolean' },
            ],
            attributes: [],
          },
          experiment: {
            key: 'gate',
            flag: 'first-gate',
            phase: 1,
            variants: ['gate_30', 'gate_40'],
          },
          at,
          stream: createReadStream(file),
          clock: () => at + 86_400_000,
        });
        expect(state).toMatchObject({ status: 'done', rows: 90_189, badRows: 0 });
        const { units, rows } = await store.moments({
          environment: 'production',
          experiment: 'gate',
          phase: 1,
          unitType: 'userId',
          variants: ['gate_30', 'gate_40'],
          from: 0,
          to: at + 86_400_000,
          asOf: at + 86_400_000,
          reading: 'all',
          timeZone: 'UTC',
          metrics: [
            { id: 'd1', kind: 'proportion', event: 'day1' },
            { id: 'd7', kind: 'proportion', event: 'day7' },
            { id: 'rounds', kind: 'mean', event: 'rounds', value: 'value' },
            {
              id: 'capped',
              kind: 'mean',
              event: 'rounds',
              value: 'value',
              cap: { percentile: 0.999 },
            },
          ],
        });
        const of = (metric: string, variant: string) =>
          rows.find((r) => r.metric === metric && r.variant === variant)!;
        const total = (metric: string, variant: string): number =>
          of(metric, variant).moments.n * of(metric, variant).moments.mean[0]!;
        const lift = (metric: string): number =>
          of(metric, 'gate_40').moments.mean[0]! / of(metric, 'gate_30').moments.mean[0]! - 1;
        expect(units.map((u) => u.units)).toEqual([44_700, 45_489]);
        expect(total('d1', 'gate_30')).toBeCloseTo(20_034, 6);
        expect(total('d1', 'gate_40')).toBeCloseTo(20_119, 6);
        expect(total('d7', 'gate_30')).toBeCloseTo(8_502, 6);
        expect(total('d7', 'gate_40')).toBeCloseTo(8_279, 6);
        // By numpy.quantile of the non-zero rounds: the cap is 1081.418.
        expect(of('capped', 'gate_30').cap!.at).toBeCloseTo(1_081.418, 6);
        expect(lift('rounds')).toBeCloseTo(-0.022_065_781_397, 9);
        expect(lift('capped')).toBeCloseTo(-0.001_852_141_937, 9);
      } finally {
        await store.close();
        await rm(folder, { recursive: true, force: true });
      }
    },
    120_000,
  );
});
