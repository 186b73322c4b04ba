import type { Plan } from '@assay/server/contract';
import { MdeByDay } from '../../charts/mde-by-day.tsx';
import { at } from '../../charts/power-model.ts';
import { useFormat } from '../../lib/format.ts';
import { Card } from '../../ui/card.tsx';
import { SegmentedControl } from '../../ui/toggle.tsx';
import { isWeekend, readingDay } from './calendar.ts';
import { unitsBy } from './growth.ts';
import type { Inputs } from './inputs.ts';
import { mdeByEnrolDay, type Outlook } from './outlook.ts';
import type { PlannerSearch } from './search.ts';
import { useText } from './text.ts';
import { useLiftText } from './use-lift-text.ts';

/** The most useful planning chart: what becomes visible after how many days, looking once or on any day. */
export function MdeCard(props: {
  inputs: Inputs;
  outlook: Outlook | undefined;
  /** As planned, and by an interval that holds on every day without a planned end. */
  main: Plan | undefined;
  open: Plan | undefined;
  today: number;
  search: PlannerSearch;
  onSearch: (change: Partial<PlannerSearch>) => void;
}) {
  const { inputs, outlook, main, open, today, search, onSearch } = props;
  const t = useText();
  const format = useFormat();
  const liftText = useLiftText();
  const curves = [main, open].map((plan) =>
    plan === undefined ? [] : mdeByEnrolDay(plan, inputs.growth, inputs.mature),
  );
  const names = [inputs.look === 'once' ? t.mde.once : t.mde.any, t.mde.open];
  const sign = Math.sign(inputs.lift);
  const lift = liftText(inputs.lift);
  const enrolDays = outlook?.enrolDays ?? null;
  const byUnits = search.x === 'units';
  const total = (day: number) => unitsBy(day, inputs.growth);
  return (
    <Card
      className="min-w-0"
      title={t.mde.title}
      actions={
        <SegmentedControl
          label={t.mde.axis}
          value={search.x ?? 'days'}
          options={[
            { id: 'days', label: t.mde.byDay },
            { id: 'units', label: t.mde.byUnits },
          ]}
          onChange={(x) => {
            onSearch({ x: x === 'units' ? 'units' : undefined });
          }}
        />
      }
    >
      <div className="px-4 pb-2">
        {(curves[0]?.length ?? 0) === 0 ? (
          <p className="py-12 text-center text-ink2">{t.mde.none}</p>
        ) : (
          <MdeByDay
            label={t.mde.label(lift)}
            table={{
              columns: [t.mde.columns.day, t.mde.columns.units, ...names],
              rows: [7, 14, 21, 28, 42, 56].map((day) => [
                format.exact(day),
                format.exact(Math.round(total(day))),
                ...curves.map((curve) => shown(at(curve, day))),
              ]),
            }}
            curves={curves.map((points) => ({ points }))}
            mde={Math.abs(inputs.lift)}
            enrolDays={enrolDays}
            maturationDays={inputs.mature}
            words={{
              curves: names,
              enrol: enrolDays === null ? '' : t.mde.enrol(enrolDays),
              mature: t.mde.mature(inputs.mature),
              cross: (day) => t.mde.cross(lift, day),
              weekend: t.mde.weekend,
            }}
            format={(x) => liftText(sign * x)}
            dayName={(day) =>
              byUnits ? format.count(Math.round(total(day))) : format.date(readingDay(today, day))
            }
            isWeekend={byUnits ? undefined : (day) => isWeekend(today, day)}
          />
        )}
      </div>
    </Card>
  );

  function shown(mde: number | null): string {
    return mde === null ? '–' : liftText(sign * mde);
  }
}
