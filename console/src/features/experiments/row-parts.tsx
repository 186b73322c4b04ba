import type { Experiment, Readout } from '@assay/server/contract';
import { Check, CircleCheck, Clock, TriangleAlert } from 'lucide-react';
import type { Domain } from '../../charts/axis.ts';
import { IntervalBar } from '../../charts/interval-bar.tsx';
import type { Tone } from '../../charts/interval-model.ts';
import { glyph, useFormat } from '../../lib/format.ts';
import { classes } from '../../ui/classes.ts';
import {
  guardDots,
  healthOf,
  mainResult,
  sampleShare,
  unitsOf,
  type GuardDot,
  type Next,
} from './model.ts';
import { useText } from './text.ts';

type RowData = { experiment: Experiment; readout: Readout | undefined };

/** How far the sample is: a bar against the plan, the day and the share. */
export function Sample({ experiment, readout }: RowData) {
  const t = useText().sample;
  const f = useFormat();
  if (experiment.status === 'draft') return <DraftSample experiment={experiment} />;
  if (readout === undefined) return null;
  const share = sampleShare(experiment, readout);
  const day = f.exact(Math.max(1, Math.ceil(readout.day)));
  if (share === null)
    return (
      <span className="sub tabular-nums">
        {t.dayOnly(day)} · {t.users(f.count(unitsOf(readout)))}
      </span>
    );
  const of = readout.plannedDays === null ? undefined : f.exact(Math.ceil(readout.plannedDays));
  return (
    <>
      <div className="my-[3px] h-[5px] w-[104px] overflow-hidden rounded-[3px] bg-neubg">
        <div
          className={classes('h-full', share >= 1 ? 'bg-ink2' : 'bg-neumid')}
          style={{ width: `${Math.min(1, share) * 100}%` }}
        />
      </div>
      <div className="text-note whitespace-nowrap text-ink3 tabular-nums">
        {of === undefined ? t.dayOnly(day) : t.day(day, of)} · {Math.round(share * 100)}%
      </div>
    </>
  );
}

function DraftSample({ experiment: { metrics, plan } }: { experiment: Experiment }) {
  const t = useText().sample;
  const words = () => {
    if (metrics.primary === undefined) return t.noMetric;
    if (plan.days === undefined) return t.noPlan;
    return plan.days % 7 === 0 ? t.planWeeks(plan.days / 7) : t.planDays(Math.round(plan.days));
  };
  return <span className="sub">{words()}</span>;
}

const tones: Partial<Record<string, Tone>> = {
  better: 'win',
  improved: 'win',
  worse: 'lose',
  harmed: 'lose',
  insufficient: 'insufficient',
};

/** The interval of the primary metric's lift, small, on the axis of the list. */
export function MiniInterval(props: { readout: Readout; domain: Domain; width: number }) {
  const { readout, domain, width } = props;
  const t = useText();
  const f = useFormat();
  const main = mainResult(readout);
  const relative = main?.result.relative;
  if (main === undefined || relative === null || relative === undefined) return null;
  const { metric, result } = main;
  const inner = result.inner === null ? [] : [result.inner.p50];
  return (
    <IntervalBar
      label={t.intervalSentence(
        metric.name,
        f.lift(relative.estimate),
        f.liftInterval(relative.low, relative.high),
      )}
      domain={domain}
      width={width}
      height={30}
      estimate={relative.estimate}
      spans={[relative, ...inner]}
      tone={tones[result.status] ?? 'neutral'}
    />
  );
}

export function Lift({ readout }: { readout: Readout }) {
  const t = useText();
  const f = useFormat();
  const result = mainResult(readout)?.result;
  if (result === undefined) return null;
  if (result.status === 'insufficient')
    return <span className="sub whitespace-nowrap">{t.notEnough}</span>;
  const tone = tones[result.status];
  const lift = result.relative?.estimate ?? null;
  return (
    <b
      className={classes(
        'font-semibold whitespace-nowrap tabular-nums',
        tone === 'win' ? 'text-win' : tone === 'lose' ? 'text-lose' : 'text-ink2',
      )}
    >
      {tone !== undefined && lift !== null && (
        <span className="mr-[3px] align-[1.5px] text-[9px]">{glyph(lift)}</span>
      )}
      {f.lift(lift)}
    </b>
  );
}

const dots: Record<GuardDot, { look: string; mark: React.ReactNode }> = {
  safe: { look: 'bg-okbg text-ok', mark: <Check size={10} aria-hidden="true" /> },
  notProven: { look: 'bg-warnbg text-warn', mark: '?' },
  harmed: { look: 'bg-losebg text-lose', mark: '!' },
  unknown: { look: 'bg-neubg', mark: '' },
};

export function Guards({ readout }: { readout: Readout }) {
  const t = useText().guards;
  const guards = guardDots(readout);
  if (guards.length === 0) return <span className="sr-only">{t.none}</span>;
  const words = guards.map(({ name, dot }) => `${name} ${t[dot]}`).join(', ');
  return (
    <span role="img" aria-label={t.label(words)} title={words} className="inline-flex gap-[3px]">
      {guards.map(({ name, dot }) => (
        <span
          key={name}
          className={classes(
            'grid size-[15px] place-items-center rounded-[4px] text-[10px] leading-none font-semibold',
            dots[dot].look,
          )}
        >
          {dots[dot].mark}
        </span>
      ))}
    </span>
  );
}

export function HealthMark({ readout }: { readout: Readout }) {
  const t = useText().health;
  const { ok, check } = healthOf(readout);
  if (ok)
    return (
      <span role="img" aria-label={t.ok} className="inline-block text-ok">
        <CircleCheck size={14} aria-hidden="true" />
      </span>
    );
  const Icon = check === 'dataFresh' ? Clock : TriangleAlert;
  return (
    <span className="inline-flex items-center gap-1 text-label font-medium whitespace-nowrap text-warn">
      <Icon size={14} aria-hidden="true" />
      {t[check as keyof typeof t]}
    </span>
  );
}

/** What to do next, in words, in the colour of its kind. */
export function NextStep({ next }: { next: Next }) {
  return (
    <span className={classes('font-medium whitespace-nowrap', nextTones[next.code] ?? 'text-ink2')}>
      {useNextWords(next)}
    </span>
  );
}
const nextTones: Partial<Record<Next['code'], string>> = {
  ship: 'text-win',
  rollback: 'text-lose',
  losing: 'text-lose',
  split: 'text-warn',
  check: 'text-warn',
  stopped: 'text-accent',
  readyToStart: 'text-accent',
};

function useNextWords(next: Next): string {
  const t = useText();
  const f = useFormat();
  if (next.code === 'ship') return t.next.ship(letter(next.variant));
  if (next.code === 'shipped') return t.next.shipped(letter(next.variant), f.date(next.at));
  if (next.code === 'rolledBack' || next.code === 'inconclusive')
    return t.next[next.code](f.date(next.at));
  if (next.code === 'settles') return t.next.settles(next.days);
  if (next.code === 'split')
    return t.next.split(next.shares.map((share) => (share * 100).toFixed(1)).join(' / '));
  if (next.code === 'check') return t.checks[next.check as keyof typeof t.checks];
  return t.next[next.code];
}

export function letter(position: number): string {
  return String.fromCodePoint(65 + position);
}
