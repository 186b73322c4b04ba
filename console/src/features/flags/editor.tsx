import type { Flag } from '@assay/server/contract';
import { FlaskConical } from 'lucide-react';
import { useDraft } from '../../lib/draft.ts';
import { useChange } from '../../lib/query.ts';
import { useMay } from '../../lib/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { SaveBar } from '../../ui/save-bar.tsx';
import { toast } from '../../ui/toast.tsx';
import { AboutCard } from './about-card.tsx';
import { EnvironmentCard } from './environment-card.tsx';
import { ExperimentsCard, FlagHistory } from './side-cards.tsx';
import { closeFlag, isValue, openFlag, type FlagDraft } from './model.ts';
import { useText } from './text.ts';
import { VariantsCard } from './variants-card.tsx';

/** A flag with its unsaved edits: what it is, its variants, what each environment serves, its history. */
export function FlagEditor({ flag }: { flag: Flag }) {
  const t = useText();
  const mayEdit = useMay('editor');
  const { base, draft, isDirty, isStale, set, reopen } = useDraft(flag, openFlag);
  const save = useChange('PUT /api/flags/:key');
  const send = (reason: string, ifMatch: number) => {
    if (!isSound(base, draft)) return;
    save.mutate(
      {
        params: { key: flag.key },
        query: reason === '' ? {} : { reason },
        body: closeFlag(base, draft),
        ifMatch,
      },
      {
        onSuccess: (stored) => {
          reopen(stored);
          toast(t.editor.saved);
        },
      },
    );
  };
  const parts = { draft, onChange: set, isReadOnly: !mayEdit };
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <h1>{draft.name === '' ? flag.key : draft.name}</h1>
        <Badge>{t.types[flag.type]}</Badge>
        <Badge>{t.purposes[draft.purpose]}</Badge>
        <code className="mono text-ink3">{flag.key}</code>
        {mayEdit && (
          <span className="ml-auto">
            <ButtonLink to="/experiments/new" search={{ flag: flag.key }}>
              <FlaskConical size={15} aria-hidden="true" />
              {t.editor.newExperiment}
            </ButtonLink>
          </span>
        )}
      </div>
      {!mayEdit && <p className="sub mb-3">{t.editor.readOnly}</p>}
      <div className="grid grid-cols-[minmax(0,1fr)_320px] items-start gap-4 max-[1180px]:grid-cols-1">
        <div className="flex min-w-0 flex-col gap-4">
          <EnvironmentCard flag={flag} {...parts} />
          <VariantsCard type={flag.type} stored={base} {...parts} />
          <FlagHistory flag={flag} mayEdit={mayEdit} onReverted={reopen} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <AboutCard flag={flag} {...parts} />
          <ExperimentsCard flag={flag.key} />
        </div>
      </div>
      <SaveBar
        isDirty={isDirty}
        isStale={isStale}
        isSaving={save.isPending}
        error={save.error}
        onSave={(reason) => {
          send(reason, base.revision);
        }}
        onOverwrite={(reason) => {
          send(reason, flag.revision);
        }}
        onDiscard={() => {
          save.reset();
          reopen(flag);
        }}
      />
    </>
  );
}

export type PartProps = {
  draft: FlagDraft;
  onChange: (draft: FlagDraft) => void;
  isReadOnly: boolean;
};

function isSound(flag: Flag, draft: FlagDraft): boolean {
  return draft.variants.every(({ key, text }) => key !== '' && isValue(flag.type, text));
}
