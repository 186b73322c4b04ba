import { useId } from 'react';
import { ChartFrame, type ChartTable } from './chart-frame.tsx';
import { Hatch } from './hatch.tsx';
import { textWidth } from './text-width.ts';
import {
  clearSince,
  liftGeometry,
  type LiftDay,
  type LiftGeometry,
  type LiftPoint,
} from './lift-model.ts';

export type LiftWords = {
  mde: string;
  plannedEnd: string;
  /** "stays above 0 from day 8"; null when it does not. */
  clear: (day: number, side: 'above' | 'below') => string;
};
type LiftProps = {
  label: string;
  table: ChartTable;
  days: readonly LiftDay[];
  /** Days on the axis: the plan, or as many as there are. */
  length: number;
  mde: number | undefined;
  /** A running total as a band with a line, or each day's newcomers as bars of their own. */
  by: 'cumulative' | 'cohort';
  tone: 'win' | 'lose' | 'neutral';
  words: LiftWords;
  format: (value: number) => string;
  /** The date on this day of the axis, counted from 0. */
  dayName: (index: number) => string;
};

const height = 330;
const colours = { win: 'var(--win)', lose: 'var(--lose)', neutral: 'var(--neu)' } as const;

/** The lift by day with its 80 and 95 % bands, the daily exposures below, and what is still to come hatched. */
export function LiftOverTime(props: LiftProps) {
  const { label, table, days, length, mde } = props;
  return (
    <ChartFrame label={label} table={table} height={height}>
      {(width) => <Picture {...props} g={liftGeometry({ days, length, mde, width, height })} />}
    </ChartFrame>
  );
}

function Picture(props: LiftProps & { g: LiftGeometry }) {
  const { g, days, by, tone, words, format, dayName } = props;
  const futureId = useId();
  const clipId = useId();
  const colour = colours[tone];
  const { plot } = g;
  return (
    <>
      <Hatch id={futureId} kind="future" />
      <clipPath id={clipId}>
        <rect x="0" y={plot.top} width={plot.right + 14} height={plot.bottom - plot.top} />
      </clipPath>
      {g.future !== null && (
        <rect
          x={g.future}
          y={plot.top}
          width={plot.right - g.future}
          height={plot.bottom - plot.top}
          fill={`url(#${futureId})`}
        />
      )}
      {g.yTicks.map(({ value, at }) => (
        <g key={value}>
          <line
            x1={plot.left}
            x2={plot.right}
            y1={at}
            y2={at}
            stroke={value === 0 ? 'var(--ink4)' : 'var(--line)'}
          />
          <text x={plot.left - 8} y={at + 4} fontSize="11" textAnchor="end" fill="var(--ink3)">
            {format(value)}
          </text>
        </g>
      ))}
      <g clipPath={`url(#${clipId})`}>
        {by === 'cumulative' ? (
          <Running g={g} colour={colour} />
        ) : (
          <Cohorts points={g.points} colour={colour} />
        )}
      </g>
      {g.mde !== null && (
        <>
          <line
            x1={plot.left}
            x2={plot.right}
            y1={g.mde}
            y2={g.mde}
            stroke="var(--ink3)"
            strokeDasharray="2 3"
          />
          <text x={plot.right - 4} y={g.mde - 5} fontSize="11" textAnchor="end" fill="var(--ink3)">
            {words.mde}
          </text>
        </>
      )}
      {g.future !== null && plot.right - g.future > 60 && (
        <text x={plot.right} y="17" fontSize="11" textAnchor="end" fill="var(--ink3)">
          {words.plannedEnd}
        </text>
      )}
      {by === 'cumulative' && <ClearMark g={g} days={days} colour={colour} words={words} />}
      {g.points.map(({ bar }, i) => (
        <rect key={days[i]?.day ?? i} {...bar} rx="1.5" fill="var(--neumid)" fillOpacity=".55" />
      ))}
      {g.xTicks.map(({ index, at }) => (
        <text
          key={index}
          x={at}
          y={g.barFloor + 16}
          fontSize="11"
          textAnchor={anchor(at, plot)}
          fill="var(--ink3)"
        >
          {dayName(index)}
        </text>
      ))}
    </>
  );
}

function anchor(at: number, plot: { left: number; right: number }): 'start' | 'middle' | 'end' {
  if (at < plot.left + 20) return 'start';
  return at > plot.right - 20 ? 'end' : 'middle';
}

function Running({ g, colour }: { g: LiftGeometry; colour: string }) {
  const last = g.points.findLast((p) => p.y !== null);
  return (
    <>
      <path d={g.band95} fill={colour} fillOpacity=".12" />
      <path d={g.band80} fill={colour} fillOpacity=".14" />
      <path d={g.line} fill="none" stroke={colour} strokeWidth="2" strokeLinejoin="round" />
      {last !== undefined && last.y !== null && (
        <circle
          cx={last.x}
          cy={last.y}
          r="4"
          fill={colour}
          stroke="var(--surface)"
          strokeWidth="2"
        />
      )}
    </>
  );
}

function Cohorts({ points, colour }: { points: readonly LiftPoint[]; colour: string }) {
  return points.map((p) =>
    p.y === null ? null : (
      <g key={p.x} stroke={colour}>
        <line x1={p.x} x2={p.x} y1={p.low} y2={p.high} strokeWidth="5" strokeOpacity=".16" />
        <line x1={p.x} x2={p.x} y1={p.low80} y2={p.high80} strokeWidth="5" strokeOpacity=".32" />
        <circle cx={p.x} cy={p.y} r="3.5" fill={colour} stroke="var(--surface)" strokeWidth="1.5" />
      </g>
    ),
  );
}

/** From which day on the interval left 0 for good, said above the plot. */
function ClearMark(props: {
  g: LiftGeometry;
  days: readonly LiftDay[];
  colour: string;
  words: LiftWords;
}) {
  const { g, days, colour, words } = props;
  const clear = clearSince(days);
  const point = clear === null ? undefined : g.points[clear.day - 1];
  if (clear === null || point === undefined || point.y === null || days.length < 3) return null;
  const text = words.clear(clear.day, clear.side);
  const room = g.plot.right - (g.future === null ? 0 : textWidth(words.plannedEnd) + 16);
  const right = point.x + 5 + textWidth(text) > room;
  return (
    <>
      <line x1={point.x} x2={point.x} y1={point.y - 8} y2="22" stroke={colour} />
      <text
        x={point.x + (right ? -5 : 5)}
        y="17"
        fontSize="11"
        textAnchor={right ? 'end' : 'start'}
        fill={colour}
        fontWeight="500"
      >
        {text}
      </text>
    </>
  );
}
