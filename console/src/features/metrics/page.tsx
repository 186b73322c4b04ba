import type { Metric } from '@assay/server/contract';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useDraft } from '../../lib/draft.ts';
import { useEnvironment } from '../../lib/environment.ts';
import { useChange } from '../../lib/query.ts';
import { useMay } from '../../lib/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { TextField } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { SaveBar } from '../../ui/save-bar.tsx';
import { Loaded, Skeleton } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { AboutFields } from './about-fields.tsx';
import { ArchiveMetric, MetricHistory, TodayCard, UsedInCard } from './cards.tsx';
import { Faults } from './faults.tsx';
import { CapFields, KindFields, TimingFields } from './fields.tsx';
import { closeMetric, metricFaults, openMetric } from './model.ts';
import { useMetric } from './queries.ts';
import { useText } from './text.ts';

const route = getRouteApi('/app/metrics/$key');

export function MetricPage() {
  const t = useText();
  const { key } = route.useParams();
  const metric = useMetric(key);
  return (
    <Page
      title={metric.data?.name ?? key}
      crumbs={[{ label: t.title, link: { to: '/metrics' } }]}
      ownHeading
    >
      <Loaded isPage query={metric} skeleton={<Skeleton className="h-96 w-full" />}>
        {(data: Metric) => <MetricEditor key={data.key} metric={data} />}
      </Loaded>
    </Page>
  );
}

function MetricEditor({ metric }: { metric: Metric }) {
  const t = useText();
  const mayEdit = useMay('analyst');
  const environment = useEnvironment();
  const { base, draft, isDirty, isStale, set, reopen } = useDraft(metric, openMetric);
  const [isTried, setTried] = useState(false);
  const save = useChange('PUT /api/metrics/:key', ['/api/experiments']);
  const faults = metricFaults(draft);
  const send = (reason: string, ifMatch: number) => {
    setTried(true);
    if (faults.length > 0) return;
    save.mutate(
      {
        params: { key: metric.key },
        query: reason === '' ? {} : { reason },
        body: closeMetric(metric.key, draft, base.tags),
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
        <h1>{draft.name === '' ? metric.key : draft.name}</h1>
        <Badge>{t.kinds[draft.kind]}</Badge>
        <code className="mono text-ink3">{metric.key}</code>
      </div>
      {!mayEdit && <p className="sub mb-3">{t.readOnly}</p>}
      <div className="grid grid-cols-[minmax(0,1fr)_320px] items-start gap-4 max-[1100px]:grid-cols-1">
        <div className="flex min-w-0 flex-col gap-4">
          <TodayCard metric={base} environment={environment} isDirty={isDirty} />
          <Card title={t.fields.how}>
            <fieldset disabled={!mayEdit} className="flex flex-col gap-4 px-4 pb-4">
              <legend className="sr-only">{t.fields.how}</legend>
              <TextField
                label={t.fields.name}
                value={draft.name}
                onChange={(name) => {
                  set({ ...draft, name });
                }}
              />
              <p className="sub">{t.kindHints[draft.kind]}</p>
              <KindFields draft={draft} onChange={set} environment={environment} />
              <TimingFields draft={draft} onChange={set} />
              <CapFields draft={draft} onChange={set} />
              {isTried && <Faults faults={faults} />}
            </fieldset>
          </Card>
          <MetricHistory metric={metric} mayEdit={mayEdit} onReverted={reopen} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Card title={t.fields.about}>
            <fieldset disabled={!mayEdit} className="flex flex-col gap-3 px-4 pb-4">
              <legend className="sr-only">{t.fields.about}</legend>
              <AboutFields draft={draft} onChange={set} />
              {mayEdit && <ArchiveMetric metric={metric} />}
            </fieldset>
          </Card>
          <UsedInCard metric={metric.key} />
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
            send(reason, metric.revision);
          }}
          onDiscard={() => {
            save.reset();
            reopen(metric);
          }}
        />
      )}
    </>
  );
}
