import type { Baseline, Metric } from '@assay/server/contract';
import { Part } from './form-part.tsx';
import type { Inputs } from './inputs.ts';
import { LiftField } from './lift-field.tsx';
import { MeasurePart } from './measure-part.tsx';
import type { PlannerSearch } from './search.ts';
import { SurePart } from './sure-part.tsx';
import { useText } from './text.ts';
import { WhoPart } from './who-part.tsx';

export type FormProps = {
  search: PlannerSearch;
  inputs: Inputs;
  metric: Metric | undefined;
  metrics: readonly Metric[];
  baseline: Baseline | undefined;
  measuring: boolean;
  inflation: number | undefined;
  onSearch: (change: Partial<PlannerSearch>) => void;
  onLift: (lift: number, done: boolean) => void;
};

/** Everything that can be wished for; what is known already is filled in. */
export function Form(props: FormProps) {
  const t = useText();
  return (
    <aside aria-label={t.inputs} className="rounded-card bg-surface shadow-card">
      <MeasurePart {...props} />
      <WhoPart {...props} />
      <Part title={t.lift.title}>
        <LiftField inputs={props.inputs} metric={props.metric} onLift={props.onLift} />
      </Part>
      <SurePart {...props} />
    </aside>
  );
}
