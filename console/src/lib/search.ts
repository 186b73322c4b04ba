type Search = Record<string, unknown>;

/** `{ q }` when the address has it as text, else nothing. Numbers that look like text are text again. */
export function textParam<N extends string>(search: Search, name: N): { [P in N]?: string } {
  const value = search[name];
  if (typeof value === 'number') return { [name]: String(value) } as { [P in N]?: string };
  return typeof value === 'string' && value !== ''
    ? ({ [name]: value } as { [P in N]?: string })
    : {};
}

export function choiceParam<N extends string, T extends string>(
  search: Search,
  name: N,
  choices: readonly T[],
): { [P in N]?: T } {
  const value = choices.find((choice) => choice === search[name]);
  return value === undefined ? {} : ({ [name]: value } as { [P in N]?: T });
}

export function numberParam<N extends string>(search: Search, name: N): { [P in N]?: number } {
  const given = search[name];
  const value = given === '' ? Number.NaN : Number(given ?? Number.NaN);
  return Number.isFinite(value) ? ({ [name]: value } as { [P in N]?: number }) : {};
}
