import { normalIsf, normalSf } from '@assay/server/stats/distributions/normal';
import {
  capAt,
  clusteredQuantile,
  quantile,
  quantileDesignEffect,
  quantileRanks,
  quantileSigma,
} from '@assay/server/stats/quantile';
import { fromProducts } from './samples.ts';

interface Events {
  readonly values: readonly number[];
  readonly user: readonly number[];
}

export const quantiles = {
  quantile_clustered: (i: { p: number; level: number; a: Events; b: Events }) => {
    const alpha = 1 - i.level;
    const [a, b] = [i.a, i.b].map((events) => clusteredQuantile(byUser(events), i.p, alpha));
    if (!a || !b) throw new Error('two variants');
    const sides = { a: described(a, i.p), b: described(b, i.p) };
    if (a.se === null || b.se === null)
      return { ...sides, diff: b.quantile - a.quantile, se: null, pTwoSided: null, ciZ: null };
    const diff = b.quantile - a.quantile;
    const se = Math.hypot(a.se, b.se);
    const reach = normalIsf(alpha / 2) * se;
    return {
      ...sides,
      diff,
      se,
      pTwoSided: 2 * normalSf(Math.abs(diff / se)),
      ciZ: [diff - reach, diff + reach],
    };
  },
  quantile_cluster_sigma: (i: {
    p: number;
    events: number;
    clusters: number;
    sumS: number;
    sumS2: number;
    sumC: number;
    sumC2: number;
    sumSC: number;
  }) => {
    const sigmaP = quantileSigma(
      fromProducts(i.clusters, [i.sumS, i.sumC], [i.sumS2, i.sumSC, i.sumC2]),
    );
    const reach = normalIsf(0.025) * sigmaP;
    return {
      sigmaP,
      pLow: i.p - reach,
      pHigh: i.p + reach,
      designEffect: quantileDesignEffect(sigmaP, i.p, i.events),
    };
  },
  quantile_order_stat_ranks: (i: { n: number; p: number; level: number }) => {
    const ranks = quantileRanks(i.n, i.p, 1 - i.level);
    return {
      rankLow: ranks && ranks.low,
      rankHigh: ranks && ranks.high,
      coverage: ranks && ranks.coverage,
    };
  },
  quantile_type7: ({ values, p }: { values: number[]; p: number }) => ({
    value: quantile(
      values.toSorted((x, y) => x - y),
      p,
    ),
  }),
  winsorize: (i: { arms: Record<string, number[]>; p: number; nonZeroOnly: boolean }) => {
    const all = Object.values(i.arms).flat();
    const cap = i.nonZeroOnly
      ? capAt(all, i.p)
      : quantile(
          all.toSorted((x, y) => x - y),
          i.p,
        );
    const arms = Object.entries(i.arms);
    return {
      cap,
      capped: Object.fromEntries(arms.map(([arm, xs]) => [arm, xs.map((x) => Math.min(x, cap))])),
      share: Object.fromEntries(
        arms.map(([arm, xs]) => [arm, xs.filter((x) => x > cap).length / xs.length]),
      ),
    };
  },
};

function byUser({ values, user }: Events): readonly (readonly number[])[] {
  const units = new Map<number, number[]>();
  values.forEach((value, i) => {
    const own = units.get(user[i]!);
    if (own) own.push(value);
    else units.set(user[i]!, [value]);
  });
  return [...units.values()];
}

function described(q: ReturnType<typeof clusteredQuantile>, p: number): object {
  return {
    quantile: q.quantile,
    sigmaP: q.sigma,
    sigmaPiid: Math.sqrt((p * (1 - p)) / q.events),
    designEffect: q.designEffect,
    pLow: q.pLow,
    pHigh: q.pHigh,
    ci: q.low === null ? null : [q.low, q.high],
    se: q.se,
    events: q.events,
    clusters: q.units,
  };
}
