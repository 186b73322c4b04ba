import type { Experiment, Holdout, Layer } from '@assay/server/contract';
import { useFormat } from '../../lib/format.ts';
import { Card } from '../../ui/card.tsx';
import { classes } from '../../ui/classes.ts';
import { layerRows, type Stretch } from './layer-map.ts';
import type { ExperimentRow } from './rows.ts';
import { useText } from './text.ts';

const hatch = 'repeating-linear-gradient(45deg,var(--neumid) 0 2px,transparent 2px 6px)';

/** The layers as bars, with who owns which part; the holdouts under them. */
export function LayerCard(props: {
  layers: readonly Layer[];
  holdouts: readonly Holdout[];
  rows: readonly ExperimentRow[];
}) {
  const t = useText().map;
  const f = useFormat();
  const { rows } = props;
  const experiments: Experiment[] = rows.map(({ experiment }) => experiment);
  const layers = layerRows(props.layers, experiments).filter(
    ({ stretches }) => stretches.length > 0,
  );
  return (
    <Card title={t.title} note={t.note} className="mt-4">
      <div className="px-4 pt-0.5 pb-3.5">
        {layers.length === 0 && props.holdouts.length === 0 && <p className="sub">{t.none}</p>}
        {layers.map(({ layer, stretches, free }) => (
          <div key={layer} className={line}>
            <span className="mono truncate">{layer}</span>
            <div className="relative h-7 overflow-hidden rounded-[6px] bg-neubg">
              {stretches.map((stretch) => (
                <Part
                  key={`${stretch.experiment.key} ${stretch.left}`}
                  stretch={stretch}
                  group={rows.find(({ experiment }) => experiment === stretch.experiment)?.group}
                />
              ))}
            </div>
            <span className="sub text-right tabular-nums">{t.free(f.percent(free))}</span>
          </div>
        ))}
        {props.holdouts.map(({ key, share }) => (
          <div key={key} className={line}>
            <span className="mono truncate">{key}</span>
            <div className="relative h-7 overflow-hidden">
              <span
                aria-hidden="true"
                className="absolute inset-y-0 left-0 min-w-2 rounded-[6px] border border-neumid"
                style={{ width: `${share / 1_000}%`, backgroundImage: hatch }}
              />
              <span
                className="sub absolute top-[5px] right-0 truncate"
                style={{ left: `calc(${share / 1_000}% + 14px)` }}
              >
                {t.holdout(f.percent(share / 100_000))}
              </span>
            </div>
            <span />
          </div>
        ))}
      </div>
    </Card>
  );
}
const line = 'grid h-9 grid-cols-[76px_1fr_84px] items-center gap-2.5';

function Part({ stretch, group }: { stretch: Stretch; group: ExperimentRow['group'] | undefined }) {
  const t = useText().map;
  const f = useFormat();
  const { experiment, left, width } = stretch;
  const isDraft = experiment.status === 'draft';
  const name = experiment.name ?? experiment.key;
  const words = `${isDraft ? t.draft(name) : name} ${f.percent(width)}`;
  const hue =
    group === 'decision' ? 'var(--accent)' : group === 'fix' ? 'var(--warnmid)' : 'var(--vA)';
  const paint = (part: number) => `color-mix(in srgb, ${hue} ${part}%, var(--surface))`;
  return (
    <span
      title={words}
      className={classes(
        'absolute inset-y-0 truncate rounded-[6px] border px-2 text-label leading-[26px] font-medium',
        isDraft && 'border-dashed border-ink4 text-ink2',
      )}
      style={{
        left: `${left * 100}%`,
        width: `calc(${width * 100}% - 3px)`,
        ...(!isDraft && { background: paint(18), borderColor: paint(42) }),
      }}
    >
      {isDraft ? t.draft(name) : name}{' '}
      <span className="font-normal text-ink2">{f.percent(width)}</span>
    </span>
  );
}
