import { Button } from 'react-aria-components';

export type TradeOffCell = {
  text: string;
  /** Said to a screen reader: row, column and outcome. */
  label: string;
  /** How near: within a month, two, three, or further. */
  reach: 'near' | 'middle' | 'far' | 'out';
  chosen: boolean;
  onPress: () => void;
};
type TradeOffProps = {
  corner: string;
  columns: readonly string[];
  rows: readonly { name: string; note: string; cells: readonly TradeOffCell[] }[];
};
const fills = {
  near: 'bg-[color-mix(in_srgb,var(--accent)_30%,var(--surface))]',
  middle: 'bg-[color-mix(in_srgb,var(--accent)_16%,var(--surface))]',
  far: 'bg-[color-mix(in_srgb,var(--accent)_6%,var(--surface))] text-ink2',
  out: 'bg-surface2 text-ink3',
} as const;

/** What each wish costs in time; a cell adopts its wish. */
export function TradeOffGrid({ corner, columns, rows }: TradeOffProps) {
  return (
    <table className="w-full min-w-[560px] table-fixed border-separate border-spacing-[3px] px-[13px] pb-3.5">
      <thead>
        <tr className="text-label text-ink3">
          <th scope="col" className="h-[26px] w-[230px] text-left font-normal max-lg:w-[150px]">
            {corner}
          </th>
          {columns.map((column) => (
            <th key={column} scope="col" className="text-center font-normal">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row" className="h-[30px] text-left font-semibold">
              {row.name}
              <span className="sub ml-2 font-normal max-lg:hidden">{row.note}</span>
            </th>
            {row.cells.map((cell, i) => (
              <td key={columns[i] ?? i} className="p-0 text-center">
                <Button
                  aria-label={cell.label}
                  aria-pressed={cell.chosen}
                  onPress={cell.onPress}
                  className={`h-[30px] w-full rounded-[6px] font-medium ${fills[cell.reach]} ${
                    cell.chosen ? 'font-semibold outline-2 outline-accent' : ''
                  } data-focus-visible:outline-2 data-focus-visible:outline-offset-2`}
                >
                  {cell.text}
                </Button>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
