import type { Segment } from '@assay/server/contract';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useDraft } from '../../lib/draft.ts';
import { useChange } from '../../lib/query.ts';
import { useMay } from '../../lib/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { TextField } from '../../ui/field.tsx';
import { HistoryCard } from '../../ui/history.tsx';
import { Page } from '../../ui/page.tsx';
import { SaveBar } from '../../ui/save-bar.tsx';
import { Loaded, Skeleton } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { SegmentFields } from './fields.tsx';
import { closeSegment, openSegment, segmentFault, type SegmentDraft } from './model.ts';
import { useRevisions, useSegment, useUses } from './queries.ts';
import { useText } from './text.ts';

const route = getRouteApi('/app/audiences/$key');

export function SegmentPage() {
  const t = useText();
  const { key } = route.useParams();
  const segment = useSegment(key);
  return (
    <Page
      title={segment.data?.name ?? key}
      crumbs={[{ label: t.title, link: { to: '/audiences' } }]}
      ownHeading
    >
      <Loaded isPage query={segment} skeleton={<Skeleton className="h-80 w-full" />}>
        {(data: Segment) => <SegmentEditor key={data.key} segment={data} />}
      </Loaded>
    </Page>
  );
}

function SegmentEditor({ segment }: { segment: Segment }) {
  const t = useText();
  const mayEdit = useMay('editor');
  const { base, draft, isDirty, isStale, set, reopen } = useDraft(segment, openSegment);
  const [isTried, setTried] = useState(false);
  const save = useChange('PUT /api/segments/:key');
  const send = (reason: string, ifMatch: number) => {
    setTried(true);
    if (segmentFault(draft) !== undefined) return;
    save.mutate(
      {
        params: { key: segment.key },
        query: reason === '' ? {} : { reason },
        body: closeSegment(segment.key, draft, base.tags),
        ifMatch,
      },
      {
        onSuccess: (stored) => {
          reopen(stored);
          toast(t.saved);
        },
      },
    );
  };
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <h1>{draft.name === '' ? segment.key : draft.name}</h1>
        <Badge>{t.kinds[draft.kind]}</Badge>
        <code className="mono text-ink3">{segment.key}</code>
      </div>
      {!mayEdit && <p className="sub mb-3">{t.readOnly}</p>}
      <div className="grid grid-cols-[minmax(0,1fr)_320px] items-start gap-4 max-[1100px]:grid-cols-1">
        <div className="flex min-w-0 flex-col gap-4">
          <Card title={t.fields.kind}>
            <fieldset disabled={!mayEdit} className="px-4 pb-4">
              <legend className="sr-only">{t.fields.kind}</legend>
              <SegmentFields draft={draft} onChange={set} isTried={isTried} self={segment.key} />
            </fieldset>
          </Card>
          <SegmentHistory segment={segment} mayEdit={mayEdit} onReverted={reopen} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <AboutCard segment={segment} draft={draft} onChange={set} mayEdit={mayEdit} />
          <UsedInCard segment={segment.key} />
        </div>
      </div>
      {mayEdit && (
        <SaveBar
          isDirty={isDirty}
          isStale={isStale}
          isSaving={save.isPending}
          error={save.error}
          onSave={(reason) => {
            send(reason, base.revision);
          }}
          onOverwrite={(reason) => {
            send(reason, segment.revision);
          }}
          onDiscard={() => {
            save.reset();
            reopen(segment);
          }}
        />
      )}
    </>
  );
}

type AboutProps = {
  segment: Segment;
  draft: SegmentDraft;
  onChange: (draft: SegmentDraft) => void;
  mayEdit: boolean;
};
function AboutCard({ segment, draft, onChange, mayEdit }: AboutProps) {
  const t = useText();
  const navigate = useNavigate();
  const archive = useChange('DELETE /api/segments/:key');
  return (
    <Card title={t.fields.about}>
      <div className="flex flex-col gap-3 px-4 pb-4">
        <TextField
          label={t.fields.name}
          value={draft.name}
          isReadOnly={!mayEdit}
          onChange={(name) => {
            onChange({ ...draft, name });
          }}
        />
        <TextField
          label={t.fields.description}
          rows={3}
          value={draft.description}
          isReadOnly={!mayEdit}
          onChange={(description) => {
            onChange({ ...draft, description });
          }}
        />
        <TextField
          label={t.fields.owner}
          value={draft.owner}
          isReadOnly={!mayEdit}
          onChange={(owner) => {
            onChange({ ...draft, owner });
          }}
        />
        {mayEdit && (
          <div>
            <ConfirmButton
              label={t.archive}
              text={t.archiveText}
              keep={t.keep}
              isPending={archive.isPending}
              error={archive.error}
              onConfirm={() => {
                archive.mutate(
                  { params: { key: segment.key }, query: {}, ifMatch: segment.revision },
                  {
                    onSuccess: () => {
                      toast(t.archived);
                      void navigate({ to: '/audiences' });
                    },
                  },
                );
              }}
            />
          </div>
        )}
      </div>
    </Card>
  );
}

const pages = {
  flag: '/flags/$key',
  experiment: '/experiments/$key',
  segment: '/audiences/$key',
} as const;

function UsedInCard({ segment }: { segment: string }) {
  const t = useText().usedIn;
  const uses = useUses()(segment);
  return (
    <Card title={t.title}>
      {uses.length === 0 && <p className="sub px-4 pb-4">{t.none}</p>}
      <ul>
        {uses.map(({ kind, key, name }) => (
          <li
            key={`${kind} ${key}`}
            className="flex items-baseline gap-2 border-t border-line px-4 py-2"
          >
            <Link to={pages[kind]} params={{ key }} className="font-medium hover:underline">
              {name}
            </Link>
            <span className="sub ml-auto">{t[kind]}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

type HistoryProps = {
  segment: Segment;
  mayEdit: boolean;
  onReverted: (segment: Segment) => void;
};
function SegmentHistory({ segment, mayEdit, onReverted }: HistoryProps) {
  const t = useText();
  const revert = useChange('POST /api/segments/:key/revert');
  const { key, revision: current } = segment;
  return (
    <HistoryCard
      title={t.history}
      query={useRevisions(key)}
      current={current}
      mayRevert={mayEdit}
      error={revert.error}
      onRevert={(revision, reason) => {
        revert.mutate(
          { params: { key }, body: { revision, reason }, ifMatch: current },
          {
            onSuccess: (stored) => {
              onReverted(stored);
              toast(t.reverted(revision));
            },
          },
        );
      }}
    />
  );
}
