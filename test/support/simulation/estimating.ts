import { compare } from '@assay/server/stats/compare';
import { linAdjustment, linStandardError, pooledAdjustment } from '@assay/server/stats/covariate';
import {
  difference,
  type Estimates,
  meanEstimates,
  standardError,
} from '@assay/server/stats/estimates';
import { deltaLift, fiellerLift, type Lift, logLift } from '@assay/server/stats/lift';
import { merge, type Moments } from '@assay/server/stats/moments';
import { clusteredQuantile, quantile } from '@assay/server/stats/quantile';
import { Random } from './random.ts';
import { sample } from './paths.ts';
import { average, once, share } from './share.ts';

const REPS = 2_000;
const Z = 1.959963984540054;
const REACH = { below: Z, above: Z };

interface Scenario<D> {
  readonly dgp: D;
}
interface Pair {
  readonly control: Moments;
  readonly treatment: Moments;
}

/** Estimators and their intervals, looked at once. */
export const estimating = {
  'simulation.ratio_delta': ({ dgp }: Scenario<{ nPerArm: number }>) =>
    share(clicks(dgp.nPerArm), (run) => {
      const { pValue } = compare({ shape: 'ratio', ...run }, { alpha: 0.05 });
      return pValue !== null && pValue < 0.05;
    }),
  'simulation.naive_event_level_z': ({ dgp }: Scenario<{ nPerArm: number }>) =>
    share(clicks(dgp.nPerArm), ({ control, treatment }) => {
      const events = (m: Moments): { n: number; p: number } => ({
        n: m.n * m.mean[1]!,
        p: m.mean[0]! / m.mean[1]!,
      });
      const a = events(control);
      const b = events(treatment);
      const se = Math.sqrt((a.p * (1 - a.p)) / a.n + (b.p * (1 - b.p)) / b.n);
      return Math.abs(b.p - a.p) > Z * se;
    }),
  'simulation.cuped_ancova_ci': ({ dgp }: Scenario<Correlated>) =>
    share(correlated(dgp), ({ control, treatment }) => {
      const { estimates } = pooledAdjustment(control, treatment);
      return Math.abs(difference(estimates) - dgp.effect) <= Z * standardError(estimates);
    }),
  'simulation.cuped_lin_ci': ({ dgp }: Scenario<Correlated>) =>
    share(correlated(dgp), ({ control, treatment }) => {
      const { estimates } = linAdjustment(control, treatment);
      const se = linStandardError(control, treatment);
      return Math.abs(difference(estimates) - dgp.effect) <= Z * se;
    }),
  'simulation.raw_ci': ({ dgp }: Scenario<Correlated>) =>
    share(correlated(dgp), ({ control, treatment }) => {
      const e = meanEstimates(control, treatment);
      return Math.abs(difference(e) - dgp.effect) <= Z * standardError(e);
    }),
  'simulation.cuped_variance_ratio': ({ dgp }: Scenario<Correlated>) => ({
    rate: average(
      correlated(dgp).map(({ control, treatment }) => {
        const raw = standardError(meanEstimates(control, treatment));
        return (standardError(pooledAdjustment(control, treatment).estimates) / raw) ** 2;
      }),
    ),
  }),
  'simulation.delta_lift_ci': ({ dgp }: Scenario<Lifted>) => covers(dgp, deltaLift),
  'simulation.log_lift_ci': ({ dgp }: Scenario<Lifted>) => covers(dgp, logLift),
  'simulation.fieller_lift_ci': ({ dgp }: Scenario<Lifted>) => covers(dgp, fiellerLift),
  'simulation.fieller_unbounded': ({ dgp }: Scenario<Lifted>) =>
    share(lifted(dgp), (e) => fiellerLift(e, REACH).note === 'noisy_baseline'),
  'simulation.quantile_clustered': ({ dgp }: Scenario<{ p: number }>) =>
    share(latencies(dgp.p), ([a, b]) => Math.abs(a.value - b.value) > Z * Math.hypot(a.se, b.se)),
  'simulation.quantile_iid_naive': ({ dgp }: Scenario<{ p: number }>) =>
    share(
      latencies(dgp.p),
      ([a, b]) => Math.abs(a.value - b.value) > Z * Math.hypot(a.naive, b.naive),
    ),
};

