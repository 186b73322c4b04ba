import { useRef } from 'react';
import { useWidth } from './chart-frame.tsx';
import { splitGeometry, type SplitPart } from './split-model.ts';

/** Buckets as a bar cut into shares, with an arrow where one unit falls. */
export function SplitBar(props: {
  label: string;
  parts: readonly SplitPart[];
  bucket: number | null;
  bucketName: string;
  total: number;
}) {
  const { label, parts, bucket, bucketName, total } = props;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 560);
  const g = splitGeometry(parts, bucket, total, width);
  return (
    <div ref={box} className="mt-2 max-w-[560px] min-w-0 overflow-hidden">
      <svg
        role="img"
        aria-label={label}
        width={width}
        height="50"
        viewBox={`0 0 ${width} 50`}
        className="block"
      >
        {g.parts.map((part) => (
          <g key={`${part.from} ${part.label}`}>
            <rect
              x={part.x}
              y="18"
              width={part.width}
              height="14"
              rx="3"
              fill={part.color ?? 'var(--neubg)'}
              fillOpacity={part.color === undefined ? 1 : 0.5}
            />
            {part.width > 6.2 * part.label.length && (
              <text
                x={part.x + part.width / 2}
                y="46"
                fontSize="11"
                textAnchor="middle"
                fill="var(--ink3)"
              >
                {part.label}
              </text>
            )}
          </g>
        ))}
        {g.marker !== null && (
          <>
            <path d={`M${g.marker.x} 18l-4.5-7h9z`} fill="var(--ink)" />
            <rect x={g.marker.x - 1} y="16" width="2" height="18" fill="var(--ink)" />
            <text
              x={g.marker.x + (g.marker.anchor === 'start' ? 8 : -8)}
              y="11"
              fontSize="11.5"
              fontWeight="600"
              textAnchor={g.marker.anchor}
              fill="var(--ink)"
            >
              {bucketName}
            </text>
          </>
        )}
      </svg>
    </div>
  );
}
