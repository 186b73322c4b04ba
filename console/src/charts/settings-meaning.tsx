import { ChartFrame, type ChartTable } from './chart-frame.tsx';
import { settingsGeometry, type SettingsGeometry } from './settings-model.ts';

export type SettingsWords = {
  none: string;
  real: string;
  win: string;
  falseAlarm: string;
  missed: string;
  found: string;
};
type SettingsProps = {
  label: string;
  table: ChartTable;
  alpha: number;
  power: number;
  words: SettingsWords;
};
const height = 200;

/** Two worlds, one without an effect and one with the wanted lift, cut by the threshold that calls a win. */
export function SettingsMeaning(props: SettingsProps) {
  const { label, table, alpha, power, words } = props;
  return (
    <ChartFrame label={label} table={table} height={height} legend={<Legend words={words} />}>
      {(width) => (
        <Picture
          words={words}
          width={width}
          g={settingsGeometry({ alpha, power, width, height })}
        />
      )}
    </ChartFrame>
  );
}

function Picture(props: { g: SettingsGeometry; words: SettingsWords; width: number }) {
  const { g, words, width } = props;
  return (
    <>
      <path d={g.found} fill="var(--accent)" fillOpacity=".16" />
      <path d={g.missed} fill="var(--warnmid)" fillOpacity=".45" />
      {g.falseAlarms.map((d) => (
        <path key={d} d={d} fill="var(--lose)" fillOpacity=".75" />
      ))}
      <path d={g.none} fill="none" stroke="var(--vA)" strokeWidth="1.75" />
      <path d={g.real} fill="none" stroke="var(--accent)" strokeWidth="1.75" />
      <line x1="20" x2={width - 20} y1={g.floor} y2={g.floor} stroke="var(--line2)" />
      <line
        x1={g.threshold}
        x2={g.threshold}
        y1="18"
        y2={g.floor + 6}
        stroke="var(--ink)"
        strokeDasharray="3 3"
      />
      <g fontSize="11.5">
        <text
          x={Math.min(g.centres.none, g.threshold - 40)}
          y="56"
          textAnchor="middle"
          fill="var(--ink2)"
        >
          {words.none}
        </text>
        <text
          x={Math.max(g.centres.real, g.threshold + 8)}
          y="56"
          textAnchor={g.centres.real > g.threshold + 50 ? 'middle' : 'start'}
          fill="var(--accent)"
          fontWeight="500"
        >
          {words.real}
        </text>
        <text x={g.threshold + 6} y="30" fill="var(--ink)" fontWeight="500">
          {words.win}
        </text>
      </g>
    </>
  );
}

function Legend({ words }: { words: SettingsWords }) {
  const marks = [
    [words.falseAlarm, 'bg-lose opacity-75'],
    [words.missed, 'bg-warnmid opacity-60'],
    [words.found, 'bg-accent opacity-30'],
  ] as const;
  return marks.map(([text, colour]) => (
    <span key={text} className="inline-flex items-center gap-1.5 text-axis text-ink3">
      <span aria-hidden="true" className={`size-2.5 rounded-[2px] ${colour}`} />
      {text}
    </span>
  ));
}
