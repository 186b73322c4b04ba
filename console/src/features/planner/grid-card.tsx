import { TradeOffGrid, type TradeOffCell } from '../../charts/trade-off-grid.tsx';
import { useFormat } from '../../lib/format.ts';
import { Card } from '../../ui/card.tsx';
import { isRate, largestLift, type Inputs } from './inputs.ts';
import { gridCell, longestWeeks, type GridCell } from './outlook.ts';
import type { PlannerSearch } from './search.ts';
import { useText } from './text.ts';
import { useLiftText } from './use-lift-text.ts';

const lifts = [0.02, 0.03, 0.05, 0.08, 0.1, 0.15];
export const gridGroups = [2, 3, 4] as const;
export type References = ReadonlyMap<number, number>;

/** What each wish costs in weeks; a pressed cell becomes the plan. */
export function GridCard(props: {
  inputs: Inputs;
  /** Units per group at the reference lift, by number of groups. */
  references: References;
  referenceLift: number;
  unitOfMeasure: string | undefined;
  onSearch: (change: Partial<PlannerSearch>) => void;
}) {
  const { inputs, references, referenceLift, unitOfMeasure, onSearch } = props;
  const t = useText();
  const format = useFormat();
  const liftText = useLiftText();
  const sign = Math.sign(inputs.lift);
  const columns = [
    { name: t.grid.groups(2), groups: 2, use: inputs.use },
    { name: t.grid.half, groups: 2, use: inputs.use / 2 },
    { name: t.grid.groups(3), groups: 3, use: inputs.use },
    { name: t.grid.groups(4), groups: 4, use: inputs.use },
  ];
  const show = (x: number) =>
    isRate(inputs.kind) ? format.rate(x) : format.amount(x, unitOfMeasure);
  const wished = Math.abs(inputs.lift);
  const rows = [...new Set([...lifts, wished])]
    .filter((lift) => lift <= largestLift(inputs))
    .toSorted((a, b) => a - b)
    .slice(-7);
  return (
    <Card className="min-w-0" title={t.grid.title} note={t.grid.note(inputs.mature)}>
      {inputs.growth.length === 0 || inputs.value === null ? (
        <p className="px-4 pb-6 text-center text-ink2">{t.grid.none}</p>
      ) : (
        <div className="overflow-x-auto">
          <TradeOffGrid
            corner={t.grid.corner}
            columns={columns.map((column) => column.name)}
            rows={rows.map((lift) => ({
              name: liftText(sign * lift),
              note: t.lift.fromTo(
                show(inputs.value ?? 0),
                show((inputs.value ?? 0) * (1 + sign * lift)),
              ),
              cells: columns.map((column) => cellOf(lift, column)),
            }))}
          />
        </div>
      )}
    </Card>
  );

  function cellOf(
    lift: number,
    column: { name: string; groups: number; use: number },
  ): TradeOffCell {
    const perGroup = references.get(column.groups);
    const cell =
      perGroup === undefined
        ? undefined
        : gridCell(
            inputs,
            { perGroup, lift: referenceLift },
            { lift: sign * lift, groups: column.groups, use: column.use },
          );
    const text = cell === undefined ? '…' : cellText(cell);
    return {
      text,
      label: t.grid.cell(liftText(sign * lift), column.name, text),
      reach: cell?.reach ?? 'out',
      chosen: lift === wished && column.groups === inputs.groups && column.use === inputs.use,
      onPress: () => {
        onSearch({
          lift,
          groups: column.groups === 2 ? undefined : column.groups,
          use: column.use === 1 ? undefined : column.use,
        });
      },
    };
  }

  function cellText({ weeks }: GridCell): string {
    if (weeks === null) return t.grid.never;
    return weeks > longestWeeks ? t.grid.over(longestWeeks) : t.grid.weeks(weeks);
  }
}
