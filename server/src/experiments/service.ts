import type { Experiment, Flag } from '../contract/definitions.ts';
import { AppError } from '../errors.ts';
import type { Catalogue, Decide } from '../definitions/catalogue.ts';
import { changeOf, expectRevision, type Author } from '../definitions/change.ts';
import { definitionOf } from '../definitions/document.ts';
import type { Definitions } from '../definitions/lookup.ts';
import { makeSalt } from '../definitions/salt.ts';
import { same } from '../definitions/diff.ts';
import { refuseFindings } from '../definitions/refuse.ts';
import { withExperimentRule, withOutcome } from '../flags/experiment-rule.ts';
import type { Random } from '../http/handler.ts';
import { amended, readAmendment } from './amend.ts';
import { checklist } from './checklist.ts';
import { decided, ramped, servedAfter, started, stopped, type Outcome } from './life.ts';
import { checkExperiment } from './rules.ts';

/** Who does what to which experiment, and why. */
export interface Deed extends Author {
  readonly key: string;
  readonly reason: string;
  readonly ifMatch: number | undefined;
}

/** The life of experiments. Experiment and flag always change together, in one transaction. */
export interface ExperimentService {
  start(deed: Deed): Promise<Experiment>;
  ramp(deed: Deed, coverage: number): Promise<Experiment>;
  stop(deed: Deed): Promise<Experiment>;
  decide(
    deed: Deed,
    verdict: { outcome: Outcome['outcome']; variant?: string | undefined; note: string },
  ): Promise<Experiment>;
  amend(deed: Deed, changes: Readonly<Record<string, unknown>>): Promise<Experiment>;
}

export function experimentService(deps: {
  readonly catalogue: Catalogue;
  readonly random: Random;
}): ExperimentService {
  const { catalogue, random } = deps;
  const act = async (
    action: string,
    deed: Deed,
    next: (e: Experiment, now: Definitions) => Next,
  ) => {
    const decide: Decide = (now) => {
      const experiment = found(now, deed.key);
      expectRevision(experiment, 'experiments', deed.ifMatch);
      return changesOf(action, deed, { experiment, ...next(experiment, now) });
    };
    const [revision] = await catalogue.change(decide);
    return revision === undefined
      ? found(catalogue, deed.key)
      : definitionOf('experiments', revision);
  };
  return {
    start: (deed) =>
      act('start', deed, (experiment, now) => {
        if (experiment.status === 'running') return {};
        const next = started(experiment, deedAct(deed, 'start'), makeSalt(random));
        refuseUnready(experiment, now);
        return { next, flag: withRule(now, experiment) };
      }),
    ramp: (deed, coverage) =>
      act('ramp', deed, (experiment) => ({
        next: ramped(experiment, coverage, deedAct(deed, 'ramp')),
      })),
    stop: (deed) =>
      act('stop', deed, (experiment) =>
        experiment.status === 'stopped' ? {} : { next: stopped(experiment, deedAct(deed, 'stop')) },
      ),
    decide: (deed, { note, ...verdict }) =>
      act('decide', deed, (experiment, now) => {
        const variant = servedAfter(experiment, verdict);
        const outcome = { outcome: verdict.outcome, variant, note };
        const next = decided(experiment, outcome, deedAct(deed, 'decide'));
        const flag = now.flag(experiment.flag);
        return { next, flag: flag && withOutcome(flag, experiment, variant) };
      }),
    amend: (deed, changes) =>
      act('amend', deed, (experiment, now) => {
        const amendment = readAmendment(experiment, changes);
        const next = amended(experiment, amendment, deedAct(deed, 'amend'), () => makeSalt(random));
        refuseFindings('invalid', checkExperiment(amendment.body, now, experiment));
        return { next };
      }),
  };
}

interface Next {
  readonly next?: Experiment;
  readonly flag?: Flag | undefined;
}

function changesOf(
  action: string,
  deed: Deed,
  { experiment, next, flag }: Next & { experiment: Experiment },
) {
  if (next === undefined || same(experiment, next)) return [];
  const how = { action, reason: deed.reason };
  const changes = [changeOf('experiments', next, deed, how)];
  return flag === undefined ? changes : [...changes, changeOf('flags', flag, deed, how)];
}

/** The flag with the experiment's rule, or undefined where it has it and nothing changes. */
function withRule(now: Definitions, experiment: Experiment): Flag | undefined {
  const flag = now.flag(experiment.flag);
  const next = flag && withExperimentRule(flag, experiment);
  return same(flag, next) ? undefined : next;
}

function found(now: Pick<Definitions, 'experiment'>, key: string): Experiment {
  const experiment = now.experiment(key);
  if (experiment === undefined) throw new AppError('not_found', `No experiment "${key}".`);
  return experiment;
}

function refuseUnready(experiment: Experiment, now: Definitions): void {
  const open = checklist(experiment, now).filter((item) => item.blocking && !item.ok);
  refuseFindings(
    'invalid',
    open.map(({ id, detail }) => ({ path: id, message: detail.replace(/\.$/, '') })),
  );
}

function deedAct({ at, author, reason }: Deed, otherwise: string) {
  return { at, by: author, reason: reason === '' ? otherwise : reason };
}
