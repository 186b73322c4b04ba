import type { Experiment, Readout } from '@assay/server/contract';
import { attention, groupOrder, inShownGroup, type Attention, type Group } from './model.ts';
import { groups as shownGroups, type ExperimentsSearch, type ShownGroup } from './search.ts';

export type ExperimentRow = Attention & { experiment: Experiment; readout: Readout | undefined };

/** Every experiment with what it waits for, filtered as the address says; inside a group the newest first. */
export function experimentRows(
  experiments: readonly Experiment[],
  readouts: ReadonlyMap<string, Readout>,
  search: ExperimentsSearch,
): ExperimentRow[] {
  return experiments
    .filter((experiment) => matches(experiment, search))
    .map((experiment) => {
      const readout = readouts.get(experiment.key);
      return { experiment, readout, ...attention(experiment, readout) };
    })
    .toSorted((a, b) => newest(b.experiment).localeCompare(newest(a.experiment)));
}

function matches(experiment: Experiment, { q, owner, metric, layer }: ExperimentsSearch): boolean {
  const text = `${experiment.name ?? ''} ${experiment.key}`.toLowerCase();
  return (
    (q === undefined || text.includes(q.toLowerCase())) &&
    (owner === undefined || experiment.owner === owner) &&
    (metric === undefined || experiment.metrics.primary === metric) &&
    (layer === undefined || experiment.layer?.key === layer)
  );
}
function newest({ decision, startedAt, createdAt }: Experiment): string {
  return decision?.at ?? startedAt ?? createdAt;
}

export function grouped(
  rows: readonly ExperimentRow[],
  show: ShownGroup | undefined,
): { group: Group; rows: ExperimentRow[] }[] {
  return groupOrder
    .filter((group) => inShownGroup(group, show))
    .map((group) => ({ group, rows: rows.filter((row) => row.group === group) }))
    .filter(({ rows: members }) => members.length > 0);
}

export function shownCounts(rows: readonly ExperimentRow[]): Record<ShownGroup | 'all', number> {
  const counted = shownGroups.map((show) => [
    show,
    rows.filter(({ group }) => inShownGroup(group, show)).length,
  ]);
  return Object.fromEntries([...counted, ['all', rows.length]]) as Record<
    ShownGroup | 'all',
    number
  >;
}
