import type { Experiment, Readout, Series } from '@assay/server/contract';
import { ArrowLeftRight, WandSparkles } from 'lucide-react';
import { useRef } from 'react';
import { ToggleButton } from 'react-aria-components';
import { useWidth } from '../../charts/chart-frame.tsx';
import { useFormat } from '../../lib/format.ts';
import { Card } from '../../ui/card.tsx';
import { Select } from '../../ui/select.tsx';
import { SegmentedControl } from '../../ui/toggle.tsx';
import type { Diff } from './figures.ts';
import { ResultsCards } from './results-cards.tsx';
import { ResultsLegend } from './results-legend.tsx';
import { ResultsTable } from './results-table.tsx';
import type { ReadoutSearch } from './search.ts';
import { useText } from './text.ts';
import { variantsOf } from './variants.ts';

export type ResultsProps = {
  experiment: Experiment;
  readout: Readout;
  series: ReadonlyMap<string, Series>;
  diff: Diff;
  width: number;
};
type CardProps = Omit<ResultsProps, 'diff' | 'width'> & {
  search: ReadoutSearch;
  onSearch: (change: Partial<ReadoutSearch>) => void;
};
const narrow = 660;

/** Every metric against the baseline, on one shared axis. */
export function ResultsCard({ experiment, readout, series, search, onSearch }: CardProps) {
  const t = useText();
  const format = useFormat();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 1_184);
  const diff = search.diff ?? 'relative';
  const variants = variantsOf(experiment);
  const baseline = variants.find((v) => v.key === (search.vs ?? experiment.control));
  const level = format.percent(1 - readout.alpha);
  const cuped = search.cuped === undefined ? experiment.analysis.cuped : search.cuped === 'on';
  const Results = width < narrow ? ResultsCards : ResultsTable;
  return (
    <Card
      className="mt-4"
      title={t.results.title}
      note={t.results.interval[readout.method](level)}
      actions={
        <>
          <SegmentedControl
            label={t.results.diff}
            value={diff}
            options={(['relative', 'absolute', 'total'] as const).map((id) => ({
              id,
              label: t.results.diffs[id],
            }))}
            onChange={(next) => {
              onSearch({ diff: next === 'relative' ? undefined : next });
            }}
          />
          <Select
            chip
            label={t.results.baselineLabel}
            icon={<ArrowLeftRight size={13} aria-hidden="true" />}
            value={baseline?.key ?? null}
            options={variants.map((v) => ({
              id: v.key,
              label: t.results.baseline(v.letter),
              note: v.name,
            }))}
            onChange={(key) => {
              onSearch({ vs: key === experiment.control ? undefined : key });
            }}
          />
          <ToggleButton
            aria-label={cuped ? t.results.cupedOn : t.results.cupedOff}
            isSelected={cuped}
            onChange={(on) => {
              onSearch({
                cuped: on === experiment.analysis.cuped ? undefined : on ? 'on' : 'off',
              });
            }}
            className="inline-flex h-[26px] items-center gap-[5px] rounded-[6px] border border-line2 bg-surface px-2 text-label font-medium text-ink3 data-hovered:bg-hover data-selected:text-ink"
          >
            <WandSparkles size={13} aria-hidden="true" />
            {t.results.cuped}
            <span
              aria-hidden="true"
              className={`ml-0.5 size-1.5 rounded-full ${cuped ? 'bg-ok' : 'bg-ink4'}`}
            />
          </ToggleButton>
        </>
      }
    >
      <div ref={box}>
        <Results
          experiment={experiment}
          readout={readout}
          series={series}
          diff={diff}
          width={width}
        />
      </div>
      <ResultsLegend level={level} />
    </Card>
  );
}
