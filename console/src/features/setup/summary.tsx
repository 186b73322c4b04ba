import type { ReactNode } from 'react';
import { useFormat } from '../../lib/format.ts';
import { VariantBadge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { toCondition } from '../../ui/condition/model.ts';
import { sentence } from '../../ui/condition/sentence.ts';
import { useConditionText } from '../../ui/condition/text.ts';
import { shareOfSlots, sharesOf, type PlanDraft } from './model.ts';
import { useMetrics } from './queries.ts';
import { useText } from './text.ts';

const paints = ['bg-va', 'bg-vb', 'bg-vc', 'bg-vd'] as const;

/** The plan so far in a few lines; it grows while the sections are filled. */
export function Summary({ draft }: { draft: PlanDraft }) {
  const t = useText().summary;
  const f = useFormat();
  const condition = useConditionText();
  const metrics = useMetrics().data?.items ?? [];
  const name = (key: string) => metrics.find((metric) => metric.key === key)?.name ?? key;
  const { because, change, expect } = draft.hypothesis;
  const filled = (text: string) =>
    text.trim() === '' ? t.missing : text.trim().replace(/[.。]$/, '');
  const audience = toCondition(draft.audience);
  const who = audience === undefined ? t.everybody : sentence(audience, condition);
  const { primary, guardrails } = draft.metrics;
  const { unitsPerVariant, mde } = draft.plan;
  return (
    <Card title={t.title}>
      <div className="px-4 pb-4">
        <p className="break-words text-ink2">
          {t.hypothesis(filled(because), filled(change), filled(expect))}
        </p>
        <SplitLine draft={draft} />
        <dl className="mt-3 flex flex-col">
          <Line name={t.decides}>{primary === undefined ? t.notChosen : name(primary)}</Line>
          <Line name={t.guards}>
            {guardrails.length === 0
              ? t.none
              : guardrails
                  .map(({ metric, margin }) =>
                    margin === undefined ? name(metric) : t.guard(name(metric), f.percent(margin)),
                  )
                  .join(', ')}
          </Line>
          <Line name={t.who}>{t.coverage(f.percent(draft.coverage / 100_000), who)}</Line>
          {draft.layer !== undefined && (
            <Line name={t.layer}>
              {draft.layer.key} {f.percent(shareOfSlots(draft.layer.slots))}
            </Line>
          )}
          <Line name={t.plan}>
            {unitsPerVariant === undefined
              ? t.noPlan
              : t.planText(f.exact(unitsPerVariant), mde === undefined ? '–' : f.lift(mde))}
          </Line>
        </dl>
      </div>
    </Card>
  );
}

function SplitLine({ draft }: { draft: PlanDraft }) {
  const shares = sharesOf(draft.variants);
  return (
    <div className="mt-3">
      <div aria-hidden="true" className="flex h-2 gap-0.5 overflow-hidden rounded-[3px]">
        {draft.variants.map(({ key }, i) => (
          <span
            key={key}
            className={paints[i] ?? 'bg-va'}
            style={{ width: `${(shares[i] ?? 0) * 100}%` }}
          />
        ))}
      </div>
      <div className="mt-1.5 flex flex-wrap gap-x-3 gap-y-1 text-label">
        {draft.variants.map(({ key }, i) => (
          <VariantBadge key={key} index={i}>
            <span className="tabular-nums">
              {key} {Math.round((shares[i] ?? 0) * 1000) / 10}%
            </span>
          </VariantBadge>
        ))}
      </div>
    </div>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-3 border-t border-line py-1.5">
      <dt className="w-[76px] flex-none text-ink3">{name}</dt>
      <dd className="min-w-0 flex-1 break-words">{children}</dd>
    </div>
  );
}
