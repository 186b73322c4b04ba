import type { CompareBody, CompareDetail } from '../../contract/compare.ts';
import { conditionalPower, stageWise } from '../../stats/after-stop.ts';
import type { Comparison, Method } from '../../stats/comparison.ts';
import {
  anytimeTLnE,
  mixtureLnE,
  mixtureLnP,
  mixtureReach,
  oneSidedMixtureLnP,
  oneSidedMixtureReach,
  sequencePath,
  tuning,
} from '../../stats/confidence-sequence.ts';
import { normalSf } from '../../stats/distributions/normal.ts';
import { difference, standardError } from '../../stats/estimates.ts';
import { type Boundary, fixedBoundary, spendingBoundary } from '../../stats/group-sequential.ts';
import type { Spending } from '../../stats/spending.ts';
import { type Drawn, finite } from './drawn.ts';
import { invalid } from './sample.ts';

type Sequence = Extract<Method, { kind: 'confidenceSequence' }>;
type Group = Extract<Method, { kind: 'groupSequential' }>;

/** The mixture behind a confidence sequence, and its path over the looks so far. */
export function sequenceDetail(
  body: CompareBody,
  { estimates: e, data: { units } }: Drawn,
  method: Sequence,
): CompareDetail['sequence'] {
  const { alpha, alternative } = body;
  const se = standardError(e);
  const z = difference(e) / se;
  if (!Number.isFinite(z)) return undefined;
  const level = alternative === 'two-sided' ? alpha : 2 * alpha;
  const rho2 =
    method.variance === undefined
      ? (method.rho2 ?? tuning(level, method.tunedTo ?? 5_000))
      : method.variance / (se * se * units);
  const ratio = rho2 * units;
  const towards = alternative === 'less' ? -z : z;
  const twoSided = alternative === 'two-sided';
  return {
    rho2:
      method.variance !== undefined && body.effect?.units === undefined && body.kind === 'effect'
        ? null
        : finite(rho2),
    ratio: finite(ratio),
    halfWidth: finite(
      se * (twoSided ? mixtureReach(ratio, alpha) : oneSidedMixtureReach(ratio, alpha)),
    ),
    lnE: finite(mixtureLnE(ratio, z)),
    lnP: finite(twoSided ? mixtureLnP(ratio, z) : oneSidedMixtureLnP(ratio, towards)),
    ...pathOf(body, { n: units, estimate: difference(e), se }, rho2),
  };
}

function pathOf(
  { tuning: tuned, alpha, alternative }: CompareBody,
  now: { readonly n: number; readonly estimate: number; readonly se: number },
  rho2: number,
): Pick<NonNullable<CompareDetail['sequence']>, 'path'> {
  if (tuned?.history === undefined || alternative !== 'two-sided') return {};
  const earlier = tuned.history.map((look) => ({
    n: look.units,
    estimate: look.estimate,
    se: look.standardError,
  }));
  const path = sequencePath([...earlier, now], { alpha, rho2 });
  return {
    path: path.map(({ interval: [low, high], runningInterval, ...point }) => ({
      pValue: finite(point.pValue),
      runningPValue: finite(point.runningPValue),
      interval: { low: finite(low), high: finite(high) },
      runningInterval:
        runningInterval === null
          ? null
          : { low: finite(runningInterval[0]), high: finite(runningInterval[1]) },
    })),
  };
}

/** The Bayes factor behind Student's t at any time. */
export function anytimeDetail(
  { pair, data }: Drawn,
  { phi, found }: { readonly phi: number; readonly found: Comparison },
): Partial<CompareDetail> {
  const size = pair === undefined ? data.size : 1 / pair.control.n + 1 / pair.treatment.n;
  const { statistic: t, df } = found;
  if (t === null || df === undefined) return {};
  const shrinkage = phi / (phi + 1 / size);
  return {
    anytimeT: { lnE: finite(anytimeTLnE({ t, df, shrinkage })), shrinkage: finite(shrinkage) },
  };
}

/** The bounds behind a group sequential look, what could be said if the test stopped here, and what going on may bring. */
export function groupDetail(
  body: CompareBody,
  { estimates: e }: Drawn,
  { method, found }: { readonly method: Group; readonly found: Comparison },
): CompareDetail['group'] {
  const { alternative, design } = body;
  const level = alternative === 'two-sided' ? body.alpha / 2 : body.alpha;
  const up = method.direction === 'up';
  const win = method.win ?? { kind: 'obrienFleming' };
  const harm = method.harm ?? { kind: 'pocock' };
  const side = (spending: Spending): Boundary => boundaryOf(method, spending, level);
  const above = alternative === 'less' ? null : side(up ? win : harm);
  const below = alternative === 'greater' ? null : side(up ? harm : win);
  const now = method.looks.at(-1) ?? 1;
  const z = found.statistic === null ? null : (up ? 1 : -1) * found.statistic;
  const own = boundsOf(design?.bounds, method) ?? (up ? above : below);
  const full = standardError(e) * Math.sqrt(now) * (up ? 1 : -1);
  return {
    information: finite(now),
    up: above && sideDetail(above),
    down: below && sideDetail(below),
    afterStop: z === null || own === null ? null : stopDetail(own, { z, full, alpha: 2 * level }),
    conditionalPower:
      z === null || now >= 1
        ? null
        : powerLeft({ t: now, z, alpha: level, drift: design?.drift ?? null }),
  };
}

function powerLeft(
  at: Parameters<typeof conditionalPower>[0],
): NonNullable<CompareDetail['group']>['conditionalPower'] {
  const { conditional, predictive } = conditionalPower(at);
  return { conditional: finite(conditional), predictive: finite(predictive) };
}

function boundaryOf({ looks, final }: Group, spending: Spending, alpha: number): Boundary {
  const last = looks.length - 1;
  const clock = looks.map((t, k) => (final === true && k === last ? 1 : Math.min(1, t)));
  return spendingBoundary({ spending, alpha, mirrored: false, information: looks, clock });
}

function boundsOf(bounds: readonly number[] | undefined, { looks }: Group): Boundary | null {
  if (bounds === undefined) return null;
  if (bounds.length < looks.length)
    throw invalid('body.design.bounds', `${bounds.length} bounds for ${looks.length} looks`);
  return fixedBoundary({ information: looks, mirrored: false }, bounds.slice(0, looks.length));
}

function sideDetail(b: Boundary): NonNullable<NonNullable<CompareDetail['group']>['up']> {
  return {
    information: b.information.map(finite),
    critical: b.z.map(finite),
    spent: b.spent.map(finite),
    nominalP: b.z.map((z) => finite(normalSf(z))),
  };
}

function stopDetail(
  boundary: Boundary,
  { z, full, alpha }: { readonly z: number; readonly full: number; readonly alpha: number },
): NonNullable<CompareDetail['group']>['afterStop'] {
  const look = boundary.information.length - 1;
  const { pValue, drift, low, high } = stageWise(boundary, { look, z }, alpha);
  if (![pValue, drift, low, high].every(Number.isFinite)) return null;
  const effect = [low * full, high * full].toSorted((a, b) => a - b);
  return {
    pValue,
    drift: { estimate: drift, low, high },
    effect: { estimate: finite(drift * full), low: finite(effect[0]), high: finite(effect[1]) },
    naive: {
      pValue: finite(normalSf(z)),
      drift: finite(z / Math.sqrt(boundary.information[look] ?? 1)),
    },
  };
}
