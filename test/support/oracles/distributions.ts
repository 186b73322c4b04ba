import { binomialLnSfGe, binomialSfGe } from '@assay/server/stats/distributions/binomial';
import { betaQuantile, betaSf, betaCdf, betaTails } from '@assay/server/stats/distributions/beta';
import {
  chiSquareIsf,
  chiSquareLnSf,
  chiSquareSf,
  lnGamma,
} from '@assay/server/stats/distributions/gamma';
import {
  normalCdf,
  normalIsf,
  normalLnSf,
  normalQuantile,
  normalSf,
} from '@assay/server/stats/distributions/normal';
import { studentIsf, studentLnSf, studentSf } from '@assay/server/stats/distributions/student';

interface Beta {
  readonly x: number;
  readonly a: number;
  readonly b: number;
}

const quantile = (value: number): object => ({ value, ln: Math.log(Math.abs(value)) });

export const distributions = {
  'normal.sf': ({ z }: { z: number }) => ({ value: normalSf(z), ln: normalLnSf(z) }),
  'normal.cdf': ({ z }: { z: number }) => ({ value: normalCdf(z), ln: normalLnSf(-z) }),
  'normal.isf': ({ p }: { p: number }) => quantile(normalIsf(p)),
  'normal.quantile': ({ p }: { p: number }) => quantile(normalQuantile(p)),
  't.sf': ({ t, df }: { t: number; df: number }) => ({
    value: studentSf(t, df),
    ln: studentLnSf(t, df),
  }),
  't.isf': ({ p, df }: { p: number; df: number }) => quantile(studentIsf(p, df)),
  'chi2.sf': ({ x, df }: { x: number; df: number }) => ({
    value: chiSquareSf(x, df),
    ln: chiSquareLnSf(x, df),
  }),
  'chi2.isf': ({ p, df }: { p: number; df: number }) => quantile(chiSquareIsf(p, df)),
  'beta.cdf': ({ x, a, b }: Beta) => ({
    value: betaCdf(x, a, b),
    ln: betaTails(a, b, x, 1 - x).lnLower,
  }),
  'beta.sf': ({ x, a, b }: Beta) => ({
    value: betaSf(x, a, b),
    ln: betaTails(a, b, x, 1 - x).lnUpper,
  }),
  'beta.quantile': ({ p, a, b }: { p: number; a: number; b: number }) =>
    quantile(betaQuantile(p, a, b)),
  lgamma: ({ x }: { x: number }) => ({ value: lnGamma(x) }),
  'binom.sf_ge': ({ k, n, p }: { k: number; n: number; p: number }) => ({
    value: binomialSfGe(k, n, p),
    ln: binomialLnSfGe(k, n, p),
  }),
};
