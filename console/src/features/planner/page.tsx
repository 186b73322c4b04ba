import type { Metric } from '@assay/server/contract';
import { getRouteApi } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useEnvironment } from '../../lib/environment.ts';
import { useFormat } from '../../lib/format.ts';
import { useApi } from '../../lib/query.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/code.tsx';
import { Page } from '../../ui/page.tsx';
import { ErrorLine, Skeleton } from '../../ui/states.tsx';
import { planAsText } from './as-text.ts';
import { noon } from './calendar.ts';
import { Form } from './form.tsx';
import { GridCard, gridGroups } from './grid-card.tsx';
import { Hero } from './hero.tsx';
import { bodyOf, inputsOf, isPlannable, largestLift, type Inputs } from './inputs.ts';
import { MdeCard } from './mde-card.tsx';
import { NotesCard } from './notes-card.tsx';
import { outlookOf, type Outlook } from './outlook.ts';
import { useBaseline, usePlan } from './queries.ts';
import { PowerCard, SettingsCard } from './result-cards.tsx';
import type { PlannerSearch } from './search.ts';
import { useText } from './text.ts';
import { useLiftText } from './use-lift-text.ts';

const route = getRouteApi('/app/planner');

/** How many users, how long, and what that buys. */
export function PlannerPage() {
  const t = useText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [today] = useState(() => noon(Date.now()));
  /** While the slider is held, the lift lives here; let go, it goes into the address. */
  const [held, setHeld] = useState<number | null>(null);
  const onSearch = (change: Partial<PlannerSearch>) => {
    void navigate({
      search: (before) => ({ ...before, ...change }),
      replace: true,
      resetScroll: false,
    });
  };
  const metrics = useApi('GET /api/metrics', { query: { limit: 1_000 } });
  const plannable = (metrics.data?.items ?? []).filter(isPlannable);
  const metric = chosenMetric(search, plannable);
  const environment = useEnvironment();
  const baseline = useBaseline(metric?.key, environment);
  const measured = baseline.isPlaceholderData ? undefined : baseline.data;
  const inputs = inputsOf(held === null ? search : { ...search, lift: held }, metric, measured);
  const plans = usePlans(inputs);
  const { outlook, error } = plans;
  const measuring = metrics.isPending || (metric !== undefined && baseline.isPending);
  const isMissing = !measuring && inputs.baseline === null;
  return (
    <Page
      title={t.title}
      ownHeading
      actions={
        <Actions inputs={inputs} outlook={outlook} metric={metric} today={today} search={search} />
      }
    >
      <h1>{search.name ?? t.heading}</h1>
      <div className="mt-4 grid grid-cols-1 items-start gap-4 min-[960px]:grid-cols-[304px_minmax(0,1fr)]">
        <Form
          {...{ search, inputs, metric, onSearch, measuring }}
          metrics={plannable}
          baseline={measured}
          inflation={plans.inflation}
          onLift={(lift, done) => {
            setHeld(done ? null : lift);
            if (done) onSearch({ lift });
          }}
        />
        <div className="flex min-w-0 flex-col gap-4">
          <ErrorLine error={error ?? baseline.error} />
          <Hero {...{ inputs, outlook, today, isMissing }} />
          <MdeCard
            {...{ inputs, outlook, today, search, onSearch }}
            main={plans.main}
            open={plans.open}
          />
          {!isMissing && <Results inputs={inputs} outlook={outlook} />}
          <GridCard
            {...{ inputs, onSearch }}
            references={plans.references}
            referenceLift={plans.referenceLift}
            unitOfMeasure={metric?.unitOfMeasure}
          />
          <NotesCard inputs={inputs} outlook={outlook} baseline={measured} />
        </div>
      </div>
    </Page>
  );
}

function Results({ inputs, outlook }: { inputs: Inputs; outlook: Outlook | undefined }) {
  return (
    <div className="grid grid-cols-1 gap-4 min-[1100px]:grid-cols-2">
      {outlook === undefined ? (
        <>
          <Skeleton className="h-[300px]" />
          <Skeleton className="h-[300px]" />
        </>
      ) : (
        <>
          <PowerCard inputs={inputs} outlook={outlook} />
          <SettingsCard inputs={inputs} outlook={outlook} />
        </>
      )}
    </div>
  );
}

function chosenMetric(search: PlannerSearch, metrics: readonly Metric[]): Metric | undefined {
  if (search.metric !== undefined) return metrics.find((m) => m.key === search.metric);
  const typed = search.kind ?? search.rate ?? search.mean;
  return typed === undefined ? metrics[0] : undefined;
}

/**
 * The plan itself follows the slider. What does not depend on the lift (curves by day, the grid's reference) is asked
 * for once, at a lift that stays put.
 */
function usePlans(inputs: Inputs) {
  const body = bodyOf(inputs, { lift: useSettled(inputs.lift, 40) });
  const plan = usePlan(body);
  const referenceLift = Math.sign(inputs.lift) * Math.min(0.05, 0.5 * largestLift(inputs));
  const at = (change: Partial<Inputs>) => bodyOf(inputs, { lift: referenceLift, ...change });
  const main = usePlan(at({}));
  const reference = at({});
  const open = usePlan(reference === null ? null : { ...reference, method: 'confidenceSequence' });
  const two = usePlan(at({ groups: gridGroups[0] }));
  const three = usePlan(at({ groups: gridGroups[1] }));
  const four = usePlan(at({ groups: gridGroups[2] }));
  const found = [two, three, four].map(({ data }) => data?.unitsPerVariant[0]);
  const references = new Map<number, number>();
  for (const [i, groups] of gridGroups.entries()) {
    const units = found[i];
    if (units !== undefined) references.set(groups, units);
  }
  return {
    outlook: plan.data === undefined || body === null ? undefined : outlookOf(plan.data, inputs),
    error: plan.error,
    main: main.data,
    open: open.data,
    inflation: main.data?.inflation,
    referenceLift,
    references,
  };
}

/** The value once it has stood still for so many ms; at once when it did before. */
function useSettled(value: number, ms: number): number {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value);
    }, ms);
    return () => {
      clearTimeout(timer);
    };
  }, [value, ms]);
  return settled;
}

function Actions(props: {
  inputs: Inputs;
  outlook: Outlook | undefined;
  metric: Metric | undefined;
  today: number;
  search: PlannerSearch;
}) {
  const { inputs, outlook, metric, today, search } = props;
  const t = useText();
  const format = useFormat();
  const liftText = useLiftText();
  return (
    <>
      <span className="sub max-sm:hidden">{t.savedInLink}</span>
      <CopyButton text={window.location.href} label={t.copyLink} />
      {outlook !== undefined && (
        <>
          <CopyButton
            text={planAsText({
              inputs,
              outlook,
              metric,
              today,
              name: search.name,
              t,
              format,
              liftText,
            })}
            label={t.copyText}
          />
          <ButtonLink
            variant="primary"
            to="/experiments/new"
            search={{
              ...(search.name !== undefined && { name: search.name }),
              ...(metric !== undefined && { metric: metric.key }),
              mde: Math.abs(inputs.lift),
              units: outlook.perGroup,
              ...(typeof outlook.days === 'number' && { days: outlook.days }),
              alpha: inputs.alpha,
              power: inputs.power,
              method: inputs.look === 'any' ? 'sequential' : 'fixed',
            }}
          >
            <Lock size={14} aria-hidden="true" />
            {t.create}
          </ButtonLink>
        </>
      )}
    </>
  );
}
