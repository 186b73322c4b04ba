import { sampleRatio, sequentialSampleRatio, srmLnMixture } from '@assay/server/stats/srm';

interface Looks {
  readonly looks: readonly (readonly number[])[];
  readonly weights: readonly number[];
}

export const sampleRatios = {
  srm_chi2: ({ observed, weights }: { observed: number[]; weights: number[] }) => {
    const { chiSquare, df, pValue, log10PValue, strays } = sampleRatio(observed, weights);
    return {
      chi2: chiSquare,
      df,
      p: pValue,
      lnP: log10PValue === null ? null : log10PValue * Math.LN10,
      ...(strays ? { alarm: 'units in a zero-weight arm' } : {}),
    };
  },
  srm_sequential: ({ looks, weights, concentration }: Looks & { concentration: number }) => {
    const sofar = weights.map(() => 0);
    return {
      looks: sequentialSampleRatio(looks, weights, [concentration]).map((look, k) => {
        looks[k]!.forEach((n, i) => (sofar[i]! += n));
        return {
          lnBayesFactor: look.lnBayesFactor,
          pSequential: look.pValue,
          pNow: Math.min(1, Math.exp(-srmLnMixture(sofar, weights, [concentration]))),
        };
      }),
    };
  },
  srm_sequential_mixture: ({
    looks,
    weights,
    concentrations,
  }: Looks & { concentrations: number[] }) => ({
    looks: sequentialSampleRatio(looks, weights, concentrations).map((look) => ({
      lnBayesFactor: look.lnBayesFactor,
      pSequential: look.pValue,
    })),
  }),
};
