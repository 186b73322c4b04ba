import { sparkGeometry, type SparkPoint } from './sparkline-model.ts';

/** The lift by day as small as a word; its row says the figures. */
export function Sparkline(props: {
  points: readonly SparkPoint[];
  tone: 'win' | 'lose' | 'neutral';
  width?: number;
  height?: number;
}) {
  const { points, tone, width = 72, height = 26 } = props;
  const g = sparkGeometry(points, width, height);
  return (
    <svg width={width} height={height} aria-hidden="true" className="block">
      <path d={g.band} fill="var(--neu)" fillOpacity=".14" />
      <line x1="0" x2={width} y1={g.zero} y2={g.zero} stroke="var(--ink4)" strokeWidth=".75" />
      <path d={g.line} fill="none" stroke={colours[tone]} strokeWidth="1.5" />
    </svg>
  );
}
const colours = { win: 'var(--win)', lose: 'var(--lose)', neutral: 'var(--neu)' } as const;
