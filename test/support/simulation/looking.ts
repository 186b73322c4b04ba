import { chanceToWin } from '@assay/server/stats/bayes';
import { compare } from '@assay/server/stats/compare';
import type { Method } from '@assay/server/stats/comparison';
import { mixtureReach, tuning } from '@assay/server/stats/confidence-sequence';
import { difference, meanEstimates, standardError } from '@assay/server/stats/estimates';
import { spendingBoundary } from '@assay/server/stats/group-sequential';
import type { Spending } from '@assay/server/stats/spending';
import { Random } from './random.ts';
import {
  type Look,
  type Looks,
  type Path,
  paths,
  type Population,
  sample,
  unitOf,
} from './paths.ts';
import { average, share } from './share.ts';

const REPS = 2_000;
const Z = 1.959963984540054;

interface Scenario<D> {
  readonly dgp: D;
}
type Spender = Looks & { readonly spending: 'obf' | 'pocock' };

/** Tests that are looked at once or many times. */
export const looking = {
  'simulation.welch_fixed': ({ dgp }: Scenario<Population & { nPerArm: number }>) => {
    const random = new Random(7);
    const unit = unitOf(dgp);
    const runs = Array.from({ length: REPS * 5 }, () => ({
      control: sample(random, dgp.nPerArm, unit),
      treatment: sample(random, dgp.nPerArm, unit),
    }));
    return share(runs, (run) => isBelow(pValue(run, { kind: 'fixed' }), 0.05));
  },
  'simulation.naive_peeking': ({ dgp }: Scenario<Looks>) =>
    share(paths(dgp, REPS), (path) => path.some((look) => Math.abs(zOf(look)) > Z)),
  'simulation.bayes_flat_prior_95': ({ dgp }: Scenario<Looks>) =>
    share(paths(dgp, REPS), (path) =>
      path.some((look) => {
        const win = chanceToWin(effectOf(look));
        return win > 0.95 || win < 0.05;
      }),
    ),
  'simulation.asymptotic_cs': ({ dgp }: Scenario<Looks & { tStar: number } & Steps>) =>
    dgp.kind === 'sum of N(0,1)'
      ? everyUnit(dgp)
      : share(paths(dgp, REPS), (path) =>
          path.some((look) =>
            isBelow(pValue(look, { kind: 'confidenceSequence', tunedTo: dgp.tStar }), 0.05),
          ),
        ),
  'simulation.group_sequential': ({ dgp }: Scenario<Spender>) => {
    const bounds = boundsOf(dgp.spending, dgp.looks, true);
    return share(paths(dgp, REPS), (path) =>
      path.some((look, k) => Math.abs(zOf(look)) > bounds[k]!),
    );
  },
  'simulation.fixed_at_end': ({ dgp }: Scenario<Looks>) =>
    share(paths(dgp, REPS), (path) => zOf(path.at(-1)!) > Z),
  'simulation.gs_obf': ({ dgp }: Scenario<Looks>) => crossing(dgp, 'obf'),
  'simulation.gs_pocock': ({ dgp }: Scenario<Looks>) => crossing(dgp, 'pocock'),
  'simulation.naive_ci_at_stop': ({ dgp }: Scenario<{ effect: number }>) =>
    share(stops(dgp.effect), (look) => {
      const { mean, sd } = effectOf(look);
      return Math.abs(mean - dgp.effect) <= Z * sd;
    }),
  'simulation.cs_at_stop': ({ dgp }: Scenario<{ effect: number }>) =>
    share(stops(dgp.effect), (look) => {
      const { mean, sd } = effectOf(look);
      const units = look.control.n + look.treatment.n;
      return Math.abs(mean - dgp.effect) <= mixtureReach(units * tuning(0.05, 4_000), 0.05) * sd;
    }),
  'simulation.mean_estimate_over_truth': ({ dgp }: Scenario<{ effect: number }>) => ({
    rate: average(stops(dgp.effect).map((look) => effectOf(look).mean)) / dgp.effect,
  }),
};

interface Steps {
  readonly from?: number;
  readonly to?: number;
}

/** A walk of single units, the sequence looked at after each: what a dashboard that never sleeps would see. */
function everyUnit({ from = 1, to = 1, tStar }: Steps & { tStar: number }): { rate: number } {
  const rho2 = tuning(0.05, tStar);
  const limits = Float64Array.from(
    { length: to + 1 },
    (_, n) => mixtureReach(n * rho2, 0.05) * Math.sqrt(n),
  );
  const random = new Random(11);
  const crosses = (): boolean => {
    let sum = 0;
    for (let n = 1; n <= to; n++) {
      sum += random.normal();
      if (n >= from && Math.abs(sum) > limits[n]!) return true;
    }
    return false;
  };
  return share(
    Array.from({ length: REPS }, () => crosses()),
    (crossed) => crossed,
  );
}

function crossing(dgp: Looks, spending: Spender['spending']): { rate: number } {
  const bounds = boundsOf(spending, dgp.looks, false);
  return share(paths(dgp, REPS), (path) => path.some((look, k) => zOf(look) > bounds[k]!));
}

/** Where runs stop under one-sided Pocock bounds, the last look at the latest. */
function stops(effect: number): readonly Look[] {
  const bounds = boundsOf('pocock', 20, false);
  return paths({ effect, looks: 20, unitsPerArmPerLook: 100 }, REPS).map((path: Path) => {
    const at = path.findIndex((look, k) => zOf(look) > bounds[k]!);
    return path.at(at)!;
  });
}

function boundsOf(
  spending: Spender['spending'],
  looks: number,
  mirrored: boolean,
): readonly number[] {
  const kind: Spending = { kind: spending === 'obf' ? 'obrienFleming' : 'pocock' };
  const information = Array.from({ length: looks }, (_, k) => (k + 1) / looks);
  return spendingBoundary({ spending: kind, alpha: 0.025, mirrored, information }).z;
}

function pValue({ control, treatment }: Look, method: Method): number | null {
  return compare({ shape: 'mean', control, treatment }, { alpha: 0.05, method }).pValue;
}

function isBelow(p: number | null, alpha: number): boolean {
  return p !== null && p < alpha;
}

function effectOf({ control, treatment }: Look): { readonly mean: number; readonly sd: number } {
  const e = meanEstimates(control, treatment);
  return { mean: difference(e), sd: standardError(e) };
}

function zOf(look: Look): number {
  const { mean, sd } = effectOf(look);
  return sd > 0 ? mean / sd : 0;
}
