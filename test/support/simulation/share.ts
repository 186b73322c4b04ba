/** Share of the runs with an event. */
export function share<T>(
  runs: readonly T[],
  event: (run: T) => boolean,
): { readonly rate: number } {
  return { rate: runs.filter(event).length / runs.length };
}

export function average(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

/** The runs of a scenario that several methods are tried on, drawn once. */
export function once<T>(): (key: string, draw: () => T) => T {
  let kept: { readonly key: string; readonly value: T } | undefined;
  return (key, draw) => {
    if (kept?.key !== key) kept = { key, value: draw() };
    return kept.value;
  };
}
