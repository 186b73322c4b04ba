import type { Experiment } from '@assay/server/contract';
import { useNavigate } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, Info, Rocket } from 'lucide-react';
import { useState } from 'react';
import { useFormat } from '../../lib/format.ts';
import { useApi, useChange } from '../../lib/query.ts';
import { VariantBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { toCondition } from '../../ui/condition/model.ts';
import { sentence } from '../../ui/condition/sentence.ts';
import { useConditionText } from '../../ui/condition/text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine, Loaded, SkeletonRows } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { sharesOf, type PlanDraft } from './model.ts';
import { useFlags } from './queries.ts';
import { Section } from './section.tsx';
import { useText } from './text.ts';

type CheckProps = { draft: PlanDraft; stored: Experiment; isSaved: boolean };

/** What the server still misses, and the start, which locks the plan. */
export function CheckSection({ draft, stored, isSaved }: CheckProps) {
  const t = useText().sections.check;
  const checklist = useApi('GET /api/experiments/:key/checklist', { params: { key: stored.key } });
  const [isAsking, setAsking] = useState(false);
  const isReady = checklist.data?.ready === true && isSaved;
  return (
    <Section n={6} title={t.title} note={t.note}>
      <Loaded query={checklist} skeleton={<SkeletonRows rows={5} height={30} />}>
        {({ items }) => (
          <ul className="flex flex-col gap-1.5">
            {items.map((item) => (
              <Item key={item.id} item={item} draft={draft} />
            ))}
          </ul>
        )}
      </Loaded>
      <div>
        <Button
          variant="primary"
          isDisabled={!isReady}
          onPress={() => {
            setAsking(true);
          }}
        >
          <Rocket size={15} aria-hidden="true" />
          {t.start}
        </Button>
      </div>
      {isAsking && (
        <StartDialog
          draft={draft}
          stored={stored}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </Section>
  );
}

type ItemProps = {
  item: { id: string; ok: boolean; blocking: boolean; detail: string };
  draft: PlanDraft;
};
function Item({ item, draft }: ItemProps) {
  const t = useText().sections.check;
  const words = (t.items as Record<string, string[]>)[item.id];
  const Icon = item.ok ? CircleCheck : item.blocking ? CircleAlert : Info;
  const tone = item.ok ? 'text-ok' : item.blocking ? 'text-warn' : 'text-ink3';
  return (
    <li className="flex items-start gap-2">
      <Icon size={15} aria-hidden="true" className={`mt-[2.5px] flex-none ${tone}`} />
      <span className="min-w-0">
        <span className={item.ok ? 'text-ink2' : 'font-medium'}>
          {words?.[item.ok ? 0 : 1] ?? item.detail}
        </span>
        {!item.ok && !item.blocking && <span className="sub"> · {t.advice}</span>}
        {!item.ok && item.id === 'valid' && (
          <span className="block break-words text-ink2">{item.detail}</span>
        )}
        {!item.ok && item.id === 'flagOn' && <TurnOn draft={draft} />}
      </span>
    </li>
  );
}

/** The flag is switched on without leaving the page: it serves its default until the test starts. */
function TurnOn({ draft }: { draft: PlanDraft }) {
  const t = useText().sections.check;
  const flag = useFlags().data?.items.find(({ key }) => key === draft.flag);
  const save = useChange('PUT /api/flags/:key', ['/api/experiments']);
  if (flag === undefined) return null;
  const settings = flag.environments[draft.environment] ?? {
    off: draft.control,
    rules: [],
    default: { variant: draft.control },
  };
  return (
    <span className="mt-1 block">
      <Button
        size="chip"
        isPending={save.isPending}
        onPress={() => {
          save.mutate({
            params: { key: flag.key },
            query: {},
            body: {
              ...flag,
              environments: {
                ...flag.environments,
                [draft.environment]: { ...settings, on: true },
              },
            },
            ifMatch: flag.revision,
          });
        }}
      >
        {t.turnOn}
      </Button>
      <ErrorLine error={save.error} />
    </span>
  );
}

type StartProps = { draft: PlanDraft; stored: Experiment; onClose: () => void };
function StartDialog({ draft, stored, onClose }: StartProps) {
  const t = useText();
  const f = useFormat();
  const navigate = useNavigate();
  const condition = useConditionText();
  const start = useChange('POST /api/experiments/:key/start', ['/api/flags']);
  const audience = toCondition(draft.audience);
  const who = audience === undefined ? t.summary.everybody : sentence(audience, condition);
  const shares = sharesOf(draft.variants);
  const go = () => {
    start.mutate(
      { params: { key: stored.key }, body: {}, ifMatch: stored.revision },
      {
        onSuccess: ({ key }) => {
          toast(t.sections.check.started);
          void navigate({ to: '/experiments/$key', params: { key }, search: {} });
        },
      },
    );
  };
  return (
    <Dialog
      title={t.sections.check.confirmTitle}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.sections.check.notYet}</Button>
          <Button variant="primary" isPending={start.isPending} onPress={go}>
            {t.sections.check.start}
          </Button>
        </>
      }
    >
      <p className="mb-2">
        {t.sections.check.confirmWho(f.percent(draft.coverage / 100_000), who, draft.environment)}
      </p>
      <ul className="mb-3 flex flex-col gap-1">
        {draft.variants.map(({ key }, i) => (
          <li key={key} className="flex items-center gap-2">
            <VariantBadge index={i}>
              <span className="mono">{key}</span>
            </VariantBadge>
            <span className="ml-auto tabular-nums">
              {f.percent(Math.round((shares[i] ?? 0) * 1000) / 1000)}
            </span>
          </li>
        ))}
      </ul>
      <p className="mb-2 text-ink2">{t.sections.check.confirmLock}</p>
      <ErrorLine error={start.error} />
    </Dialog>
  );
}
