import { experimentRows, grouped, shownCounts } from '@assay/console/features/experiments/rows';
import { expect, it } from 'vitest';
import { ago, experiment, readout } from './sample.ts';

const all = [
  experiment({ key: 'old', startedAt: ago(30) }),
  experiment({ key: 'new', startedAt: ago(1), owner: 'search' }),
  experiment({ key: 'ready', name: 'Ready' }),
  experiment({ key: 'draft', status: 'draft', startedAt: null }),
];
const ship = readout({ verdict: { decision: 'ship', variant: 'one-page', reasons: [] } });
const readouts = new Map([['ready', ship]]);

it('groups by what waits, the newest first inside a group', () => {
  const groups = grouped(experimentRows(all, readouts, {}), undefined);
  expect(groups.map(({ group, rows }) => [group, rows.map((row) => row.experiment.key)])).toEqual([
    ['decision', ['ready']],
    ['collecting', ['new', 'old']],
    ['drafts', ['draft']],
  ]);
});

it('filters by text in name or key and by owner', () => {
  const keys = (search: Parameters<typeof experimentRows>[2]) =>
    experimentRows(all, readouts, search).map((row) => row.experiment.key);
  expect(keys({ q: 'READY' })).toEqual(['ready']);
  expect(keys({ owner: 'search' })).toEqual(['new']);
  expect(keys({ metric: 'other' })).toEqual([]);
});

it('counts what each choice would show', () => {
  expect(shownCounts(experimentRows(all, readouts, {}))).toEqual({
    needs: 1,
    running: 3,
    drafts: 1,
    decided: 0,
    all: 4,
  });
});
