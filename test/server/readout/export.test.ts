import { describe, expect, it } from 'vitest';
import type { Readout } from '@assay/server/contract';
import { exportOf } from '@assay/server/readout/export';
import { read } from './given.ts';

const readout: Readout = {
  experiment: 'exp',
  name: 'One | two',
  status: 'running',
  asOf: '2026-01-10T00:00:00.000Z',
  phase: 1,
  method: 'fixed',
  alpha: 0.05,
  reading: 'all',
  units: { a: 1_000, b: 990 },
  plannedUnitsPerVariant: null,
  day: 9,
  plannedDays: null,
  srm: {
    pValue: 0.82,
    log10PValue: -0.08,
    chiSquare: 0.05,
    suspicious: false,
    expected: { a: 995, b: 995 },
  },
  checks: [{ id: 'srm', status: 'ok', value: 0.82, detail: {} }],
  verdict: {
    decision: 'ship',
    variant: 'b',
    reasons: [{ code: 'primary_better', metric: 'm', value: 0.1 }],
  },
  lastEvent: null,
  metrics: [
    read(
      'm',
      'primary',
      {
        b: {
          n: 990,
          value: 0,
          total: 0,
          absolute: { estimate: -0.1 / 3, low: -0.05, high: 0 },
          relative: null,
          pValue: 1e-300,
          notes: ['small_counts', 'zero_baseline'],
        },
      },
      { name: '=cmd|"/c calc"' },
    ),
  ],
};
const lines = (text: string) => text.split('\r\n');

describe('exportOf', () => {
  it('writes CSV with full doubles, zeros, empty cells and no formulas', () => {
    const { name, type, text } = exportOf(readout, 'csv');
    expect([name, type]).toEqual(['exp-readout.csv', 'text/csv']);
    const [head, row, end] = lines(text);
    expect(end).toBe('');
    const cells = Object.fromEntries(
      (head ?? '').split(',').map((column, i) => [column, (row ?? '').split(',')[i]]),
    );
    expect(cells).toMatchObject({
      experiment: 'exp',
      name: `"'=cmd|""/c calc"""`,
      value: '0',
      total: '0',
      difference: '-0.03333333333333333',
      difference_high: '0',
      lift: '',
      p_value: '1e-300',
      notes: 'small_counts zero_baseline',
    });
  });

  it.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx'])('defuses the name %j', (name) => {
    const [metric] = readout.metrics;
    const text = exportOf(
      { ...readout, metrics: metric === undefined ? [] : [{ ...metric, name }] },
      'csv',
    ).text;
    expect(text).toContain(`'${name}`);
  });

  it('writes JSON that reads back the same', () => {
    expect(JSON.parse(exportOf(readout, 'json').text)).toEqual(readout);
  });

  it('writes Markdown in which names are only text', () => {
    const { type, text } = exportOf(readout, 'md');
    expect(type).toBe('text/markdown');
    expect(text).toContain('# One \\| two');
    expect(text).toContain('**Verdict: ship b**');
    expect(text).toContain('| b | 990 | 995 |');
  });
});
