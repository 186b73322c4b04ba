import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { isKey } from '../../lib/key.ts';
import { useChange } from '../../lib/query.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { NameAndKey, unnamed } from '../../ui/key-fields.tsx';
import { Page } from '../../ui/page.tsx';
import { ErrorLine } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { SegmentFields } from './fields.tsx';
import { closeSegment, emptySegment, segmentFault } from './model.ts';
import { useText } from './text.ts';

export function NewSegmentPage() {
  const t = useText();
  const navigate = useNavigate();
  const create = useChange('POST /api/segments');
  const [named, setNamed] = useState(unnamed);
  const [draft, setDraft] = useState(emptySegment);
  const [isTried, setTried] = useState(false);
  const save = () => {
    setTried(true);
    if (!isKey(named.key) || segmentFault(draft) !== undefined) return;
    create.mutate(
      { body: closeSegment(named.key, { ...draft, name: named.name }) },
      {
        onSuccess: ({ key }) => {
          toast(t.made);
          void navigate({ to: '/audiences/$key', params: { key } });
        },
      },
    );
  };
  return (
    <Page title={t.create} crumbs={[{ label: t.title, link: { to: '/audiences' } }]}>
      <div className="flex max-w-[720px] flex-col gap-3 rounded-card bg-surface p-4 shadow-card">
        <NameAndKey value={named} onChange={setNamed} />
        <SegmentFields draft={draft} onChange={setDraft} isTried={isTried} />
        <ErrorLine error={create.error} />
        <div className="flex gap-2">
          <Button variant="primary" isPending={create.isPending} onPress={save}>
            {t.fields.go}
          </Button>
          <ButtonLink to="/audiences" variant="ghost">
            {t.fields.cancel}
          </ButtonLink>
        </div>
      </div>
    </Page>
  );
}
