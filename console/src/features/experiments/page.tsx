import type { Experiment } from '@assay/server/contract';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { FlaskConical, Plus, Ruler } from 'lucide-react';
import { useEnvironment } from '../../lib/environment.ts';
import { useMay } from '../../lib/session.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded, Skeleton, SkeletonRows } from '../../ui/states.tsx';
import { Filters } from './filters.tsx';
import { LayerCard } from './layer-card.tsx';
import { ExperimentList } from './list.tsx';
import { ProgrammeStrip } from './programme-strip.tsx';
import { useExperiments, useHoldouts, useLayers, useMetricNames, useReadouts } from './queries.ts';
import { experimentRows, grouped } from './rows.ts';
import { useText } from './text.ts';

const route = getRouteApi('/app/experiments');

export function ExperimentsPage() {
  const t = useText();
  const environment = useEnvironment();
  const experiments = useExperiments(environment);
  const mayEdit = useMay('editor');
  useListKeys();
  return (
    <Page
      title={t.title}
      actions={
        <>
          <ButtonLink to="/planner">
            <Ruler size={15} aria-hidden="true" />
            {t.plan}
          </ButtonLink>
          {mayEdit && (
            <ButtonLink to="/experiments/new" search={{}} variant="primary">
              <Plus size={15} aria-hidden="true" />
              {t.create}
            </ButtonLink>
          )}
        </>
      }
    >
      <Loaded query={experiments} skeleton={<ListSkeleton />}>
        {(items) => (items.length === 0 ? <NoExperiments /> : <Experiments items={items} />)}
      </Loaded>
    </Page>
  );
}

function Experiments({ items }: { items: readonly Experiment[] }) {
  const t = useText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const readouts = useReadouts(items);
  const metricNames = useMetricNames();
  const layers = useLayers().data?.items ?? [];
  const holdouts = useHoldouts().data?.items ?? [];
  const everything = experimentRows(items, readouts, {});
  const rows = experimentRows(items, readouts, search);
  const groups = grouped(rows, search.show);
  return (
    <>
      <ProgrammeStrip experiments={items} />
      <Filters rows={rows} everything={everything} metricNames={metricNames} />
      <div className="overflow-hidden rounded-card bg-surface shadow-card">
        {groups.length > 0 ? (
          <ExperimentList groups={groups} metricNames={metricNames} />
        ) : (
          <EmptyState
            title={t.nothing.title}
            actions={
              <Button
                onPress={() => {
                  void navigate({ search: {} });
                }}
              >
                {t.nothing.clear}
              </Button>
            }
          >
            {t.nothing.text}
          </EmptyState>
        )}
      </div>
      <LayerCard layers={layers} holdouts={holdouts} rows={everything} />
      <KeyHints />
    </>
  );
}

function NoExperiments() {
  const t = useText();
  const mayEdit = useMay('editor');
  return (
    <div className="rounded-card bg-surface shadow-card">
      <EmptyState
        icon={<FlaskConical size={22} aria-hidden="true" />}
        title={t.empty.title}
        actions={
          <>
            <ButtonLink to="/">{t.empty.demo}</ButtonLink>
            {mayEdit && (
              <ButtonLink to="/experiments/new" search={{}} variant="primary">
                {t.create}
              </ButtonLink>
            )}
          </>
        }
      >
        {t.empty.text}
      </EmptyState>
    </div>
  );
}

function ListSkeleton() {
  return (
    <>
      <Skeleton className="mb-4 h-[67px] w-full" />
      <Skeleton className="mb-2.5 h-7 w-96 max-w-full" />
      <div className="rounded-card bg-surface shadow-card">
        <SkeletonRows />
      </div>
    </>
  );
}

/** J and K walk the rows, N starts a new experiment; Enter opens the row as any link. */
function useListKeys(): void {
  const navigate = useNavigate();
  useShortcuts({
    j: () => {
      focusRow(1);
    },
    k: () => {
      focusRow(-1);
    },
    n: () => {
      void navigate({ to: '/experiments/new', search: {} });
    },
    f: () => {
      document.querySelector<HTMLInputElement>('input[type="search"]')?.focus();
    },
  });
}
function focusRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const now = rows.findIndex((row) => row === document.activeElement);
  const next = now === -1 ? (step === 1 ? 0 : rows.length - 1) : now + step;
  rows[next]?.focus();
}

function KeyHints() {
  const t = useText().keys;
  const hints = [
    ['J K', t.move],
    ['↵', t.open],
    ['N', t.create],
    ['F', t.search],
  ] as const;
  return (
    <div className="no-print mt-3.5 flex flex-wrap gap-[18px] text-label text-ink3 max-[699px]:hidden">
      {hints.map(([key, words]) => (
        <span key={key}>
          <kbd className="mr-1.5 rounded-[4px] border border-line2 bg-surface px-[5px] font-sans text-axis font-medium text-ink2">
            {key}
          </kbd>
          {words}
        </span>
      ))}
    </div>
  );
}
