// Cody (1969), "Rational Chebyshev approximation for the error function", Math. Comp. 23: three ranges, relative error
// about one unit in the last place.
const NEAR_P = [
  3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694, 0.18577770618460315,
];
const NEAR_Q = [23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171];
const MIDDLE_P = [
  0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769,
  1712.0476126340707, 2051.0783778260716, 1230.3393547979972, 2.1531153547440383e-8,
];
const MIDDLE_Q = [
  15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
  4362.619090143247, 3439.3676741437216, 1230.3393548037495,
];
const FAR_P = [
  0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275,
  6.587491615298378e-4, 0.016315387137302097,
];
const FAR_Q = [
  2.568520192289822, 1.8729528499234604, 0.5279051029514285, 0.06051834131244132,
  2.3352049762686918e-3,
];
const INVERSE_SQRT_PI = 0.5641895835477563;

/**
 * erf(x) for |x| ≤ 0.46875.
 * @example erfNearZero(0.25) // 0.2763263902
 */
export function erfNearZero(x: number): number {
  return x * quotient(NEAR_P, NEAR_Q, x * x);
}

/**
 * Scaled complementary error function exp(x²)·erfc(x) for x ≥ 0.46875, where erfc itself would underflow past 26.
 * @example erfcx(1) // 0.4275835761558071
 */
export function erfcx(x: number): number {
  if (x <= 4) return quotient(MIDDLE_P, MIDDLE_Q, x);
  const u = 1 / (x * x);
  return (INVERSE_SQRT_PI - u * quotient(FAR_P, FAR_Q, u)) / x;
}

/** Horner on both polynomials; the last numerator coefficient leads, the denominator is monic. */
function quotient(p: readonly number[], q: readonly number[], x: number): number {
  const last = q.length - 1;
  let numerator = p[last + 1]! * x;
  let denominator = x;
  for (let i = 0; i < last; i++) {
    numerator = (numerator + p[i]!) * x;
    denominator = (denominator + q[i]!) * x;
  }
  return (numerator + p[last]!) / (denominator + q[last]!);
}
