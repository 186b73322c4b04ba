import { adjustCall, decisionCall, effectsCall, trustCall, valuesCall } from './call.ts';

interface Effects {
  readonly effects: readonly number[];
  readonly ses: readonly number[];
}

export const families = {
  adjust_p: ({ p }: { p: (number | null)[] }) => {
    const found = adjustCall({ pValues: p });
    return {
      bonferroni: found.bonferroni,
      holm: found.holm,
      hochberg: found.hochberg,
      hommel: found.hommel,
      bh: found.benjaminiHochberg,
      by: found.benjaminiYekutieli,
    };
  },
  bonferroni_ci: (i: { estimate: number; se: number; alpha: number; m: number }) => ({
    ci: adjustCall({
      effects: [{ estimate: i.estimate, standardError: i.se }],
      level: i.alpha,
      comparisons: i.m,
    }).intervals?.[0],
  }),
  fcr_ci: (i: { p: number[]; estimate: number[]; se: number[]; q: number }) => {
    const { falseCoverage } = adjustCall({
      pValues: i.p,
      effects: zip(i.estimate, i.se),
      level: i.q,
    });
    return { ...falseCoverage, ci: falseCoverage.intervals };
  },
  dunnett_critical: (i: { treatments: number; alpha: number; sides: 1 | 2 }) => ({
    critical: adjustCall({ treatments: i.treatments, level: i.alpha, sides: i.sides }).dunnett
      ?.critical,
  }),
  e_bh: ({ eValues, q }: { eValues: number[]; q: number }) => {
    const found = adjustCall({ eValues, level: q }).eBenjaminiHochberg;
    return {
      rejected: found?.rejected.flatMap((yes, i) => (yes ? [i] : [])),
      averageE: found?.average,
    };
  },
  heterogeneity: (i: Effects) => {
    const found = effectsCall({ effects: zip(i.effects, i.ses) });
    const h = found.heterogeneity;
    return {
      pooled: found.pooled.estimate,
      pooledSe: found.pooled.standardError,
      Q: h.q,
      df: h.df,
      p: h.pValue,
      I2: h.i2,
      segmentVsRestP: h.againstRest,
    };
  },
  empirical_bayes_dl: (i: Effects) => {
    const found = effectsCall({ effects: zip(i.effects, i.ses) });
    return {
      tau2: found.prior.variance,
      mean: found.prior.mean,
      meanSe: found.prior.meanStandardError,
      shrunk: found.shrunk.map((s) => s.estimate),
      shrunkSd: found.shrunk.map((s) => s.standardDeviation),
    };
  },
  cumulative_impact: (i: { lifts: number[]; ses: number[]; priorVariance: number }) => {
    const found = effectsCall({
      effects: zip(i.lifts, i.ses),
      prior: { mean: 0, variance: i.priorVariance },
    });
    return {
      shrunk: found.shrunk.map((s) => s.estimate),
      shrunkSd: found.shrunk.map((s) => s.standardDeviation),
      product: found.impact.product,
      naiveProduct: found.impact.naive,
      productSdDelta: found.impact.standardDeviation,
    };
  },
  winners_curse_total: (i: { estimates: number[]; ses: number[]; zThreshold: number }) => {
    const { winners } = effectsCall({
      effects: zip(i.estimates, i.ses),
      threshold: i.zThreshold,
    });
    return {
      selected: winners.selected,
      naiveTotal: winners.naive,
      biasEstimate: winners.bias,
      correctedTotal: winners.corrected,
    };
  },
  winners_curse_conditional: (i: {
    estimate: number;
    se: number;
    zThreshold: number;
    selection: 'two-sided' | 'one-sided';
  }) => ({
    conditionalMle: effectsCall({
      effects: zip([i.estimate], [i.se]),
      threshold: i.zThreshold,
      selection: i.selection,
    }).winners.estimates[0],
  }),
  novelty_slope: (i: { dailyEffects: number[]; ses: number[] }) => {
    const { trend } = effectsCall({ effects: zip(i.dailyEffects, i.ses) });
    return {
      slope: trend.slope,
      se: trend.standardError,
      z: trend.z,
      p: trend.pValue,
      weightedMean: trend.mean,
    };
  },
  false_positive_risk: (i: { alphaOneSidedWin: number; power: number; priorSuccess: number }) => {
    const risk = trustCall({
      alphaWin: i.alphaOneSidedWin,
      power: i.power,
      successRate: i.priorSuccess,
    }).falsePositiveRisk;
    return { fpr: risk, publishedRounded: risk };
  },
  bayes_factor_bound: ({ p, priorSuccess }: { p: number; priorSuccess: number }) => {
    const found = trustCall({ pValue: p, successRate: priorSuccess });
    return {
      maxBayesFactor: found.largestBayesFactor,
      minFalsePositiveRisk: found.leastFalsePositiveRisk,
    };
  },
  aa_calibration: (i: { pValues: number[]; alpha: number }) => {
    const found = trustCall({ nullPValues: i.pValues, alpha: i.alpha }).calibration;
    return {
      ksD: found?.distance,
      ksP: found?.uniformity,
      rejections: found?.rejections,
      fpr: found?.falsePositiveRate,
      clopperPearson99: [found?.low, found?.high],
      binomialTwoSidedP: found?.pRate,
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
        decisionCall({
          successes: i.successSuperior,
          guardrails: i.guardrailNonInferior,
          deteriorations: i.anyDeterioration,
          checks: i.qualityPass,
        }).decision
      ],
  }),
  decision_alpha_beta: (i: {
    successMetrics: number;
    guardrails: number;
    alpha: number;
    power: number;
  }) => {
    const { decision: _, ...levels } = decisionCall({
      successes: Array.from({ length: i.successMetrics }, () => false),
      guardrails: Array.from({ length: i.guardrails }, () => false),
      alpha: i.alpha,
      power: i.power,
    });
    return { ...levels, betaEach: 1 - levels.powerEach };
  },
  quantile_order_stat_ranks: (i: { n: number; p: number; level: number }) => {
    const values = Array.from({ length: i.n }, (_, k) => k);
    const found = valuesCall({ variants: { a: values }, quantiles: [i.p], alpha: 1 - i.level });
    const ranks = found.variants['a']?.quantiles[0]?.ranks ?? null;
    return {
      rankLow: ranks && ranks.low,
      rankHigh: ranks && ranks.high,
      coverage: ranks && ranks.coverage,
    };
  },
  quantile_type7: ({ values, p }: { values: number[]; p: number }) => ({
    value: valuesCall({ variants: { a: values }, quantiles: [p] }).variants['a']?.quantiles[0]
      ?.value,
  }),
  winsorize: (i: { arms: Record<string, number[]>; p: number; nonZeroOnly: boolean }) => {
    const found = valuesCall({
      variants: i.arms,
      cap: { percentile: i.p, nonZeroOnly: i.nonZeroOnly },
    });
    const arms = Object.entries(found.variants);
    return {
      cap: found.cap,
      capped: Object.fromEntries(arms.map(([arm, v]) => [arm, v.capped])),
      share: Object.fromEntries(arms.map(([arm, v]) => [arm, v.cappedShare])),
    };
  },
  rerandomization_distance: (i: {
    N: number;
    shareTreatment: number;
    meanDifferences: number[];
    covariance: number[][];
  }) => {
    const found = trustCall({
      balance: {
        differences: i.meanDifferences,
        covariance: i.covariance,
        units: i.N,
        treatmentShare: i.shareTreatment,
        accept: 0.01,
      },
    }).balance;
    return {
      M: found?.distance,
      df: found?.df,
      pBalance: found?.pValue,
      acceptThresholdFor1pct: found?.threshold,
    };
  },
};

/** The wording of the published cases; the two outcomes that they do not show have none. */
const DECISIONS: Readonly<Record<string, string>> = {
  ship: 'ship',
  no_success: 'do not ship: no success',
  deterioration: 'do not ship: deterioration',
};

function zip(estimates: readonly number[], ses: readonly number[]): readonly object[] {
  return estimates.map((estimate, k) => ({ estimate, standardError: ses[k] }));
}
