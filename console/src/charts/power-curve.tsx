import { ChartFrame, type ChartTable } from './chart-frame.tsx';
import { powerGeometry, type PowerGeometry } from './power-model.ts';

type PowerProps = {
  label: string;
  table: ChartTable;
  curve: readonly (readonly [number, number])[];
  mde: number;
  power: number;
  format: (lift: number) => string;
  share: (power: number) => string;
  axisName: string;
};
const height = 236;

/** The chance of a significant result by true lift. */
export function PowerCurve(props: PowerProps) {
  const { label, table, curve, mde, power } = props;
  return (
    <ChartFrame label={label} table={table} height={height}>
      {(width) => <Picture {...props} g={powerGeometry({ curve, mde, power, width, height })} />}
    </ChartFrame>
  );
}

function Picture({ g, power, format, share, axisName }: PowerProps & { g: PowerGeometry }) {
  const { plot, point } = g;
  const axisY = plot.bottom + 16;
  return (
    <>
      {g.yTicks.map(({ value, at }) => (
        <g key={value}>
          <line x1={plot.left} x2={plot.right} y1={at} y2={at} stroke="var(--line)" />
          {Math.abs(at - g.target) > 12 && (
            <text x={plot.left - 7} y={at + 4} fontSize="11" textAnchor="end" fill="var(--ink3)">
              {share(value)}
            </text>
          )}
        </g>
      ))}
      <line
        x1={plot.left}
        x2={plot.right}
        y1={g.target}
        y2={g.target}
        stroke="var(--accent)"
        strokeDasharray="3 3"
      />
      <text
        x={plot.left - 7}
        y={g.target + 4}
        fontSize="11"
        textAnchor="end"
        fill="var(--accent)"
        fontWeight="600"
      >
        {share(power)}
      </text>
      <path d={g.path} fill="none" stroke="var(--ink)" strokeWidth="2" />
      {point !== null && (
        <>
          <line x1={point.x} x2={point.x} y1={point.y} y2={plot.bottom} stroke="var(--accent)" />
          <circle
            cx={point.x}
            cy={point.y}
            r="4.5"
            fill="var(--accent)"
            stroke="var(--surface)"
            strokeWidth="2"
          />
          <text
            x={point.x + 9}
            y={Math.min(point.y + 26, plot.bottom - 8)}
            fontSize="11.5"
            fontWeight="600"
            fill="var(--accent)"
          >
            {share(point.power)}
          </text>
        </>
      )}
      {g.xTicks
        .filter(({ at }) => at < plot.right - 70)
        .map(({ value, at }) => (
          <text key={value} x={at} y={axisY} fontSize="11" textAnchor="middle" fill="var(--ink3)">
            {format(value)}
          </text>
        ))}
      <text x={plot.right} y={axisY} fontSize="11" textAnchor="end" fill="var(--ink3)">
        {axisName}
      </text>
    </>
  );
}
