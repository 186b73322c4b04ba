import {
  anytimeTLnE,
  anytimeTReach,
  mixtureLnE,
  mixtureLnP,
  mixtureReach,
  oneSidedMixtureLnP,
  oneSidedMixtureReach,
  type SequenceLook,
  sequencePath,
  tuning,
} from '@assay/server/stats/confidence-sequence';
import { eBenjaminiHochberg } from '@assay/server/stats/multiplicity';

interface Sequence {
  readonly estimate: number;
  readonly se: number;
  readonly n: number;
  readonly alpha: number;
  readonly rho2: number;
}

export const anytime = {
  rho_tuning: ({ alpha, tStar }: { alpha: number; tStar: number }) => ({
    rho2Exact: tuning(alpha, tStar),
  }),
  asymptotic_cs_two_sided: (i: Sequence) => {
    const ratio = i.n * i.rho2;
    const lnP = mixtureLnP(ratio, i.estimate / i.se);
    return {
      ...symmetric(i.estimate, i.se * mixtureReach(ratio, i.alpha)),
      lnE: mixtureLnE(ratio, i.estimate / i.se),
      p: Math.exp(lnP),
      lnP,
    };
  },
  asymptotic_cs_one_sided: (i: Sequence & { alternative: 'greater' | 'less' }) => {
    const ratio = i.n * i.rho2;
    const halfWidth = i.se * oneSidedMixtureReach(ratio, i.alpha);
    const z = i.estimate / i.se;
    return i.alternative === 'greater'
      ? { halfWidth, lower: i.estimate - halfWidth, p: Math.exp(oneSidedMixtureLnP(ratio, z)) }
      : { halfWidth, upper: i.estimate + halfWidth, p: Math.exp(oneSidedMixtureLnP(ratio, -z)) };
  },
  msprt: (i: { estimate: number; se: number; tau2: number; alpha: number }) => {
    const ratio = i.tau2 / (i.se * i.se);
    const z = i.estimate / i.se;
    return {
      lnLambda: mixtureLnE(ratio, z),
      p: Math.exp(mixtureLnP(ratio, z)),
      ...symmetric(i.estimate, i.se * mixtureReach(ratio, i.alpha)),
    };
  },
  asymptotic_cs_path: (i: { alpha: number; tStar: number; looks: SequenceLook[] }) => ({
    looks: sequencePath(i.looks, { alpha: i.alpha, tunedTo: i.tStar }).map((point) => ({
      p: point.pValue,
      pRunningMin: point.runningPValue,
      ci: point.interval,
      ciRunning: point.runningInterval,
    })),
  }),
  anytime_t: (i: {
    t: number;
    nu: number;
    se: number;
    sigma: number;
    phi: number;
    alpha: number;
  }) => {
    const shrinkage = i.phi / (i.phi + (i.sigma / i.se) ** 2);
    const lnBF = anytimeTLnE({ t: i.t, df: i.nu, shrinkage });
    const reach = anytimeTReach({ df: i.nu, shrinkage }, i.alpha);
    return {
      lnBF,
      p: Math.min(1, Math.exp(-lnBF)),
      radius: Number.isFinite(reach) ? reach * i.se : null,
    };
  },
  e_bh: ({ eValues, q }: { eValues: number[]; q: number }) => ({
    rejected: eBenjaminiHochberg(eValues, q).flatMap((yes, i) => (yes ? [i] : [])),
    averageE: eValues.reduce((a, b) => a + b, 0) / eValues.length,
  }),
};

function symmetric(estimate: number, halfWidth: number): object {
  return { halfWidth, ci: [estimate - halfWidth, estimate + halfWidth] };
}
