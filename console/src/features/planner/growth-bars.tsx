import type { Growth } from './growth.ts';

/** New units on each measured day, as small as a line of text. */
export function GrowthBars({ label, growth }: { label: string; growth: Growth }) {
  const days = growth.map((units, i) => units - (growth[i - 1] ?? 0));
  const most = Math.max(1, ...days);
  const height = 30;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${days.length * 10} ${height}`}
      preserveAspectRatio="none"
      className="block h-[30px] w-full"
    >
      {days.map((units, i) => {
        const h = Math.max(1, (units / most) * (height - 2));
        return (
          <rect
            // oxlint-disable-next-line react/no-array-index-key -- a day is its place
            key={i}
            x={i * 10 + 1}
            y={height - h}
            width="8"
            height={h}
            rx="1.5"
            fill="var(--neumid)"
            fillOpacity=".5"
          />
        );
      })}
    </svg>
  );
}
