import { periodStratified } from '@assay/server/stats/bandit-analysis';
import { decide } from '@assay/server/stats/decision';
import { normalSf } from '@assay/server/stats/distributions/normal';
import { difference, standardError } from '@assay/server/stats/estimates';
import { benjaminiHochberg, holm } from '@assay/server/stats/multiplicity';
import { shrink } from '@assay/server/stats/programme';
import type { Count } from '@assay/server/stats/proportions';
import { sampleRatio, sequentialSampleRatio } from '@assay/server/stats/srm';
import { Random } from './random.ts';
import { average, once, share } from './share.ts';

const REPS = 2_000;
const Z = 1.959963984540054;

interface Scenario<D> {
  readonly dgp: D;
  readonly event: string;
}

/** Many metrics, unit counts, bandits, programmes and the decision itself. */
export const deciding = {
  'simulation.uncorrected': ({ dgp }: Scenario<Family>) => anyFound(dgp, (p) => p),
  'simulation.bonferroni_or_holm': ({ dgp }: Scenario<Family>) => anyFound(dgp, holm),
  'simulation.bh': ({ dgp }: Scenario<Family>) => anyFound(dgp, benjaminiHochberg),
  'simulation.bh_fdr': ({ dgp }: Scenario<Effects>) => ({
    rate: average(discoveries(dgp).map(({ found, wrong }) => (found === 0 ? 0 : wrong / found))),
  }),
  'simulation.bh_power': ({ dgp }: Scenario<Effects>) => ({
    rate: average(discoveries(dgp).map(({ found, wrong }) => (found - wrong) / dgp.trueEffects)),
  }),
  'simulation.srm_sequential_mixture_.01': ({ dgp, event }: Scenario<Arrivals>) =>
    share(arrivals(dgp), (looks) => {
      const path = sequentialSampleRatio(seen(looks, event), [1, 1], dgp.concentrations);
      return path.at(-1)!.pValue < 0.01;
    }),
  'simulation.srm_sequential_.01': ({ dgp, event }: Scenario<Arrivals>) =>
    share(arrivals(dgp), (looks) => {
      const path = sequentialSampleRatio(seen(looks, event), [1, 1], [dgp.concentration ?? 1e4]);
      return path.at(-1)!.pValue < 0.01;
    }),
  'simulation.srm_chi2_daily_.001': ({ dgp, event }: Scenario<Arrivals>) =>
    daily(dgp, event, 0.001),
  'simulation.srm_chi2_daily_.05': ({ dgp, event }: Scenario<Arrivals>) => daily(dgp, event, 0.05),
  'simulation.naive_pooled_z': ({ dgp }: Scenario<Drifting>) =>
    share(banditRuns(dgp), (periods) => {
      const pooled = (arm: 'control' | 'treatment'): Count =>
        periods
          .map((p) => p[arm])
          .reduce((a, b) => ({ n: a.n + b.n, successes: a.successes + b.successes }));
      const e = periodStratified([{ control: pooled('control'), treatment: pooled('treatment') }]);
      return Math.abs(difference(e)) > Z * standardError(e);
    }),
  'simulation.period_stratified_z': ({ dgp }: Scenario<Drifting>) =>
    share(banditRuns(dgp), (periods) => {
      const e = periodStratified(periods);
      return Math.abs(difference(e)) > Z * standardError(e);
    }),
  'simulation.selected_estimate_over_truth': ({ dgp }: Scenario<Curse>) =>
    ratioAmongWinners(dgp, ({ estimate }) => estimate),
  'simulation.shrunk_estimate_over_truth': ({ dgp }: Scenario<Curse>) =>
    ratioAmongWinners(
      dgp,
      ({ estimate }) =>
        shrink({ effect: estimate, se: dgp.se }, { mean: 0, variance: dgp.priorSd ** 2 }).mean,
    ),
  'simulation.decision_rule_false_ship': ({
    dgp,
  }: Scenario<{ success: number; guardrails: number }>) => {
    const random = new Random(43);
    const margin = 3;
    const runs = Array.from({ length: REPS * 10 }, () =>
      decide({
        successes: Array.from(
          { length: dgp.success },
          () => tail(random.normal()) < 0.05 / dgp.success / 2,
        ),
        guardrails: Array.from(
          { length: dgp.guardrails },
          () => tail(random.normal() + margin) < 0.05,
        ),
        deteriorations: [],
        checks: [],
      }),
    );
    return share(runs, (outcome) => outcome === 'ship');
  },
};

/** One-sided p of a z. */
function tail(z: number): number {
  return normalSf(z);
}

interface Family {
  readonly metrics: number;
  readonly correlation: number;
}
const familyRuns = once<readonly (readonly number[])[]>();
function anyFound(
  dgp: Family,
  adjust: (p: readonly number[]) => readonly (number | null)[],
): { rate: number } {
  const runs = familyRuns(JSON.stringify(dgp), () => {
    const random = new Random(29);
    const shared = Math.sqrt(dgp.correlation);
    const own = Math.sqrt(1 - dgp.correlation);
    return Array.from({ length: REPS * 5 }, () => {
      const common = random.normal();
      return Array.from(
        { length: dgp.metrics },
        () => 2 * tail(Math.abs(shared * common + own * random.normal())),
      );
    });
  });
  return share(runs, (ps) => adjust(ps).some((q) => q !== null && q < 0.05));
}

