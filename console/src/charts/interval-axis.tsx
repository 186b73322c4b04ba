import { ticks, type Domain } from './axis.ts';

/** The numbers over a column of interval bars. */
export function IntervalAxis(props: {
  domain: Domain;
  width: number;
  format: (value: number) => string;
}) {
  const { domain, width, format } = props;
  const shown = ticks(domain, [0, width], Math.min(7, Math.max(3, Math.floor(width / 55))));
  return (
    <svg width={width} height="22" aria-hidden="true" className="block max-w-full">
      {shown
        .filter(({ at }) => at > 14 && at < width - 14)
        .map(({ value, at }) => (
          <text
            key={value}
            x={at}
            y="15"
            textAnchor="middle"
            fontSize="11"
            fill="var(--ink3)"
            fontWeight={value === 0 ? 600 : 400}
          >
            {format(value)}
          </text>
        ))}
    </svg>
  );
}
