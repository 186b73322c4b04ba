import type { Experiment } from '@assay/server/contract';
import { Lock } from 'lucide-react';
import { useFormat } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/code.tsx';
import { openPlan } from './model.ts';
import { Summary } from './summary.tsx';
import { useText } from './text.ts';

/** The plan as it was agreed, with its fingerprint and every amendment. */
export function LockedPlan({ experiment }: { experiment: Experiment }) {
  const t = useText();
  const f = useFormat();
  const draft = openPlan(experiment);
  const { planHash, startedAt, amendments } = experiment;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <h1>{experiment.name ?? experiment.key}</h1>
        <code className="mono text-ink3">{experiment.key}</code>
        {startedAt !== null && (
          <Badge>
            <Lock size={12} aria-hidden="true" />
            {t.locked.title}
          </Badge>
        )}
      </div>
      <div className="grid grid-cols-2 items-start gap-4 max-[1000px]:grid-cols-1">
        <Summary draft={draft} />
        <div className="flex flex-col gap-4">
          {startedAt !== null && (
            <Card title={t.locked.title}>
              <div className="flex flex-col gap-2 px-4 pb-4">
                <p className="text-ink2">{t.locked.text(f.fullDate(startedAt))}</p>
                {planHash !== null && (
                  <>
                    <p className="sub">{t.locked.hash}</p>
                    <div className="flex items-center gap-1">
                      <code className="mono min-w-0 break-all">{planHash}</code>
                      <CopyButton text={planHash} />
                    </div>
                  </>
                )}
              </div>
            </Card>
          )}
          <Card title={t.locked.amendments}>
            {amendments.length === 0 ? (
              <p className="sub px-4 pb-4">{t.locked.noAmendments}</p>
            ) : (
              <ol className="pb-2">
                {amendments.map((amendment) => (
                  <li key={amendment.at} className="border-t border-line px-4 py-2.5">
                    <p className="font-medium">{amendment.reason}</p>
                    <p className="sub">
                      {t.locked.by(amendment.by)} · {f.dateTime(amendment.at)}
                    </p>
                    <ul>
                      {amendment.changes.map((change) => (
                        <li key={change.path} className="mono break-words text-ink2">
                          {change.path}: {JSON.stringify(change.before)} →{' '}
                          {JSON.stringify(change.after)}
                        </li>
                      ))}
                    </ul>
                  </li>
                ))}
              </ol>
            )}
            {experiment.status === 'running' && (
              <p className="sub px-4 pb-4">{t.locked.amendHint}</p>
            )}
          </Card>
        </div>
      </div>
    </>
  );
}
