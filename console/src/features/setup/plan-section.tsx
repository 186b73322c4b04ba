import type { Baseline, Plan } from '@assay/server/contract';
import { Calculator, Ruler } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../lib/api.ts';
import { useFormat, type Format } from '../../lib/format.ts';
import { problemOf, type ApiError } from '../../lib/problem.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { toCondition } from '../../ui/condition/model.ts';
import { NumberField } from '../../ui/field.tsx';
import { ErrorLine } from '../../ui/states.tsx';
import { Checkbox, SegmentedControl } from '../../ui/toggle.tsx';
import type { PlanDraft } from './model.ts';
import { useMetrics } from './queries.ts';
import { Section, type SectionProps } from './section.tsx';
import { sizeQuestion } from './size.ts';
import { useText } from './text.ts';

const methods = ['sequential', 'fixed', 'bayesian'] as const;

export function PlanSection({ draft, edit }: SectionProps) {
  const t = useText().sections.plan;
  const { analysis, plan } = draft;
  const setAnalysis = (change: Partial<typeof analysis>) => {
    edit({ ...draft, analysis: { ...analysis, ...change } });
  };
  const setPlan = (change: { [N in keyof typeof plan]: number | undefined }) => {
    const next = { ...plan, ...change };
    edit({
      ...draft,
      plan: Object.fromEntries(Object.entries(next).filter(([, v]) => v !== undefined)),
    });
  };
  return (
    <Section n={5} title={t.title} note={t.note}>
      <div>
        <span className="mb-1 block text-label text-ink2">{t.method}</span>
        <SegmentedControl
          label={t.method}
          value={analysis.method}
          onChange={(method) => {
            setAnalysis({ method });
          }}
          options={methods.map((id) => ({ id, label: t.methods[id] }))}
        />
        <p className="mt-1.5 text-note text-ink3">{t.methodHints[analysis.method]}</p>
      </div>
      <div className="grid grid-cols-3 gap-3 max-sm:grid-cols-1">
        <Percent
          label={t.mde}
          value={plan.mde}
          onChange={(mde) => {
            setPlan({ mde });
          }}
        />
        <Percent
          label={t.alpha}
          value={analysis.alpha}
          onChange={(alpha) => {
            if (alpha !== undefined && alpha < 1) setAnalysis({ alpha });
          }}
        />
        <Percent
          label={t.power}
          value={analysis.power}
          onChange={(power) => {
            if (power !== undefined && power < 1) setAnalysis({ power });
          }}
        />
      </div>
      <div className="grid grid-cols-3 gap-3 max-sm:grid-cols-1">
        <NumberField
          label={t.units}
          value={plan.unitsPerVariant ?? Number.NaN}
          minValue={2}
          step={1}
          onChange={(n) => {
            setPlan({ unitsPerVariant: Number.isNaN(n) ? undefined : n });
          }}
        />
        <NumberField
          label={t.days}
          value={plan.days ?? Number.NaN}
          minValue={1}
          maxValue={400}
          onChange={(n) => {
            setPlan({ days: Number.isNaN(n) ? undefined : n });
          }}
        />
      </div>
      <Proposal
        draft={draft}
        onAdopt={(unitsPerVariant, days) => {
          setPlan({ unitsPerVariant, ...(days !== undefined && { days }) });
        }}
      />
      <Checkbox
        value={analysis.cuped}
        onChange={(cuped) => {
          setAnalysis({ cuped });
        }}
      >
        {t.cuped}
      </Checkbox>
    </Section>
  );
}

function Percent(props: {
  label: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
}) {
  const { label, value, onChange } = props;
  return (
    <NumberField
      label={label}
      value={value === undefined ? Number.NaN : Math.round(value * 1e6) / 1e4}
      minValue={0.01}
      step={0.01}
      unit="%"
      onChange={(percent) => {
        onChange(Number.isNaN(percent) ? undefined : Math.round(percent * 1e4) / 1e6);
      }}
    />
  );
}

type Found = { baseline: Baseline; plan: Plan | null };
type ProposalProps = {
  draft: SectionProps['draft'];
  onAdopt: (units: number, days: number | undefined) => void;
};

/** Size and duration from what is logged; shown first, taken over by a press. */
function Proposal({ draft, onAdopt }: ProposalProps) {
  const t = useText().sections.plan;
  const f = useFormat();
  const metric = useMetrics().data?.items.find(({ key }) => key === draft.metrics.primary);
  const [found, setFound] = useState<Found | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const canAsk = metric !== undefined && draft.plan.mde !== undefined;
  const compute = async () => {
    if (metric === undefined) return;
    setBusy(true);
    setError(null);
    try {
      const audience = toCondition(draft.audience);
      const baseline = await api('POST /api/plan/baseline', {
        body: {
          metric: metric.key,
          environment: draft.environment,
          ...(audience !== undefined && { audience }),
        },
      });
      const question = sizeQuestion(draft, metric, baseline);
      setFound({
        baseline,
        plan: question === null ? null : await api('POST /api/plan', { body: question }),
      });
    } catch (thrown) {
      setError(problemOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  const units = found?.plan === null ? undefined : found?.plan.unitsPerVariant;
  const smallest = units === undefined ? undefined : Math.ceil(Math.max(...units));
  const days = found?.plan?.days ?? undefined;
  return (
    <div className="flex flex-col gap-2 rounded-control bg-surface2 p-3">
      <div className="flex flex-wrap items-center gap-2">
        <Button
          size="chip"
          isDisabled={!canAsk}
          isPending={isBusy}
          onPress={() => {
            void compute();
          }}
        >
          <Calculator size={13} aria-hidden="true" />
          {isBusy ? t.computing : t.compute}
        </Button>
        <ButtonLink to="/planner" search={plannerSearch(draft)} size="chip" variant="ghost">
          <Ruler size={13} aria-hidden="true" />
          {t.planner}
        </ButtonLink>
        {!canAsk && <span className="sub">{t.needsMetric}</span>}
      </div>
      <ErrorLine error={error} />
      {found !== null && found.plan === null && <p className="text-ink2">{t.noBaseline}</p>}
      {found !== null && smallest !== undefined && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5" aria-live="polite">
          <p>
            {t.measured(baselineWords(found.baseline, f), f.count(found.baseline.units))}{' '}
            <b className="font-semibold">
              {t.proposed(
                f.exact(smallest),
                days === undefined ? t.noDuration : t.daysText(Math.ceil(days)),
              )}
            </b>
          </p>
          <Button
            size="chip"
            onPress={() => {
              onAdopt(smallest, days === undefined ? undefined : Math.ceil(days));
            }}
          >
            {t.adopt}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The draft as the planner's address has it. */
function plannerSearch({ name, metrics, plan, analysis, variants, coverage }: PlanDraft) {
  return {
    ...(name !== '' && { name }),
    ...(metrics.primary !== undefined && { metric: metrics.primary }),
    ...(plan.mde !== undefined && { lift: plan.mde }),
    ...(variants.length !== 2 && { groups: variants.length }),
    ...(coverage !== 100_000 && { use: coverage / 100_000 }),
    alpha: analysis.alpha,
    power: analysis.power,
    ...(analysis.method === 'sequential' && { look: 'any' as const }),
  };
}

function baselineWords({ rate, mean, ratio }: Baseline, f: Format): string {
  if (rate !== null) return f.rate(rate);
  if (mean !== null) return f.number(mean);
  return ratio === null ? f.number(null) : f.number(ratio.numerator.mean / ratio.denominator.mean);
}
