import { useFormat, type Format } from '../../lib/format.ts';
import { Skeleton } from '../../ui/states.tsx';
import type { Inputs } from './inputs.ts';
import type { Outlook } from './outlook.ts';
import { longDate, readingDay } from './calendar.ts';
import { parts, useText, type PlannerWords } from './text.ts';
import { useLiftText } from './use-lift-text.ts';

type HeroProps = {
  inputs: Inputs;
  outlook: Outlook | undefined;
  today: number;
  /** What the metric is today was neither measured nor typed: nothing can be computed. */
  isMissing: boolean;
};

/** The answer in one sentence, and the figures it rests on. */
export function Hero({ inputs, outlook, today, isMissing }: HeroProps) {
  const t = useText();
  const format = useFormat();
  const liftText = useLiftText();
  const lift = liftText(inputs.lift);
  const answer =
    outlook === undefined ? undefined : answerOf(outlook, { inputs, today, t, format });
  const said = isMissing ? { sentence: t.hero.missing, note: t.hero.missingNote } : answer;
  return (
    <section
      aria-live="polite"
      className="grid overflow-hidden rounded-card bg-surface shadow-card min-[760px]:grid-cols-[1fr_344px]"
    >
      <div className="px-5 py-4 max-sm:px-4">
        <p className="text-[12.5px] font-medium text-ink2">
          {inputs.lift < 0 ? t.hero.kickerDown(lift) : t.hero.kicker(lift)}
        </p>
        {said === undefined ? (
          <Skeleton className="my-2 h-8 w-3/4" />
        ) : (
          <>
            <p className="my-1 text-hero font-medium tracking-[-0.018em]">
              {parts(said.sentence).map((part, i) =>
                i % 2 === 0 ? (
                  part
                ) : (
                  // oxlint-disable-next-line react/no-array-index-key -- pieces of one sentence, in order
                  <b key={i} className="font-semibold text-accent">
                    {part}
                  </b>
                ),
              )}
            </p>
            <p className="text-ink2">{said.note}</p>
          </>
        )}
      </div>
      <dl className="grid grid-cols-2 border-line bg-surface2 max-[759px]:border-t min-[760px]:border-l">
        <Figure name={t.hero.perGroup} value={format.exact(outlook?.perGroup)} />
        <Figure
          name={t.hero.get}
          value={typeof outlook?.enrolDays === 'number' ? format.exact(outlook.reached) : '–'}
        />
        <Figure name={t.hero.power(lift)} value={format.probability(outlook?.power)} />
        <Figure
          name={t.hero.total}
          value={format.exact(outlook === undefined ? null : outlook.perGroup * inputs.groups)}
        />
      </dl>
    </section>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div className="-mt-px -ml-px border-t border-l border-line px-4 pt-[11px] pb-2.5">
      <dt className="text-label text-ink3">{name}</dt>
      <dd className="text-[17px] leading-6 font-semibold tracking-[-0.01em] tabular-nums">
        {value}
      </dd>
    </div>
  );
}

export function answerOf(
  { days, enrolDays, perGroup }: Outlook,
  words: { inputs: Inputs; today: number; t: PlannerWords; format: Format },
): { readonly sentence: string; readonly note: string } {
  const { inputs, today, t, format } = words;
  if (days === undefined || enrolDays === null)
    return days === null
      ? { sentence: t.hero.never, note: t.hero.neverNote }
      : {
          sentence: t.hero.unknown(format.exact(perGroup)),
          note: t.hero.unknownNote,
        };
  const end = longDate(readingDay(today, days ?? 0), format.locale);
  const weeks = Math.round((days ?? 0) / 7);
  return {
    sentence: inputs.look === 'any' ? t.hero.runAny(weeks, end) : t.hero.run(weeks, end),
    note: t.hero.enrol(enrolDays, inputs.mature),
  };
}
