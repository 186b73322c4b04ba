import type { Experiment, UnitPage } from '@assay/server/contract';
import { Button } from 'react-aria-components';
import { useFormat } from '../../lib/format.ts';
import { VariantBadge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { classes } from '../../ui/classes.ts';
import { useText } from './text.ts';

/** The tests that the unit has met; one pressed shows its flag. */
export function TestsCard(props: {
  assignments: UnitPage['assignments'];
  experiments: readonly Experiment[];
  shown: string | undefined;
  onPick: (experiment: Experiment) => void;
}) {
  const { assignments, experiments, shown, onPick } = props;
  const t = useText();
  const format = useFormat();
  const keys = [...new Set(assignments.map((a) => a.experiment))];
  return (
    <Card title={t.tests.title}>
      {keys.length === 0 && <p className="px-4 pb-3.5 text-ink2">{t.tests.none}</p>}
      <ul className="px-2 pb-2">
        {keys.map((key) => {
          const experiment = experiments.find((e) => e.key === key);
          const own = assignments.filter((a) => a.experiment === key);
          const latest = own.at(-1);
          const variants = new Set(
            own.filter((a) => a.phase === latest?.phase).map((a) => a.variant),
          );
          const index = experiment?.variants.findIndex((v) => v.key === latest?.variant) ?? -1;
          return (
            <li key={key}>
              <Button
                isDisabled={experiment === undefined}
                onPress={() => {
                  if (experiment !== undefined) onPick(experiment);
                }}
                className={classes(
                  'flex min-h-8 w-full items-center justify-between gap-2 rounded-[6px] px-2 text-left data-hovered:bg-hover',
                  shown === key && 'bg-hover font-medium',
                )}
              >
                <span className="min-w-0 truncate">{experiment?.name ?? key}</span>
                <span className="flex flex-none items-center gap-2 text-label font-normal text-ink3">
                  <span>
                    {variants.size > 1
                      ? t.tests.both
                      : t.tests.since(format.date(latest?.firstExposure))}
                  </span>
                  {index >= 0 ? <VariantBadge index={index} /> : <span>{latest?.variant}</span>}
                </span>
              </Button>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
