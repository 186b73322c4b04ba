import type { Experiment } from '@assay/server/contract';
import { useFormat } from '../../lib/format.ts';
import type { Role } from './rows.ts';
import { useText } from './text.ts';

/** What stands beside the name of a group of metrics. */
export function useGroupNote(experiment: Experiment): (role: Role) => string {
  const t = useText();
  const axisText = useAxisText();
  const { mde } = experiment.plan;
  return (role) => {
    if (role === 'primary') return t.results.primaryNote(mde === undefined ? null : axisText(mde));
    if (role === 'guardrail') return t.results.guardrailNote;
    return experiment.analysis.correction === 'none'
      ? t.results.secondaryPlain
      : t.results.secondaryNote;
  };
}

/** Round lifts without idle digits: "0", "+5%", "+2.5%". */
export function useAxisText(): (lift: number) => string {
  const format = useFormat();
  return (lift) => (lift === 0 ? '0' : format.lift(lift).replace(/\.0+%$/, '%'));
}
