import {
  benjaminiHochberg,
  benjaminiYekutieli,
  bonferroni,
  bonferroniAlpha,
  dunnettCritical,
  falseCoverageRate,
  hochberg,
  holm,
  hommel,
  normalInterval,
} from '@assay/server/stats/multiplicity';

export const multiplicity = {
  adjust_p: ({ p }: { p: (number | null)[] }) => ({
    bonferroni: bonferroni(p),
    holm: holm(p),
    hochberg: hochberg(p),
    hommel: hommel(p),
    bh: benjaminiHochberg(p),
    by: benjaminiYekutieli(p),
  }),
  bonferroni_ci: (i: { estimate: number; se: number; alpha: number; m: number }) => ({
    ci: normalInterval(i.estimate, i.se, bonferroniAlpha(i.alpha, i.m)),
  }),
  fcr_ci: (i: { p: number[]; estimate: number[]; se: number[]; q: number }) => {
    const { selected, alphaEach } = falseCoverageRate(i.p, i.q);
    return {
      selected,
      alphaEach,
      ci: selected.map((chosen, k) =>
        chosen ? normalInterval(i.estimate[k]!, i.se[k]!, alphaEach) : null,
      ),
    };
  },
  dunnett_critical: (i: { treatments: number; alpha: number; sides: 1 | 2 }) => ({
    critical: dunnettCritical(i.treatments, i.alpha, i.sides),
  }),
};
