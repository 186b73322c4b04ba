import type { Flag } from '@assay/server/contract';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../lib/api.ts';
import { useEnvironment } from '../../lib/environment.ts';
import { isKey, keyOf } from '../../lib/key.ts';
import { problemOf, type ApiError } from '../../lib/problem.ts';
import { useInvalidate } from '../../lib/query.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import { NameAndKey, unnamed } from '../../ui/key-fields.tsx';
import { Page } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { ErrorLine } from '../../ui/states.tsx';
import { SegmentedControl } from '../../ui/toggle.tsx';
import { draftBody, flagBodyFor } from './new-draft.ts';
import { useEnvironments, useFlags } from './queries.ts';
import { useText } from './text.ts';

const route = getRouteApi('/app/experiments/new');

/** The first two decisions of an experiment; a plan from the planner comes in with the address. */
export function NewExperimentPage() {
  const t = useText();
  const search = route.useSearch();
  const navigate = useNavigate();
  const invalidate = useInvalidate();
  const firstEnvironment = useEnvironment();
  const environments = useEnvironments().data?.items ?? [];
  const flags = useFlags().data?.items ?? [];
  const [named, setNamed] = useState({
    ...unnamed,
    name: search.name ?? '',
    key: keyOf(search.name ?? ''),
  });
  const [source, setSource] = useState<'new' | 'old'>(search.flag === undefined ? 'new' : 'old');
  const [flagKey, setFlagKey] = useState(search.flag ?? '');
  const [environment, setEnvironment] = useState(firstEnvironment);
  const [error, setError] = useState<ApiError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const chosen = flags.find(({ key }) => key === flagKey);
  const needsTwo = source === 'old' && chosen !== undefined && chosen.variants.length < 2;

  const create = async () => {
    if (!isKey(named.key) || needsTwo || (source === 'old' && chosen === undefined)) return;
    setBusy(true);
    try {
      const flag: Flag =
        source === 'old' && chosen !== undefined
          ? chosen
          : await api('POST /api/flags', { body: flagBodyFor(named, environment) });
      const made = await api('POST /api/experiments', {
        body: draftBody({ named, flag, environment, search }),
      });
      await invalidate(['/api/flags', '/api/experiments']);
      await navigate({ to: '/experiments/$key/setup', params: { key: made.key } });
    } catch (thrown) {
      setError(problemOf(thrown));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Page
      title={t.create.title}
      crumbs={[{ label: t.experiments, link: { to: '/experiments', search: {} } }]}
    >
      <div className="max-w-[560px] rounded-card bg-surface p-4 shadow-card">
        <p className="mb-3 text-ink2">{t.create.text}</p>
        <Form
          onSubmit={() => {
            void create();
          }}
        >
          <NameAndKey value={named} onChange={setNamed} placeholder={t.create.example} />
          <div>
            <span className="mb-1 block text-label text-ink2">{t.create.flag}</span>
            <SegmentedControl
              label={t.create.flag}
              wide
              value={source}
              onChange={setSource}
              options={[
                { id: 'new', label: t.create.newFlag },
                { id: 'old', label: t.create.oldFlag },
              ]}
            />
            {source === 'new' && (
              <p className="mt-1.5 text-note text-ink3">{t.create.newFlagText}</p>
            )}
          </div>
          {source === 'old' && (
            <Select
              label={t.create.choose}
              value={chosen?.key ?? null}
              onChange={setFlagKey}
              error={needsTwo ? t.create.needsTwo : undefined}
              options={flags.map(({ key, name }) => ({ id: key, label: name ?? key, note: key }))}
            />
          )}
          <Select
            label={t.create.environment}
            value={environment}
            onChange={setEnvironment}
            options={environments.map(({ key, name }) => ({ id: key, label: name ?? key }))}
          />
          <ErrorLine error={error} />
          <div className="flex gap-2">
            <Button type="submit" variant="primary" isPending={isBusy}>
              {t.create.go}
            </Button>
            <ButtonLink to="/experiments" search={{}} variant="ghost">
              {t.create.cancel}
            </ButtonLink>
          </div>
        </Form>
      </div>
    </Page>
  );
}
