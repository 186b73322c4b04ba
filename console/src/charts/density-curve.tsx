import { ChartFrame, type ChartTable } from './chart-frame.tsx';
import { densityGeometry, type DensityGeometry } from './density-model.ts';

type DensityProps = {
  label: string;
  table: ChartTable;
  estimate: number;
  standardError: number;
  mde: number | undefined;
  good: 'up' | 'down';
  /** Large, with one or two lines under it. */
  headline: string;
  caption: readonly string[];
  mdeName: string;
  format: (value: number) => string;
};
const height = 206;

/** How plausible each size of the true lift is: harm, a lift below the MDE, and beyond it. */
export function DensityCurve(props: DensityProps) {
  const { label, table, estimate, standardError, mde, good } = props;
  return (
    <ChartFrame label={label} table={table} height={height}>
      {(width) => (
        <Picture
          {...props}
          width={width}
          g={densityGeometry({ estimate, standardError, mde, good, width, height })}
        />
      )}
    </ChartFrame>
  );
}

function Picture(props: DensityProps & { g: DensityGeometry; width: number }) {
  const { g, width, headline, caption, mdeName, format } = props;
  const { x, anchor } = g.caption;
  return (
    <>
      <path d={g.harm} fill="var(--lose)" fillOpacity=".5" />
      <path d={g.some} fill="var(--win)" fillOpacity=".18" />
      <path d={g.beyond} fill="var(--win)" fillOpacity=".42" />
      <path d={g.outline} fill="none" stroke="var(--win)" strokeWidth="1.5" />
      <line x1="14" x2={width - 14} y1={g.floor} y2={g.floor} stroke="var(--line2)" />
      <line x1={g.zero} x2={g.zero} y1="30" y2={g.floor + 4} stroke="var(--ink4)" />
      {g.mde !== null && (
        <>
          <line
            x1={g.mde}
            x2={g.mde}
            y1="30"
            y2={g.floor + 4}
            stroke="var(--ink3)"
            strokeDasharray="2 3"
          />
          <text x={g.mde} y="24" fontSize="11" textAnchor="middle" fill="var(--ink3)">
            {mdeName}
          </text>
        </>
      )}
      {g.ticks
        .filter(({ at }) => at > 24 && at < width - 24)
        .map(({ value, at }) => (
          <text
            key={value}
            x={at}
            y={g.floor + 16}
            fontSize="11"
            textAnchor="middle"
            fill="var(--ink3)"
          >
            {format(value)}
          </text>
        ))}
      {/* A rim in the colour of the card: the words may cross the line of the MDE. */}
      <g stroke="var(--surface)" strokeWidth="4" strokeLinejoin="round" paintOrder="stroke">
        <text x={x} y="62" textAnchor={anchor} fontSize="20" fontWeight="600" fill="var(--win)">
          {headline}
        </text>
        {caption.map((text, i) => (
          <text
            key={text}
            x={x}
            y={80 + 15 * i}
            textAnchor={anchor}
            fontSize="11.5"
            fill="var(--ink2)"
          >
            {text}
          </text>
        ))}
      </g>
    </>
  );
}
