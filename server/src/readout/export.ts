import type { MetricReadout, MetricResult, Readout } from '../contract/readout.ts';

export type ExportFormat = 'csv' | 'json' | 'md';

/** A readout as a file: what it is called, its type and its text. Doubles are written in full; undefined ones stay empty. */
export function exportOf(
  readout: Readout,
  format: ExportFormat,
): { readonly name: string; readonly type: string; readonly text: string } {
  const name = `${readout.experiment}-readout.${format}`;
  if (format === 'csv') return { name, type: 'text/csv', text: csv(readout) };
  if (format === 'md') return { name, type: 'text/markdown', text: markdown(readout) };
  return { name, type: 'application/json', text: `${JSON.stringify(readout, null, 2)}\n` };
}

type Row = { readonly metric: MetricReadout; readonly result: MetricResult };
const columns: readonly (readonly [string, (row: Row, readout: Readout) => Cell | undefined])[] = [
  ['experiment', (_, readout) => readout.experiment],
  ['as_of', (_, readout) => readout.asOf],
  ['metric', ({ metric }) => metric.metric],
  ['name', ({ metric }) => metric.name],
  ['role', ({ metric }) => metric.role],
  ['kind', ({ metric }) => metric.kind],
  ['direction', ({ metric }) => metric.direction],
  ['estimator', ({ metric }) => metric.method.estimator],
  ['interval', ({ metric }) => metric.method.interval],
  ['level', ({ metric }) => metric.method.level],
  ['margin', ({ metric }) => metric.margin],
  ['control', ({ metric }) => metric.control.variant],
  ['control_units', ({ metric }) => metric.control.n],
  ['control_value', ({ metric }) => metric.control.value],
  ['control_total', ({ metric }) => metric.control.total],
  ['variant', ({ result }) => result.variant],
  ['units', ({ result }) => result.n],
  ['value', ({ result }) => result.value],
  ['total', ({ result }) => result.total],
  ['difference', ({ result }) => result.absolute.estimate],
  ['difference_low', ({ result }) => result.absolute.low],
  ['difference_high', ({ result }) => result.absolute.high],
  ['lift', ({ result }) => result.relative?.estimate],
  ['lift_low', ({ result }) => result.relative?.low],
  ['lift_high', ({ result }) => result.relative?.high],
  ['standard_error', ({ result }) => result.standardError],
  ['statistic', ({ result }) => result.statistic],
  ['p_value', ({ result }) => result.pValue],
  ['adjusted_p_value', ({ result }) => result.adjustedPValue],
  ['probability_better', ({ result }) => result.probabilityBetter],
  ['expected_loss', ({ result }) => result.expectedLoss],
  ['status', ({ result }) => result.status],
  ['notes', ({ result }) => result.notes.join(' ')],
];

function csv(readout: Readout): string {
  const lines = rowsOf(readout).map((row) => columns.map(([, of]) => cell(of(row, readout))));
  return [columns.map(([name]) => name), ...lines].map((l) => `${l.join(',')}\r\n`).join('');
}

function rowsOf(readout: Readout): Row[] {
  return readout.metrics.flatMap((metric) => metric.results.map((result) => ({ metric, result })));
}

/** Text that a spreadsheet would run as a formula gets an apostrophe; numbers, also negative ones, stay numbers. */
function cell(value: Cell | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function markdown(readout: Readout): string {
  const { verdict } = readout;
  const variant = verdict.variant === undefined ? '' : ` ${verdict.variant}`;
  return [
    `# ${plain(readout.name)}`,
    '',
    `Experiment \`${readout.experiment}\`, phase ${readout.phase}, as of ${readout.asOf}. Method: ${readout.method}, alpha ${readout.alpha}, units: ${readout.reading}.`,
    '',
    `**Verdict: ${verdict.decision}${variant}**`,
    '',
    ...verdict.reasons.map((r) => `- ${Object.values(r).filter(isShown).map(written).join(' · ')}`),
    '',
    '## Units',
    '',
    ...table(
      ['variant', 'units', 'expected'],
      Object.entries(readout.units).map(([v, n]) => [v, n, readout.srm.expected[v] ?? null]),
    ),
    '',
    `Sample ratio: p = ${written(readout.srm.pValue)}.`,
    '',
    '## Checks',
    '',
    ...table(
      ['check', 'status', 'value'],
      readout.checks.map((c) => [c.id, c.status, c.value]),
    ),
    '',
    '## Metrics',
    '',
    ...table(
      ['metric', 'role', 'control', 'variant', 'value', 'lift', 'low', 'high', 'p', 'status'],
      rowsOf(readout).map(({ metric, result }) => [
        metric.name,
        metric.role,
        metric.control.value,
        result.variant,
        result.value,
        result.relative?.estimate ?? null,
        result.relative?.low ?? null,
        result.relative?.high ?? null,
        result.pValue,
        result.status,
      ]),
    ),
    '',
  ].join('\n');
}

type Cell = string | number | null;
function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string[] {
  const line = (cells: readonly Cell[]): string => `| ${cells.map(written).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}
const isShown = (value: unknown): value is Cell => value !== undefined && value !== null;
function written(value: Cell): string {
  if (value === null) return '–';
  return typeof value === 'number' ? String(Number(value.toPrecision(6))) : plain(value);
}
/** Names come from people: nothing in them may end a cell, a line or start markup. */
function plain(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ').replaceAll(/[|\\`*_<>[\]]/g, (c) => `\\${c}`);
}