interface Effects {
  readonly metrics: number;
  readonly trueEffects: number;
  readonly zEffect: number;
}
interface Discovered {
  readonly found: number;
  readonly wrong: number;
}
const discoveryRuns = once<readonly Discovered[]>();
function discoveries({ metrics, trueEffects, zEffect }: Effects): readonly Discovered[] {
  return discoveryRuns(`${metrics} ${trueEffects} ${zEffect}`, () => {
    const random = new Random(31);
    return Array.from({ length: REPS * 5 }, () => {
      const ps = Array.from(
        { length: metrics },
        (_, k) => 2 * tail(Math.abs(random.normal() + (k < trueEffects ? zEffect : 0))),
      );
      const found = benjaminiHochberg(ps).map((q) => q !== null && q < 0.05);
      return {
        found: found.filter(Boolean).length,
        wrong: found.filter((yes, k) => yes && k >= trueEffects).length,
      };
    });
  });
}

interface Arrivals {
  readonly looks: number;
  readonly usersPerLook: number;
  readonly treatmentShare: number;
  readonly concentrations?: readonly number[];
  readonly concentration?: number;
}
const arrivalRuns = once<readonly (readonly (readonly [number, number])[])[]>();
function arrivals({
  looks,
  usersPerLook,
  treatmentShare,
}: Arrivals): readonly (readonly (readonly [number, number])[])[] {
  return arrivalRuns(`${looks} ${usersPerLook} ${treatmentShare}`, () => {
    const random = new Random(37);
    const sd = Math.sqrt(usersPerLook * treatmentShare * (1 - treatmentShare));
    // A look of thousands of users: the binomial count by its normal approximation, rounded.
    const count = (): number => Math.round(usersPerLook * treatmentShare + sd * random.normal());
    return Array.from({ length: REPS }, () =>
      Array.from({ length: looks }, () => {
        const treated = count();
        return [usersPerLook - treated, treated] as const;
      }),
    );
  });
}

/** The looks up to the one that the event names: "at look 1", else all. */
function seen<T>(looks: readonly T[], event: string): readonly T[] {
  const at = /at look (\d+)/.exec(event);
  return at ? looks.slice(0, Number(at[1])) : looks;
}

function daily(dgp: Arrivals, event: string, alpha: number): { rate: number } {
  return share(arrivals(dgp), (looks) => {
    const sofar = [0, 0] as [number, number];
    return seen(looks, event).some(([control, treatment]) => {
      sofar[0] += control;
      sofar[1] += treatment;
      return (sampleRatio(sofar, [1, 1]).pValue ?? 1) < alpha;
    });
  });
}

interface Drifting {
  readonly periods: number;
  readonly perPeriod: number;
}
interface Period {
  readonly control: Count;
  readonly treatment: Count;
}
const driftRuns = once<readonly (readonly Period[])[]>();
/** Equal arms, a base rate rising from 5 % to 10 %, shares by Thompson sampling within 10 % and 90 %. */
function banditRuns(dgp: Drifting): readonly (readonly Period[])[] {
  return driftRuns(JSON.stringify(dgp), () => {
    const random = new Random(41);
    return Array.from({ length: REPS }, () => banditRun(random, dgp));
  });
}

function banditRun(random: Random, { periods, perPeriod }: Drifting): readonly Period[] {
  const totals = { control: { n: 0, successes: 0 }, treatment: { n: 0, successes: 0 } };
  return Array.from({ length: periods }, (_, t) => {
    const rate = 0.05 + (0.05 * t) / (periods - 1);
    const treated = Math.round(perPeriod * (t === 0 ? 0.5 : thompsonShare(totals)));
    const draw = (n: number): Count => ({ n, successes: random.binomial(n, rate) });
    const period = { control: draw(perPeriod - treated), treatment: draw(treated) };
    for (const arm of ['control', 'treatment'] as const) {
      totals[arm].n += period[arm].n;
      totals[arm].successes += period[arm].successes;
    }
    return period;
  });
}

function thompsonShare({ control, treatment }: Period): number {
  const posterior = ({ n, successes }: Count): { mean: number; sd: number } => {
    const mean = successes / n;
    return { mean, sd: Math.sqrt(Math.max(mean * (1 - mean), 1 / n) / n) };
  };
  const a = posterior(control);
  const b = posterior(treatment);
  const best = 1 - normalSf((b.mean - a.mean) / Math.hypot(a.sd, b.sd));
  return Math.min(0.9, Math.max(0.1, best));
}

interface Curse {
  readonly priorSd: number;
  readonly se: number;
}
interface Experiment {
  readonly truth: number;
  readonly estimate: number;
}
/** Mean estimate over mean truth of the experiments that were shipped. */
function ratioAmongWinners(
  { priorSd, se }: Curse,
  told: (e: Experiment) => number,
): { rate: number } {
  const random = new Random(47);
  const winners = Array.from({ length: REPS * 100 }, () => {
    const truth = priorSd * random.normal();
    return { truth, estimate: truth + se * random.normal() };
  }).filter((e) => e.estimate > 1.96 * se);
  return { rate: average(winners.map(told)) / average(winners.map((e) => e.truth)) };
}
