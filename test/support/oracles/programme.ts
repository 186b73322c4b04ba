import { balanceDistance, balancePValue, balanceThreshold } from '@assay/server/stats/balance';
import { inversePropensityMean, periodStratified } from '@assay/server/stats/bandit-analysis';
import { calibrate } from '@assay/server/stats/calibration';
import { decide, decisionLevels, type Outcome } from '@assay/server/stats/decision';
import { difference, standardError } from '@assay/server/stats/estimates';
import { heterogeneity, levelAgainstRest, noveltyTrend } from '@assay/server/stats/heterogeneity';
import {
  cumulativeImpact,
  learnHistory,
  shrink,
  winnersEstimate,
  winnersTotal,
} from '@assay/server/stats/programme';
import {
  falsePositiveRisk,
  largestBayesFactor,
  leastFalsePositiveRisk,
} from '@assay/server/stats/trust';

interface Effects {
  readonly effects: readonly number[];
  readonly ses: readonly number[];
}
interface Counted {
  readonly n: number;
  readonly sum: number;
}

export const programme = {
  heterogeneity: (i: Effects) => {
    const effects = zip(i.effects, i.ses);
    const h = heterogeneity(effects);
    return {
      pooled: h.pooled,
      pooledSe: h.pooledSe,
      Q: h.q,
      df: h.df,
      p: h.pValue,
      I2: h.i2,
      segmentVsRestP: levelAgainstRest(effects),
    };
  },
  empirical_bayes_dl: (i: Effects) => {
    const effects = zip(i.effects, i.ses);
    const history = learnHistory(effects);
    const shrunk = effects.map((e) => shrink(e, history));
    return {
      tau2: history.variance,
      mean: history.mean,
      meanSe: history.meanSe,
      shrunk: shrunk.map((s) => s.mean),
      shrunkSd: shrunk.map((s) => s.sd),
    };
  },
  cumulative_impact: (i: { lifts: number[]; ses: number[]; priorVariance: number }) => {
    const shrunk = zip(i.lifts, i.ses).map((e) =>
      shrink(e, { mean: 0, variance: i.priorVariance }),
    );
    const impact = cumulativeImpact(shrunk);
    return {
      shrunk: shrunk.map((s) => s.mean),
      shrunkSd: shrunk.map((s) => s.sd),
      product: impact.product,
      naiveProduct: cumulativeImpact(i.lifts.map((mean) => ({ mean, sd: 0 }))).product,
      productSdDelta: impact.sd,
    };
  },
  winners_curse_total: (i: { estimates: number[]; ses: number[]; zThreshold: number }) => {
    const won = winnersTotal(zip(i.estimates, i.ses), i.zThreshold);
    return {
      selected: won.selected,
      naiveTotal: won.naive,
      biasEstimate: won.bias,
      correctedTotal: won.corrected,
    };
  },
  winners_curse_conditional: (i: {
    estimate: number;
    se: number;
    zThreshold: number;
    selection: 'two-sided' | 'one-sided';
  }) => ({
    conditionalMle: winnersEstimate({ effect: i.estimate, se: i.se }, i.zThreshold, i.selection),
  }),
  false_positive_risk: (i: { alphaOneSidedWin: number; power: number; priorSuccess: number }) => {
    const fpr = falsePositiveRisk({
      alphaWin: i.alphaOneSidedWin,
      power: i.power,
      successRate: i.priorSuccess,
    });
    return { fpr, publishedRounded: fpr };
  },
  bayes_factor_bound: ({ p, priorSuccess }: { p: number; priorSuccess: number }) => ({
    maxBayesFactor: largestBayesFactor(p),
    minFalsePositiveRisk: leastFalsePositiveRisk(p, priorSuccess),
  }),
  novelty_slope: (i: { dailyEffects: number[]; ses: number[] }) => {
    const trend = noveltyTrend(zip(i.dailyEffects, i.ses));
    return {
      slope: trend.slope,
      se: trend.se,
      z: trend.z,
      p: trend.pValue,
      weightedMean: trend.mean,
    };
  },
  decision_rule: (i: {
    successSuperior: boolean[];
    guardrailNonInferior: boolean[];
    anyDeterioration: boolean[];
    qualityPass: boolean[];
  }) => ({
    decision:
      DECISIONS[
        decide({
          successes: i.successSuperior,
          guardrails: i.guardrailNonInferior,
          deteriorations: i.anyDeterioration,
          checks: i.qualityPass,
        })
      ],
  }),
  decision_alpha_beta: (i: {
    successMetrics: number;
    guardrails: number;
    alpha: number;
    power: number;
  }) => {
    const levels = decisionLevels({ ...i, successes: i.successMetrics });
    return { ...levels, betaEach: 1 - levels.powerEach };
  },
  rerandomization_distance: (i: {
    N: number;
    shareTreatment: number;
    meanDifferences: number[];
    covariance: number[][];
  }) => {
    const balance = {
      differences: i.meanDifferences,
      covariance: i.covariance,
      units: i.N,
      treatmentShare: i.shareTreatment,
    };
    return {
      M: balanceDistance(balance),
      df: i.meanDifferences.length,
      pBalance: balancePValue(balance),
      acceptThresholdFor1pct: balanceThreshold(i.meanDifferences.length, 0.01),
    };
  },
  period_stratified_difference: (i: { periods: { a: Counted; b: Counted }[] }) => {
    const counted = ({ n, sum }: Counted): { n: number; successes: number } => ({
      n,
      successes: sum,
    });
    const periods = i.periods.map(({ a, b }) => ({ control: counted(a), treatment: counted(b) }));
    const e = periodStratified(periods);
    const pooled = (arm: 'a' | 'b'): number =>
      total(i.periods.map((p) => p[arm].sum)) / total(i.periods.map((p) => p[arm].n));
    return {
      diff: difference(e),
      se: standardError(e),
      z: difference(e) / standardError(e),
      naivePooledDiff: pooled('b') - pooled('a'),
    };
  },
  ipw_means: (i: { observations: { arm: number; propensityOfArm: number; y: number }[] }) => {
    const observations = i.observations.map((o) => ({
      arm: o.arm,
      propensity: o.propensityOfArm,
      outcome: o.y,
    }));
    const arms = [...new Set(observations.map((o) => o.arm))];
    return Object.fromEntries(arms.map((arm) => [arm, inversePropensityMean(observations, arm)]));
  },
  aa_calibration: (i: { pValues: number[]; alpha: number }) => {
    const found = calibrate(i.pValues, i.alpha);
    return {
      ksD: found.distance,
      ksP: found.pUniform,
      rejections: found.rejections,
      fpr: found.falsePositiveRate,
      clopperPearson99: found.interval,
      binomialTwoSidedP: found.pRate,
    };
  },
};

/** The wording of the published cases; the two outcomes that they do not show have none. */
const DECISIONS: Partial<Record<Outcome, string>> = {
  ship: 'ship',
  no_success: 'do not ship: no success',
  deterioration: 'do not ship: deterioration',
};

function zip(
  effects: readonly number[],
  ses: readonly number[],
): readonly { readonly effect: number; readonly se: number }[] {
  return effects.map((effect, k) => ({ effect, se: ses[k]! }));
}

function total(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
