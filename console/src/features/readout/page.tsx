import type { Experiment, Readout } from '@assay/server/contract';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../../lib/session.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { Page } from '../../ui/page.tsx';
import { ErrorState, Loaded } from '../../ui/states.tsx';
import { BreakdownCard } from './breakdown-card.tsx';
import { DecideDialog, type Outcome } from './decide-dialog.tsx';
import { Heading } from './heading.tsx';
import { HealthStrip } from './health-strip.tsx';
import { HowCard } from './how-card.tsx';
import { RampDialog, StopDialog } from './life-dialogs.tsx';
import { OverCard } from './over-card.tsx';
import { Draft, PageSkeleton, Waiting } from './page-states.tsx';
import { useExperiment, useReadout, useTrends } from './queries.ts';
import { ResultsCard } from './results-card.tsx';
import type { ReadoutSearch } from './search.ts';
import { SizeCard } from './size-card.tsx';
import { useText } from './text.ts';
import { TopActions, type DialogName } from './top-actions.tsx';
import { VerdictCard } from './verdict-card.tsx';
import { focus } from './verdict-text.ts';

const route = getRouteApi('/app/experiments/$key');

/** What the experiment says, and what to do about it. */
export function ReadoutPage() {
  const { key } = route.useParams();
  const t = useText();
  const experiment = useExperiment(key);
  if (experiment.data === undefined)
    return (
      <Page title={key} crumbs={[{ label: t.experiments, link: { to: '/experiments' } }]}>
        <Loaded query={experiment} skeleton={<PageSkeleton />}>
          {() => null}
        </Loaded>
      </Page>
    );
  return <ExperimentReadout key={key} experiment={experiment.data} />;
}

function ExperimentReadout({ experiment }: { experiment: Experiment }) {
  const t = useText();
  const search = route.useSearch();
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const [outcome, setOutcome] = useState<Outcome>('ship');
  const close = () => {
    setDialog(null);
  };
  const readout = useReadout(experiment.key, search, {
    enabled: experiment.status !== 'draft',
    live: experiment.status === 'running',
  });
  const decide = (next: Outcome) => {
    setOutcome(next);
    setDialog('decide');
  };
  const may = useMay('editor');
  const isOpen = experiment.status === 'running' || experiment.status === 'stopped';
  useShortcuts({
    d: () => {
      if (may && isOpen) decide(suggested(readout.data));
    },
  });
  return (
    <Page
      title={experiment.name ?? experiment.key}
      crumbs={[{ label: t.experiments, link: { to: '/experiments' } }]}
      ownHeading
      actions={
        <TopActions
          experiment={experiment}
          freshness={
            readout.data === undefined
              ? undefined
              : { updatedAt: readout.dataUpdatedAt, failing: readout.isRefetchError }
          }
          onOpen={(name) => {
            if (name === 'decide') decide(suggested(readout.data));
            else setDialog(name);
          }}
        />
      }
    >
      <Heading experiment={experiment} readout={readout.data} />
      <Sections experiment={experiment} />
      {experiment.status === 'draft' ? (
        <Draft experiment={experiment} />
      ) : readout.data === undefined ? (
        readout.error === null ? (
          <PageSkeleton />
        ) : (
          <ErrorState
            error={readout.error}
            onRetry={() => {
              void readout.refetch();
            }}
          />
        )
      ) : (
        <Body experiment={experiment} readout={readout.data} search={search} onDecide={decide} />
      )}
      {dialog === 'decide' && (
        <DecideDialog
          experiment={experiment}
          readout={readout.data}
          first={outcome}
          onClose={close}
        />
      )}
      {dialog === 'stop' && <StopDialog experiment={experiment} onClose={close} />}
      {dialog === 'ramp' && <RampDialog experiment={experiment} onClose={close} />}
    </Page>
  );
}

function suggested(readout: Readout | undefined): Outcome {
  const decision = readout?.verdict.decision;
  return decision === 'ship' || decision === 'rollback' ? decision : 'inconclusive';
}

function Sections({ experiment }: { experiment: Experiment }) {
  const t = useText();
  const look =
    '-mb-px border-b-2 border-transparent pb-[9px] font-medium text-ink3 hover:text-ink2 aria-[current=page]:border-ink aria-[current=page]:text-ink';
  return (
    <nav aria-label={t.sections} className="my-4 flex gap-[22px] border-b border-line">
      <Link
        to="/experiments/$key"
        params={{ key: experiment.key }}
        activeOptions={{ exact: true, includeSearch: false }}
        className={look}
      >
        {t.tabs.readout}
      </Link>
      <Link to="/experiments/$key/setup" params={{ key: experiment.key }} className={look}>
        {t.tabs.setup}
      </Link>
    </nav>
  );
}

type BodyProps = {
  experiment: Experiment;
  readout: Readout;
  search: ReadoutSearch;
  onDecide: (outcome: Outcome) => void;
};
function Body({ experiment, readout, search, onDecide }: BodyProps) {
  const navigate = route.useNavigate();
  const onSearch = (change: Partial<ReadoutSearch>) => {
    void navigate({
      search: (before) => ({ ...before, ...change }),
      replace: true,
      resetScroll: false,
    });
  };
  const series = useTrends(
    experiment.key,
    readout.metrics.map((m) => m.metric),
    { vs: search.vs, live: readout.status === 'running' },
  );
  const found = focus(readout);
  const metric =
    readout.metrics.find((m) => m.metric === search.metric) ?? found?.metric ?? readout.metrics[0];
  const variant =
    metric?.results.find((r) => r.variant === search.variant)?.variant ??
    found?.result.variant ??
    metric?.results[0]?.variant;
  const units = Object.values(readout.units).reduce((sum, n) => sum + n, 0);
  if (units === 0) return <Waiting experiment={experiment} />;
  return (
    <>
      <VerdictCard experiment={experiment} readout={readout} onDecide={onDecide} />
      <HealthStrip experiment={experiment} readout={readout} />
      <ResultsCard {...{ experiment, readout, series, search, onSearch }} />
      {metric !== undefined && variant !== undefined && (
        <div className="mt-4 grid grid-cols-1 gap-4 min-[1060px]:grid-cols-[minmax(0,732fr)_minmax(0,436fr)]">
          <OverCard {...{ experiment, readout, metric, variant, search, onSearch }} />
          <SizeCard {...{ experiment, readout, metric, variant }} />
          <BreakdownCard {...{ experiment, readout, metric, variant, search, onSearch }} />
          <HowCard experiment={experiment} readout={readout} />
        </div>
      )}
    </>
  );
}
