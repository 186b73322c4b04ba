import type { Experiment, Flag } from '@assay/server/contract';
import { getRouteApi } from '@tanstack/react-router';
import { Search, UserSearch } from 'lucide-react';
import { useState } from 'react';
import { useEnvironment } from '../../lib/environment.ts';
import { useApi } from '../../lib/query.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/code.tsx';
import { TextField } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { EmptyState, ErrorState, Loaded, Skeleton, SkeletonRows } from '../../ui/states.tsx';
import { AttributesCard } from './attributes-card.tsx';
import { attributesOf, contextOf, readChanges, writeChanges } from './context.ts';
import { CountedCard } from './counted-card.tsx';
import { namesOf, letterIn } from './names.ts';
import { useExplanation, useUnit } from './queries.ts';
import { ResultCard } from './result-card.tsx';
import type { LookupSearch } from './search.ts';
import { TestsCard } from './tests-card.tsx';
import { useText } from './text.ts';

const route = getRouteApi('/app/lookup');
const all = { query: { limit: 1_000 } };

/** Why one unit gets what it gets, and what its events counted in. */
export function LookupPage() {
  const t = useText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const flags = useApi('GET /api/flags', all);
  const experiments = useApi('GET /api/experiments', all);
  const onSearch = (change: Partial<LookupSearch>) => {
    void navigate({ search: (before) => ({ ...before, ...change }), resetScroll: false });
  };
  const unit =
    search.unit === undefined ? null : { type: search.type ?? 'userId', id: search.unit };
  return (
    <Page title={t.title} actions={<CopyButton text={window.location.href} label={t.copyLink} />}>
      <SearchLine
        key={`${search.type ?? ''} ${search.unit ?? ''}`}
        search={search}
        experiments={experiments.data?.items ?? []}
        onSearch={onSearch}
      />
      {unit === null ? (
        <Card>
          <EmptyState icon={<UserSearch size={22} aria-hidden="true" />} title={t.start.title}>
            {t.start.text}
          </EmptyState>
        </Card>
      ) : (
        <Loaded query={flags} skeleton={<SkeletonRows rows={6} />}>
          {(list) => (
            <Found
              unit={unit}
              search={search}
              flags={list.items}
              experiments={experiments.data?.items ?? []}
              onSearch={onSearch}
            />
          )}
        </Loaded>
      )}
    </Page>
  );
}

function SearchLine(props: {
  search: LookupSearch;
  experiments: readonly Experiment[];
  onSearch: (change: Partial<LookupSearch>) => void;
}) {
  const { search, experiments, onSearch } = props;
  const t = useText();
  const [id, setId] = useState(search.unit ?? '');
  const type = search.type ?? 'userId';
  const types = [...new Set(['userId', 'deviceId', type, ...experiments.map((e) => e.unit)])];
  return (
    <form
      className="mb-4 flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch({ unit: id.trim() === '' ? undefined : id.trim(), what: undefined });
      }}
    >
      <div className="w-full max-w-[420px] min-w-0">
        <TextField
          label={t.search}
          labelHidden
          mono
          icon={<Search size={15} aria-hidden="true" />}
          placeholder={t.placeholder}
          value={id}
          onChange={setId}
          suffix={
            <Select
              chip
              label={t.unitType}
              value={type}
              options={types.map((one) => ({ id: one, label: one }))}
              onChange={(next) => {
                onSearch({ type: next === 'userId' ? undefined : next });
              }}
            />
          }
        />
      </div>
      <Button type="submit">{t.find}</Button>
    </form>
  );
}

