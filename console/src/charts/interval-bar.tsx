import { useId } from 'react';
import type { Domain } from './axis.ts';
import { Hatch } from './hatch.tsx';
import { intervalGeometry, type IntervalGeometry, type Span, type Tone } from './interval-model.ts';

type IntervalBarProps = {
  label: string;
  domain: Domain;
  width: number;
  height?: number;
  estimate: number | null;
  /** Widest first: 95, 80, 50 %. */
  spans: readonly Span[];
  tone: Tone;
  mde?: number | undefined;
  margin?: number | undefined;
};

const fills: Record<Tone, string> = {
  win: 'var(--win)',
  lose: 'var(--lose)',
  neutral: 'var(--neu)',
  warn: 'var(--warnmid)',
  insufficient: 'none',
};
const opacities = [0.22, 0.42, 0.62];

/** One result on the shared axis: nested intervals, an ink tick at the estimate, harm hatched, MDE dotted. */
export function IntervalBar(props: IntervalBarProps) {
  const { label, domain, width, height = 50, estimate, spans, tone, mde, margin } = props;
  const hatchId = useId();
  const g = intervalGeometry({ domain, width, estimate, spans, mde, margin });
  return (
    <svg
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className="block max-w-full"
    >
      {g.hatch !== null && (
        <>
          <Hatch id={hatchId} kind="harm" />
          <rect x={g.hatch.x} width={g.hatch.width} height={height} fill={`url(#${hatchId})`} />
          <Upright x={g.hatch.edge} height={height} stroke="var(--losemid)" />
        </>
      )}
      <Upright x={g.zero} height={height} stroke="var(--ink4)" />
      {g.mde !== null && <Upright x={g.mde} height={height} stroke="var(--ink4)" dash="2 3" />}
      {tone === 'insufficient' ? (
        <Pending g={g} height={height} />
      ) : (
        <Graded g={g} height={height} fill={fills[tone]} />
      )}
    </svg>
  );
}

function Upright(props: { x: number; height: number; stroke: string; dash?: string }) {
  const { x, height, stroke, dash } = props;
  return <line x1={x} x2={x} y1="0" y2={height} stroke={stroke} strokeDasharray={dash} />;
}

function Graded({ g, height, fill }: { g: IntervalGeometry; height: number; fill: string }) {
  const middle = height / 2;
  const widest = g.bars[0];
  return (
    <>
      {g.bars.map((bar, i) => (
        <rect
          key={opacities[i] ?? i}
          x={bar.x}
          y={middle - 5}
          width={bar.width}
          height="10"
          rx="3"
          fill={fill}
          fillOpacity={opacities[i]}
        />
      ))}
      {g.chevrons.left && <path d={`M7 ${middle - 4}l-4 4 4 4`} {...chevron} />}
      {g.chevrons.right && widest !== undefined && (
        <path d={`M${widest.x + widest.width - 7} ${middle - 4}l4 4-4 4`} {...chevron} />
      )}
      {g.estimate !== null && (
        <rect
          x={g.estimate - 1.25}
          y={middle - 8}
          width="2.5"
          height="16"
          rx="1"
          fill="var(--ink)"
        />
      )}
    </>
  );
}
const chevron = {
  fill: 'none',
  stroke: 'var(--ink2)',
  strokeWidth: 1.5,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

/** Too little data for a claim: an outline and a hollow point. */
function Pending({ g, height }: { g: IntervalGeometry; height: number }) {
  const middle = height / 2;
  const widest = g.bars[0];
  const stroke = 'var(--neumid)';
  return (
    <>
      {widest !== undefined && (
        <rect
          x={widest.x + 0.5}
          y={middle - 5}
          width={Math.max(widest.width - 1, 1)}
          height="10"
          rx="3"
          fill="none"
          stroke={stroke}
          strokeDasharray="3 3"
        />
      )}
      {g.estimate !== null && (
        <circle
          cx={g.estimate}
          cy={middle}
          r="3"
          fill="var(--surface)"
          stroke={stroke}
          strokeWidth="1.5"
        />
      )}
    </>
  );
}
