import { probabilityBest, probabilitySecond, topTwo, withFloor } from '@assay/server/stats/bandit';
import {
  betaChanceToWin,
  betaLossIfShip,
  betaPosterior,
  chanceToWin,
  lossIfKeep,
  lossIfShip,
  poissonChanceToWin,
  posterior,
  probabilityBetween,
  share,
} from '@assay/server/stats/bayes';
import { betaQuantile } from '@assay/server/stats/distributions/beta';
import { normalIsf, normalSf } from '@assay/server/stats/distributions/normal';

interface Counted {
  readonly x: number;
  readonly n: number;
}

export const bayes = {
  normal_normal: (i: {
    estimate: number;
    se: number;
    priorMean: number;
    priorVariance: number;
    proper: boolean;
    level: number;
    rope: number;
  }) => {
    const data = { mean: i.estimate, sd: i.se };
    const post = i.proper
      ? posterior(data, { mean: i.priorMean, sd: Math.sqrt(i.priorVariance) })
      : data;
    const reach = normalIsf((1 - i.level) / 2) * post.sd;
    return {
      ...post,
      chanceToWin: chanceToWin(post),
      ci: [post.mean - reach, post.mean + reach],
      lossIfKeepControl: lossIfKeep(post),
      lossIfShip: lossIfShip(post),
      probInRope: probabilityBetween(post, -i.rope, i.rope),
      probAboveRope: normalSf((i.rope - post.mean) / post.sd),
    };
  },
  beta_binomial: (i: { a: Counted; b: Counted; prior: [number, number] }) => {
    const prior = { a: i.prior[0], b: i.prior[1] };
    const a = betaPosterior({ n: i.a.n, successes: i.a.x }, prior);
    const b = betaPosterior({ n: i.b.n, successes: i.b.x }, prior);
    return {
      posteriorA: [a.a, a.b],
      posteriorB: [b.a, b.b],
      meanA: share(a),
      meanB: share(b),
      chanceToWin: betaChanceToWin(a, b),
      lossIfShip: betaLossIfShip(a, b),
      lossIfKeepControl: betaLossIfShip(b, a),
      ciB: [betaQuantile(0.025, b.a, b.b), betaQuantile(0.975, b.a, b.b)],
    };
  },
  gamma_poisson: (i: {
    a: { count: number; exposure: number };
    b: { count: number; exposure: number };
    prior: [number, number];
  }) => ({
    chanceToWin: poissonChanceToWin(i.a, i.b, { shape: i.prior[0], rate: i.prior[1] }),
  }),
  bandit_weights: (i: { means: number[]; sds: number[]; floor: number }) => {
    const arms = i.means.map((mean, k) => ({ mean, sd: i.sds[k]! }));
    const best = probabilityBest(arms);
    const second = probabilitySecond(arms);
    return {
      probBest: best,
      thompson: withFloor(best, i.floor),
      topTwoRusso: withFloor(topTwo(best), i.floor),
      topTwoSameDraw: withFloor(
        best.map((p, k) => (p + second[k]!) / 2),
        i.floor,
      ),
    };
  },
};
