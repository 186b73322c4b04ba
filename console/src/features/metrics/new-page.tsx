import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useEnvironment } from '../../lib/environment.ts';
import { isKey } from '../../lib/key.ts';
import { useChange } from '../../lib/query.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { NameAndKey, unnamed } from '../../ui/key-fields.tsx';
import { Page } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { ErrorLine } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { AboutFields } from './about-fields.tsx';
import { Faults } from './faults.tsx';
import { CapFields, KindFields, TimingFields } from './fields.tsx';
import { closeMetric, emptyMetric, kinds, metricFaults } from './model.ts';
import { useText } from './text.ts';

export function NewMetricPage() {
  const t = useText();
  const navigate = useNavigate();
  const environment = useEnvironment();
  const create = useChange('POST /api/metrics');
  const [named, setNamed] = useState(unnamed);
  const [draft, setDraft] = useState(emptyMetric);
  const [isTried, setTried] = useState(false);
  const faults = metricFaults(draft);
  const save = () => {
    setTried(true);
    if (!isKey(named.key) || faults.length > 0) return;
    create.mutate(
      { body: closeMetric(named.key, { ...draft, name: named.name }) },
      {
        onSuccess: ({ key }) => {
          toast(t.made);
          void navigate({ to: '/metrics/$key', params: { key } });
        },
      },
    );
  };
  return (
    <Page title={t.create} crumbs={[{ label: t.title, link: { to: '/metrics' } }]}>
      <div className="grid grid-cols-[minmax(0,1fr)_320px] items-start gap-4 max-[1100px]:grid-cols-1">
        <Card title={t.fields.how}>
          <div className="flex flex-col gap-4 px-4 pb-4">
            <NameAndKey value={named} onChange={setNamed} />
            <Select
              label={t.fields.kind}
              hint={t.kindHints[draft.kind]}
              value={draft.kind}
              onChange={(kind) => {
                setDraft({ ...draft, kind });
              }}
              options={kinds.map((id) => ({ id, label: t.kinds[id], note: t.kindHints[id] }))}
            />
            <KindFields draft={draft} onChange={setDraft} environment={environment} />
            <TimingFields draft={draft} onChange={setDraft} />
            <CapFields draft={draft} onChange={setDraft} />
            {isTried && <Faults faults={faults} />}
            <ErrorLine error={create.error} />
            <div className="flex gap-2">
              <Button variant="primary" isPending={create.isPending} onPress={save}>
                {t.go}
              </Button>
              <ButtonLink to="/metrics" variant="ghost">
                {t.cancel}
              </ButtonLink>
            </div>
          </div>
        </Card>
        <Card title={t.fields.about}>
          <div className="flex flex-col gap-3 px-4 pb-4">
            <AboutFields draft={draft} onChange={setDraft} />
          </div>
        </Card>
      </div>
    </Page>
  );
}
