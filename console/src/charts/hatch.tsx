/** Diagonal lines: `harm` is the zone beyond a margin, `future` what is still to come, `mature` waiting for outcomes. */
export function Hatch({ id, kind }: { id: string; kind: 'harm' | 'future' | 'mature' }) {
  const { back, line, width, opacity } = looks[kind];
  return (
    <defs>
      <pattern
        id={id}
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        {back !== undefined && <rect width="6" height="6" fill={back} />}
        <line
          x1="0"
          x2="0"
          y1="0"
          y2="6"
          stroke={line}
          strokeOpacity={opacity}
          strokeWidth={width}
        />
      </pattern>
    </defs>
  );
}
const looks = {
  harm: { back: 'var(--losebg)', line: 'var(--hatch)', width: 2, opacity: 1 },
  future: { back: undefined, line: 'var(--line)', width: 1.5, opacity: 1 },
  mature: { back: 'var(--accentbg)', line: 'var(--accent)', width: 2, opacity: 0.22 },
} as const;