type FoundProps = {
  unit: { type: string; id: string };
  search: LookupSearch;
  flags: readonly Flag[];
  experiments: readonly Experiment[];
  onSearch: (change: Partial<LookupSearch>) => void;
};
function Found({ unit, search, flags, experiments, onSearch }: FoundProps) {
  const t = useText();
  const environment = useEnvironment();
  const page = useUnit(unit, environment);
  const metrics = useApi('GET /api/metrics', all);
  const changes = readChanges(search.what);
  const attributes = attributesOf(page.data);
  const known = page.data !== undefined || page.error !== null;
  const flag = shownFlag(search, flags, { experiments, met: page.data?.assignments ?? [] });
  const isChanged = Object.keys(changes).length > 0;
  const asked = (with_: typeof changes) =>
    flag === undefined || !known
      ? null
      : { environment, flag: flag.key, context: contextOf(unit, attributes, with_) };
  const explanation = useExplanation(asked(changes));
  const before = useExplanation(isChanged ? asked({}) : null);
  if (flag === undefined)
    return (
      <Card>
        <EmptyState
          title={t.noFlags.title}
          actions={
            <ButtonLink variant="primary" to="/flags/new">
              {t.noFlags.action}
            </ButtonLink>
          }
        >
          {t.noFlags.text}
        </EmptyState>
      </Card>
    );
  const experiment = experiments.find(
    (e) =>
      e.flag === flag.key && (page.data?.assignments ?? []).some((a) => a.experiment === e.key),
  );
  const used = (explanation.data?.steps ?? [])
    .filter((step) => step.kind !== 'requires')
    .flatMap((step) => step.conditions)
    .filter((condition) => condition.op !== 'segment')
    .map((condition) => condition.attr)
    .filter((name) => name !== unit.type);
  return (
    <div className="grid grid-cols-1 items-start gap-4 min-[960px]:grid-cols-[296px_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-4 max-[959px]:order-2">
        <AttributesCard
          attributes={attributes}
          changes={changes}
          used={[...new Set(used)]}
          onChange={(next) => {
            onSearch({ what: writeChanges(next) });
          }}
        />
        <TestsCard
          assignments={page.data?.assignments ?? []}
          experiments={experiments}
          shown={experiment?.key}
          onPick={(picked) => {
            onSearch({ flag: picked.flag });
          }}
        />
        {explanation.data !== undefined && (
          <CopyButton
            label={t.copyCase}
            text={JSON.stringify(
              {
                ...asked(changes),
                expect: {
                  value: explanation.data.value,
                  variant: explanation.data.variant,
                  reason: explanation.data.reason,
                },
              },
              null,
              2,
            )}
          />
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        {explanation.data === undefined ? (
          explanation.error === null ? (
            <Skeleton className="h-[360px] w-full" />
          ) : (
            <Card>
              <ErrorState
                error={explanation.error}
                onRetry={() => {
                  void explanation.refetch();
                }}
              />
            </Card>
          )
        ) : (
          <ResultCard
            explanation={explanation.data}
            before={isChanged ? before.data : undefined}
            flags={flags}
            assignment={page.data?.assignments.findLast((a) => a.experiment === experiment?.key)}
            names={namesOf(flag, experiments, environment)}
            onFlag={(key) => {
              onSearch({ flag: key });
            }}
          />
        )}
        {page.error === null ? (
          page.data !== undefined && (
            <CountedCard
              page={page.data}
              experiment={experiment?.key}
              metricName={(key) => metrics.data?.items.find((m) => m.key === key)?.name ?? key}
              letterOf={(key, variant) =>
                letterIn(
                  experiments.find((e) => e.key === key),
                  variant,
                )
              }
            />
          )
        ) : (
          <Card title={t.counted.title}>
            <ErrorState error={page.error} />
          </Card>
        )}
      </div>
    </div>
  );
}

/** The flag asked for, else that of the last test the unit met, else the first. */
function shownFlag(
  search: LookupSearch,
  flags: readonly Flag[],
  from: {
    readonly experiments: readonly Experiment[];
    readonly met: readonly { readonly experiment: string }[];
  },
): Flag | undefined {
  const last = from.met.at(-1)?.experiment;
  const key = search.flag ?? from.experiments.find((e) => e.key === last)?.flag;
  return flags.find((f) => f.key === key) ?? flags[0];
}
