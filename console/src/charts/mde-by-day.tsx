import { useId } from 'react';
import { ChartFrame, type ChartTable } from './chart-frame.tsx';
import { Hatch } from './hatch.tsx';
import { textWidth } from './text-width.ts';
import { mdeGeometry, type MdeCurve, type MdeGeometry } from './mde-model.ts';

export type MdeWords = {
  /** Under each curve, the main one first. */
  curves: readonly string[];
  enrol: string;
  mature: string;
  cross: (day: number) => string;
  weekend: string;
};
type MdeProps = {
  label: string;
  table: ChartTable;
  curves: readonly MdeCurve[];
  mde: number;
  enrolDays: number | null;
  maturationDays: number;
  words: MdeWords;
  format: (lift: number) => string;
  /** What stands under this day of the axis. */
  dayName: (day: number) => string;
  /** Draws a strip of days under the axis, those at weekends darker. */
  isWeekend?: ((day: number) => boolean) | undefined;
};
const height = 250;
const looks = [
  { stroke: 'var(--ink)', width: 2, dash: undefined },
  { stroke: 'var(--vC)', width: 1.75, dash: '5 3' },
] as const;

/** The smallest lift that can be detected after so many days: once at the end, or on any day. */
export function MdeByDay(props: MdeProps) {
  const { label, table, curves, mde, enrolDays, maturationDays } = props;
  return (
    <ChartFrame label={label} table={table} height={height}>
      {(width) => (
        <Picture
          {...props}
          g={mdeGeometry({ curves, mde, enrolDays, maturationDays, width, height })}
        />
      )}
    </ChartFrame>
  );
}

function Picture({ g, words, format, dayName, isWeekend }: MdeProps & { g: MdeGeometry }) {
  const { plot } = g;
  return (
    <>
      <Zones g={g} words={words} />
      {g.yTicks.map(({ value, at }) => (
        <g key={value}>
          <line x1={plot.left} x2={plot.right} y1={at} y2={at} stroke="var(--line)" />
          <text x={plot.left - 8} y={at + 4} fontSize="11" textAnchor="end" fill="var(--ink3)">
            {format(value)}
          </text>
        </g>
      ))}
      <line
        x1={plot.left}
        x2={plot.right}
        y1={plot.bottom}
        y2={plot.bottom}
        stroke="var(--line2)"
      />
      {g.paths.toReversed().map((d, i) => {
        const look = looks[g.paths.length - 1 - i] ?? looks[1];
        return (
          <path
            key={look.stroke}
            d={d}
            fill="none"
            stroke={look.stroke}
            strokeWidth={look.width}
            strokeDasharray={look.dash}
          />
        );
      })}
      <CurveNames g={g} names={words.curves} />
      {g.cross !== null && <Cross g={g} cross={g.cross} text={words.cross(g.cross.day)} />}
      {isWeekend !== undefined && <DayStrip g={g} isWeekend={isWeekend} name={words.weekend} />}
      {g.xTicks.map(({ value, at }) => (
        <text
          key={value}
          x={at}
          y={plot.bottom + 17}
          fontSize="11"
          textAnchor={at < plot.left + 12 ? 'start' : at > plot.right - 12 ? 'end' : 'middle'}
          fill="var(--ink3)"
        >
          {dayName(value)}
        </text>
      ))}
    </>
  );
}

function Zones({ g, words }: { g: MdeGeometry; words: MdeWords }) {
  const id = useId();
  const { plot } = g;
  const tall = { y: plot.top, height: plot.bottom - plot.top, fillOpacity: 0.65 };
  const title = { y: plot.top + 15, fontSize: 11, fontWeight: 600, fill: 'var(--accent)' } as const;
  return (
    <>
      <Hatch id={id} kind="mature" />
      {g.enrol !== null && (
        <>
          <rect {...g.enrol} {...tall} fill="var(--accentbg)" />
          {g.enrol.width > 70 && (
            <text {...title} x={g.enrol.x + g.enrol.width / 2} textAnchor="middle">
              {words.enrol}
            </text>
          )}
        </>
      )}
      {g.mature !== null && (
        <>
          <rect {...g.mature} {...tall} fill={`url(#${id})`} />
          {g.mature.width > 70 && (
            <text {...title} x={g.mature.x + g.mature.width / 2} textAnchor="middle">
              {words.mature}
            </text>
          )}
        </>
      )}
    </>
  );
}

/** Along the curves; where they are crowded, in the corner that falling curves leave free. */
function CurveNames({ g, names }: { g: MdeGeometry; names: readonly string[] }) {
  return names.map((name, i) => {
    const spot = g.labels[i] ?? null;
    const { stroke, width, dash } = looks[i] ?? looks[1];
    const text = { fontSize: 11, fontWeight: 500, fill: stroke };
    if (spot !== null)
      return (
        <text
          key={name}
          {...text}
          x={spot.x}
          y={spot.below ? Math.min(spot.y + 15, g.plot.bottom - 4) : spot.y - 8}
          textAnchor="middle"
        >
          {name}
        </text>
      );
    const y = g.plot.top + 34 + 16 * i;
    const line = { y1: y - 4, y2: y - 4, stroke, strokeWidth: width, strokeDasharray: dash };
    return (
      <g key={name}>
        <text {...text} x={g.plot.right - 28} y={y} textAnchor="end">
          {name}
        </text>
        <line {...line} x1={g.plot.right - 22} x2={g.plot.right - 4} />
      </g>
    );
  });
}

function Cross(props: { g: MdeGeometry; cross: NonNullable<MdeGeometry['cross']>; text: string }) {
  const { g, cross, text } = props;
  const left = cross.x > 220 || cross.x + 9 + textWidth(text) > g.plot.right;
  return (
    <>
      <path
        d={`M${g.plot.left} ${cross.y}H${cross.x}V${g.plot.bottom}`}
        fill="none"
        stroke="var(--accent)"
      />
      <circle
        cx={cross.x}
        cy={cross.y}
        r="4.5"
        fill="var(--accent)"
        stroke="var(--surface)"
        strokeWidth="2"
      />
      <text
        x={cross.x + (left ? -9 : 9)}
        y={left ? cross.y + (cross.freeBelow ? 17 : -9) : g.plot.bottom - 10}
        fontSize="11"
        fontWeight="600"
        textAnchor={left ? 'end' : 'start'}
        fill="var(--accent)"
      >
        {text}
      </text>
    </>
  );
}

function DayStrip(props: { g: MdeGeometry; isWeekend: (day: number) => boolean; name: string }) {
  const { g, isWeekend, name } = props;
  const { plot } = g;
  const step = (plot.right - plot.left) / g.days;
  const y = plot.bottom + 26;
  const first = Array.from({ length: Math.floor(g.days) }, (_, day) => day).find(
    (day) => day > 1 && isWeekend(day),
  );
  return (
    <>
      {Array.from({ length: Math.floor(g.days) }, (_, day) => (
        <rect
          key={day}
          x={plot.left + day * step + 1}
          y={y}
          width={Math.max(1, step - 2)}
          height="8"
          rx="2"
          fill={isWeekend(day) ? 'var(--neumid)' : 'var(--neubg)'}
          fillOpacity={isWeekend(day) ? 0.5 : 1}
        />
      ))}
      {first !== undefined && (
        <text
          x={plot.left + (first + 1) * step}
          y={y + 22}
          fontSize="11"
          textAnchor="middle"
          fill="var(--ink3)"
        >
          {name}
        </text>
      )}
    </>
  );
}
