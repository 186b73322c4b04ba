import type { Experiment, Readout } from '@assay/server/contract';
import { Link } from '@tanstack/react-router';
import { Flag, Layers, Lock, Users } from 'lucide-react';
import { useFormat } from '../../lib/format.ts';
import { Badge, VariantBadge } from '../../ui/badge.tsx';
import { sentence } from '../../ui/condition/sentence.ts';
import { useConditionText } from '../../ui/condition/text.ts';
import { useText, type ReadoutWords } from './text.ts';
import { variantsOf } from './variants.ts';

/** Name, status, lock, and what the experiment is about. */
export function Heading(props: { experiment: Experiment; readout: Readout | undefined }) {
  const { experiment, readout } = props;
  const t = useText();
  const format = useFormat();
  const variants = variantsOf(experiment);
  const conditionText = useConditionText();
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
        <h1 className="min-w-0 break-words">{experiment.name ?? experiment.key}</h1>
        <StatusBadge experiment={experiment} readout={readout} t={t} />
        {experiment.planHash !== null && (
          <span title={t.lockedHash(experiment.planHash)}>
            <Badge>
              <Lock size={11} aria-hidden="true" />
              {t.locked(format.date(experiment.startedAt))}
              <span className="mono text-[10.5px]">{experiment.planHash.slice(0, 8)}</span>
            </Badge>
          </span>
        )}
        {experiment.amendments.length > 0 && (
          <Badge tone="warn">{t.amended(experiment.amendments.length)}</Badge>
        )}
        {(readout?.phase ?? 1) > 1 && <Badge>{t.phase(readout?.phase ?? 1)}</Badge>}
      </div>
      <div className="mt-1.5 flex flex-wrap items-center gap-x-[18px] gap-y-1 text-[12.5px] text-ink2">
        <span className="mono">{experiment.key}</span>
        <span className="flex flex-wrap gap-x-2 gap-y-1">
          {variants.map((variant) => (
            <span key={variant.key} title={variant.name}>
              <VariantBadge index={variant.index}>
                {format.percent(Math.round(variant.share * 1_000) / 1_000)}
              </VariantBadge>
            </span>
          ))}
        </span>
        <span className="inline-flex items-center gap-1.5">
          <Users size={14} aria-hidden="true" className="flex-none text-ink3" />
          {experiment.audience === undefined
            ? t.everyone
            : sentence(experiment.audience, conditionText)}
          {experiment.coverage < 100_000 &&
            ` · ${t.coverage(format.percent(experiment.coverage / 100_000))}`}
        </span>
        {experiment.layer !== undefined && (
          <span className="inline-flex items-center gap-1.5">
            <Layers size={14} aria-hidden="true" className="text-ink3" />
            {t.layer(experiment.layer.key)}
          </span>
        )}
        <Link
          to="/flags/$key"
          params={{ key: experiment.flag }}
          className="inline-flex items-center gap-1.5 hover:text-ink"
        >
          <Flag size={14} aria-hidden="true" className="text-ink3" />
          <span className="sr-only">{t.flag}</span>
          <span className="mono">{experiment.flag}</span>
        </Link>
      </div>
      <Hypothesis hypothesis={experiment.hypothesis} t={t} />
    </>
  );
}

function Hypothesis(props: { hypothesis: Experiment['hypothesis']; t: ReadoutWords }) {
  const { because, change, expect } = props.hypothesis;
  // The sentence has its own commas and full stop.
  const parts = [because, change, expect].map((part) => part.replace(/[\s.,;。，；]+$/u, ''));
  const told = parts.filter((part) => part !== '');
  const [why = '', what = '', effect = ''] = parts;
  const text = told.length === 3 ? props.t.hypothesisText(why, what, effect) : told.join(' ');
  if (text === '') return null;
  return (
    <p className="mt-2.5 max-w-[980px] text-ink2">
      <b className="mr-1.5 font-semibold text-ink">{props.t.hypothesis}</b>
      {text}
    </p>
  );
}

function StatusBadge(props: {
  experiment: Experiment;
  readout: Readout | undefined;
  t: ReadoutWords;
}) {
  const { experiment, readout, t } = props;
  const { status, decision } = experiment;
  if (status === 'running') {
    const planned = readout?.plannedDays ?? null;
    const day = Math.floor(readout?.day ?? 0) + 1;
    return (
      <Badge tone="ok">
        {t.status.running(day, planned === null ? null : Math.round(planned))}
      </Badge>
    );
  }
  if (status !== 'decided') return <Badge>{t.status[status]}</Badge>;
  if (decision?.outcome === 'ship') {
    const shipped = variantsOf(experiment).find((v) => v.key === decision.variant);
    return (
      <Badge tone="win">{t.status.decided.ship(shipped?.letter ?? decision.variant ?? '')}</Badge>
    );
  }
  const outcome = decision?.outcome ?? 'inconclusive';
  return (
    <Badge tone={outcome === 'rollback' ? 'lose' : 'quiet'}>{t.status.decided[outcome]}</Badge>
  );
}
