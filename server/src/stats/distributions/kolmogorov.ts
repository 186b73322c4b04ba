/**
 * P(D_n ≥ d) of the two-sided Kolmogorov–Smirnov distance of n uniform values: exact by the matrix power of Marsaglia,
 * Tsang & Wang (2003). Its cost grows with n·d, so above 1,000 values, or below about 1e-4, the limiting series with
 * Stephens' (1970) correction takes over. @example kolmogorovSf(0.274, 10) // 0.3715203845
 */
export function kolmogorovSf(d: number, n: number): number {
  if (d <= 0.5 / n) return 1;
  if (d >= 1) return 0;
  const root = Math.sqrt(n);
  return n > 1_000 || n * d * d > 5
    ? limiting((root + 0.12 + 0.11 / root) * d)
    : Math.max(0, 1 - matrixCdf(d, n));
}

/** Kolmogorov's (1933) limit, P(√n·D ≥ x). */
function limiting(x: number): number {
  let sum = 0;
  for (let k = 1; k < 100; k++) {
    const term = Math.exp(-2 * k * k * x * x);
    sum += k % 2 === 1 ? term : -term;
    if (term < 1e-18) break;
  }
  return Math.min(1, 2 * sum);
}

function matrixCdf(d: number, n: number): number {
  const k = Math.floor(n * d) + 1;
  const m = 2 * k - 1;
  const h = k - n * d;
  const start = Array.from({ length: m }, (_, i) =>
    Array.from({ length: m }, (_unused, j) => (i - j + 1 < 0 ? 0 : 1)),
  );
  for (let i = 0; i < m; i++) {
    start[i]![0]! -= h ** (i + 1);
    start[m - 1]![i]! -= h ** (m - i);
  }
  start[m - 1]![0]! += 2 * h - 1 > 0 ? (2 * h - 1) ** m : 0;
  for (let i = 0; i < m; i++)
    for (let j = 0; j < m; j++) for (let g = 1; g <= i - j + 1; g++) start[i]![j]! /= g;
  const [power, exponent] = raise(start, n);
  let value = power[k - 1]![k - 1]!;
  let scale = exponent;
  for (let i = 1; i <= n; i++) {
    value *= i / n;
    if (value < 1e-140) {
      value *= 1e140;
      scale -= 140;
    }
  }
  return value * 10 ** scale;
}

type Matrix = number[][];

/** matrix^n as a mantissa and a power of ten. */
function raise(matrix: Matrix, n: number): readonly [Matrix, number] {
  if (n === 1) return [matrix, 0];
  const [half, exponent] = raise(matrix, Math.floor(n / 2));
  const square = multiply(half, half);
  const power = n % 2 === 0 ? square : multiply(matrix, square);
  const centre = power[Math.floor(power.length / 2)]![Math.floor(power.length / 2)]!;
  if (centre <= 1e140) return [power, 2 * exponent];
  return [power.map((row) => row.map((x) => x * 1e-140)), 2 * exponent + 140];
}

function multiply(a: Matrix, b: Matrix): Matrix {
  return a.map((row) => b.map((_, j) => row.reduce((sum, x, k) => sum + x * b[k]![j]!, 0)));
}
