import { ChartSpline, Table2 } from 'lucide-react';
import { useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { charts as en } from '../locales/en/charts.ts';
import { charts as zh } from '../locales/zh-CN/charts.ts';
import { texts } from '../lib/i18n.ts';

const useText = texts(en, zh);

/** What a chart says in words and figures; the first column names the row. */
export type ChartTable = {
  columns: readonly string[];
  rows: readonly (readonly string[])[];
};
type FrameProps = {
  /** One sentence that says what the picture shows. */
  label: string;
  table: ChartTable;
  height: number;
  /** Draws the inside of the SVG at this width in pixels. */
  children: (width: number) => ReactNode;
  /** Beside the table switch, under the picture. */
  legend?: ReactNode;
};

/** A picture as wide as its place, with its sentence and its figures as a table. */
export function ChartFrame({ label, table, height, children, legend }: FrameProps) {
  const t = useText();
  const [asTable, setAsTable] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 700);
  return (
    <div>
      <div ref={box} className="min-w-0 overflow-hidden">
        {asTable ? (
          <FigureTable label={label} table={table} height={height} />
        ) : (
          <svg
            role="img"
            aria-label={label}
            width={width}
            height={height}
            viewBox={`0 0 ${width} ${height}`}
            className="block"
          >
            {children(width)}
          </svg>
        )}
      </div>
      <div className="flex min-h-6 flex-wrap items-center gap-x-5 gap-y-1">
        {!asTable && legend}
        <AriaButton
          onPress={() => {
            setAsTable(!asTable);
          }}
          className="no-print ml-auto inline-flex h-6 items-center gap-1 rounded-small px-1.5 text-note text-ink3 data-hovered:bg-hover data-hovered:text-ink"
        >
          {asTable ? (
            <ChartSpline size={12} aria-hidden="true" />
          ) : (
            <Table2 size={12} aria-hidden="true" />
          )}
          {asTable ? t.viewChart : t.viewTable}
        </AriaButton>
      </div>
    </div>
  );
}

function FigureTable({
  label,
  table,
  height,
}: {
  label: string;
  table: ChartTable;
  height: number;
}) {
  return (
    // Scrolled by keyboard too, so it takes the focus.
    <div role="region" aria-label={label} tabIndex={0} className="overflow-auto" style={{ height }}>
      <table className="w-full text-label">
        <thead>
          <tr className="text-ink3">
            {table.columns.map((column, i) => (
              <th
                key={column}
                scope="col"
                className={`sticky top-0 h-7 bg-surface px-2 font-medium ${i === 0 ? 'text-left' : 'text-right'}`}
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(([name = '', ...cells]) => (
            <tr key={name} className="border-t border-line">
              <th scope="row" className="h-7 px-2 text-left font-normal whitespace-nowrap">
                {name}
              </th>
              {cells.map((value, i) => (
                // oxlint-disable-next-line react/no-array-index-key -- cells have no identity but their place
                <td key={i} className="px-2 text-right whitespace-nowrap">
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The width of an element, followed as it changes. */
export function useWidth(ref: RefObject<HTMLElement | null>, first: number): number {
  const [width, setWidth] = useState(first);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null || typeof ResizeObserver === 'undefined') return undefined;
    const measure = () => {
      if (element.clientWidth > 0) setWidth(element.clientWidth);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [ref]);
  return width;
}
