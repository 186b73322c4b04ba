import { mainResult, sampleShare } from './model.ts';
import type { ExperimentRow } from './rows.ts';

const head = [
  'key',
  'name',
  'status',
  'group',
  'primary_metric',
  'sample_share',
  'lift',
  'lift_low',
  'lift_high',
  'p_value',
  'owner',
];

/** The rows in sight with full figures: a zero stays 0, what is not known stays empty. */
export function csv(rows: readonly ExperimentRow[]): string {
  const lines = rows.map(({ experiment, readout, group }) => {
    const result = readout === undefined ? undefined : mainResult(readout)?.result;
    return [
      experiment.key,
      experiment.name,
      experiment.status,
      group,
      experiment.metrics.primary,
      readout === undefined ? undefined : sampleShare(experiment, readout),
      result?.relative?.estimate,
      result?.relative?.low,
      result?.relative?.high,
      result?.pValue,
      experiment.owner,
    ];
  });
  return [head, ...lines].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

/** Quoted where needed; text that a spreadsheet would run as a formula is defused. */
function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function downloadCsv(rows: readonly ExperimentRow[]): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csv(rows)], { type: 'text/csv;charset=utf-8' }));
  link.download = 'experiments.csv';
  link.click();
  URL.revokeObjectURL(link.href);
}