const clickRuns = once<readonly Pair[]>();
/** Per user 1 + Poisson(9) views and a click rate of the user's own, Beta(½, 4½). */
function clicks(users: number): readonly Pair[] {
  return clickRuns(`${users}`, () => {
    const random = new Random(13);
    return Array.from({ length: REPS }, () => ({
      control: ratioSample(random, users),
      treatment: ratioSample(random, users),
    }));
  });
}

function ratioSample(random: Random, users: number): Moments {
  const sums = { m: 0, d: 0, mm: 0, md: 0, dd: 0 };
  for (let i = 0; i < users; i++) {
    const d = 1 + random.poisson(9);
    const m = random.binomial(d, random.beta(0.5, 4.5));
    sums.m += m;
    sums.d += d;
    sums.mm += m * m;
    sums.md += m * d;
    sums.dd += d * d;
  }
  const { m, d, mm, md, dd } = sums;
  const n = users;
  return {
    n,
    mean: [m / n, d / n],
    comoment: [mm - (m * m) / n, md - (m * d) / n, dd - (d * d) / n],
  };
}

interface Correlated {
  readonly rho: number;
  readonly nPerArm: number;
  readonly effect: number;
}
const correlatedRuns = once<readonly Pair[]>();
function correlated(dgp: Correlated): readonly Pair[] {
  return correlatedRuns(JSON.stringify(dgp), () => {
    const random = new Random(17);
    return Array.from({ length: REPS }, () => ({
      control: pairSample(random, dgp, 0),
      treatment: pairSample(random, dgp, dgp.effect),
    }));
  });
}

function pairSample(random: Random, { rho, nPerArm }: Correlated, effect: number): Moments {
  let all: Moments = { n: 0, mean: [0, 0], comoment: [0, 0, 0] };
  const own = Math.sqrt(1 - rho * rho);
  for (let i = 0; i < nPerArm; i++) {
    const x = random.normal();
    const y = effect + rho * x + own * random.normal();
    all = merge(all, { n: 1, mean: [y, x], comoment: [0, 0, 0] });
  }
  return all;
}

interface Lifted {
  readonly meanA: number;
  readonly sd: number;
  readonly nPerArm: number;
  readonly lift: number;
}
const liftedRuns = once<readonly Estimates[]>();
function lifted(dgp: Lifted): readonly Estimates[] {
  return liftedRuns(JSON.stringify(dgp), () => {
    const random = new Random(19);
    const of = (mean: number): Moments =>
      sample(random, dgp.nPerArm, (r) => mean + dgp.sd * r.normal());
    return Array.from({ length: REPS }, () =>
      meanEstimates(of(dgp.meanA), of(dgp.meanA * (1 + dgp.lift))),
    );
  });
}

/** An unbounded set covers everything. */
function covers(
  dgp: Lifted,
  interval: (e: Estimates, reach: typeof REACH) => Lift,
): { rate: number } {
  return share(lifted(dgp), (e) => {
    const found = interval(e, REACH).interval;
    return !found || ((found.low ?? -Infinity) <= dgp.lift && dgp.lift <= (found.high ?? Infinity));
  });
}

interface Latency {
  readonly value: number;
  readonly se: number;
  readonly naive: number;
}
const latencyRuns = once<readonly (readonly [Latency, Latency])[]>();
/** 400 users with 1 + Poisson(4) events each; log latency is N(0, 0.7) of the user plus N(0, 0.5) of the event. */
function latencies(p: number): readonly (readonly [Latency, Latency])[] {
  return latencyRuns(`${p}`, () => {
    const random = new Random(23);
    return Array.from({ length: REPS }, () => [latency(random, p), latency(random, p)] as const);
  });
}

function latency(random: Random, p: number): Latency {
  const users = Array.from({ length: 400 }, () => {
    const own = 0.7 * random.normal();
    return Array.from({ length: 1 + random.poisson(4) }, () =>
      Math.exp(own + 0.5 * random.normal()),
    );
  });
  const clustered = clusteredQuantile(users, p, 0.05);
  const sorted = Float64Array.from(users.flat()).toSorted();
  const reach = Z * Math.sqrt((p * (1 - p)) / sorted.length);
  const naive = (quantile(sorted, p + reach) - quantile(sorted, p - reach)) / (2 * Z);
  return { value: clustered.quantile, se: clustered.se ?? NaN, naive };
}
