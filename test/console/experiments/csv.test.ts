import { csv } from '@assay/console/features/experiments/csv';
import { experimentRows } from '@assay/console/features/experiments/rows';
import { expect, it } from 'vitest';
import { experiment, metric, readout, result } from './sample.ts';

const head =
  'key,name,status,group,primary_metric,sample_share,lift,lift_low,lift_high,p_value,owner\r\n';

it('writes full figures, keeps a zero, leaves the unknown empty, and defuses formulas', () => {
  const zero = { estimate: 0, low: -0.01, high: null };
  const seen = readout({
    metrics: [metric({ results: [result({ relative: zero, pValue: 0.5 })] })],
  });
  const rows = experimentRows(
    [
      experiment({ name: 'A "new", page', owner: '=cmd()' }),
      experiment({ key: 'draft', status: 'draft', startedAt: null }),
    ],
    new Map([['checkout', seen]]),
    {},
  );
  expect(csv(rows.toSorted((a, b) => a.experiment.key.localeCompare(b.experiment.key)))).toBe(
    `${head}checkout,"A ""new"", page",running,collecting,conversion,0.9,0,-0.01,,0.5,'=cmd()\r\n` +
      'draft,One-page checkout,draft,drafts,conversion,,,,,,growth\r\n',
  );
});
