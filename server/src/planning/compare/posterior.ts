import type { CompareBody, CompareDetail, Comparison, Sample } from '../../contract/compare.ts';
import { prior as usualPrior } from '../../readout/inference.ts';
import {
  type Beta,
  betaChanceToWin,
  betaLossIfShip,
  betaPosterior,
  chanceToWin,
  lossIfKeep,
  lossIfShip,
  type Normal,
  poissonChanceToWin,
  posterior,
  probabilityBetween,
  share,
} from '../../stats/bayes.ts';
import { liftPosterior } from '../../stats/compare.ts';
import { betaQuantile } from '../../stats/distributions/beta.ts';
import { normalIsf, normalSf } from '../../stats/distributions/normal.ts';
import { difference, standardError } from '../../stats/estimates.ts';
import { type Drawn, finite } from './drawn.ts';
import { normalPrior } from './method.ts';
import { mismatch, present } from './sample.ts';

type Posterior = NonNullable<CompareDetail['posterior']>;
/** Sums over successes beyond this many cost more than they tell: the normal model then says the same. */
const EXACT_SUCCESSES = 2_000_000;

/** The normal posterior: of the relative lift, or of the difference of an effect. Undefined where there is none. */
export function normalPosterior(body: CompareBody, drawn: Drawn): Posterior | undefined {
  const prior = normalPrior(body) ?? usualPrior;
  const { estimates: e } = drawn;
  const own = { mean: difference(e), sd: standardError(e) };
  const post =
    drawn.bare === true || body.kind === 'effect' ? posterior(own, prior) : liftPosterior(e, prior);
  if (!Number.isFinite(post.mean) || !(post.sd > 0)) return undefined;
  return describe(post, body);
}

function describe(post: Normal, { alpha, rope }: CompareBody): Posterior {
  const reach = normalIsf(alpha / 2) * post.sd;
  return {
    mean: finite(post.mean),
    sd: finite(post.sd),
    low: finite(post.mean - reach),
    high: finite(post.mean + reach),
    probabilityBetter: finite(chanceToWin(post)),
    lossIfShip: finite(lossIfShip(post)),
    lossIfKeep: finite(lossIfKeep(post)),
    ...(rope === undefined
      ? {}
      : {
          probabilityInRope: finite(probabilityBetween(post, -rope, rope)),
          probabilityAboveRope: finite(normalSf((rope - post.mean) / post.sd)),
        }),
  };
}

/** Two shares under a beta prior, or two rates under a gamma prior, exactly. Undefined for other priors. */
export function conjugate(body: CompareBody): Comparison | undefined {
  const { prior } = body;
  if (prior === undefined || prior === 'flat' || 'sd' in prior) return undefined;
  const control = present(body.control, body.kind, 'body.control');
  const treatment = present(body.treatment, body.kind, 'body.treatment');
  if ('a' in prior && body.kind === 'proportion')
    return betaBinomial(
      body,
      betaOf(control, prior, 'body.control'),
      betaOf(treatment, prior, 'body.treatment'),
    );
  if ('shape' in prior && body.kind === 'rate')
    return gammaPoisson(body, [control, treatment], prior);
  return undefined;
}

function betaOf(sample: Sample, prior: Beta, path: string): Beta {
  if (!('successes' in sample) || sample.successes > sample.n) throw mismatch('proportion', path);
  return betaPosterior(sample, prior);
}

function betaBinomial(body: CompareBody, a: Beta, b: Beta): Comparison {
  const exact = Math.max(a.a, b.a) <= EXACT_SUCCESSES;
  const normal = { mean: share(b) - share(a), sd: Math.sqrt(betaVariance(a) + betaVariance(b)) };
  const reach = normalIsf(body.alpha / 2) * normal.sd;
  const post: Posterior = {
    mean: finite(normal.mean),
    sd: finite(normal.sd),
    low: finite(normal.mean - reach),
    high: finite(normal.mean + reach),
    probabilityBetter: finite(exact ? betaChanceToWin(a, b) : chanceToWin(normal)),
    lossIfShip: finite(exact ? betaLossIfShip(a, b) : lossIfShip(normal)),
    lossIfKeep: finite(exact ? betaLossIfShip(b, a) : lossIfKeep(normal)),
    control: shareDetail(a, body.alpha),
    treatment: shareDetail(b, body.alpha),
  };
  return {
    ...answer(post, { notes: exact ? [] : ['normal_model'], se: normal.sd }),
    detail: emptyDetail(share(a), share(b), post),
  };
}

function betaVariance({ a, b }: Beta): number {
  return (a * b) / ((a + b) ** 2 * (a + b + 1));
}

function shareDetail({ a, b }: Beta, alpha: number): NonNullable<Posterior['control']> {
  return {
    a,
    b,
    mean: finite(share({ a, b })),
    low: finite(betaQuantile(alpha / 2, a, b)),
    high: finite(betaQuantile(1 - alpha / 2, a, b)),
  };
}

function gammaPoisson(
  body: CompareBody,
  samples: readonly [Sample, Sample],
  prior: { readonly shape: number; readonly rate: number },
): Comparison {
  const [a, b] = samples;
  if (!('exposure' in a)) throw mismatch('rate', 'body.control');
  if (!('exposure' in b)) throw mismatch('rate', 'body.treatment');
  const of = ({ count, exposure }: typeof a) => ({
    mean: (prior.shape + count) / (prior.rate + exposure),
    variance: (prior.shape + count) / (prior.rate + exposure) ** 2,
  });
  const [x, y] = [of(a), of(b)];
  const sd = Math.sqrt(x.variance + y.variance);
  const post: Posterior = {
    ...describe({ mean: y.mean - x.mean, sd }, body),
    probabilityBetter: finite(poissonChanceToWin(a, b, prior)),
  };
  return {
    ...answer(post, { notes: ['normal_interval'], se: sd }),
    detail: emptyDetail(x.mean, y.mean, post),
  };
}

function answer(
  post: Posterior | undefined,
  { notes, se }: { readonly notes: string[]; readonly se: number },
): Omit<Comparison, 'detail'> {
  return {
    absolute: {
      estimate: post?.mean ?? null,
      low: post?.low ?? null,
      high: post?.high ?? null,
    },
    relative: null,
    pValue: null,
    log10PValue: null,
    statistic: null,
    probabilityBetter: post?.probabilityBetter ?? null,
    expectedLoss: post?.lossIfShip ?? null,
    standardError: finite(se),
    notes,
  };
}

function emptyDetail(control: number, treatment: number, post: Posterior): CompareDetail {
  return {
    control: finite(control),
    treatment: finite(treatment),
    varianceControl: null,
    varianceTreatment: null,
    covariance: null,
    posterior: post,
  };
}
