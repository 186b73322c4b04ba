/** Keeps answers for a short time, so that many viewers of one page cost one computation. Failures are not kept. */
export interface Memo {
  <T>(key: string, now: number, make: () => Promise<T>): Promise<T>;
}

const most = 500;

/** Remembers for `ms` milliseconds; callers that come while an answer is made share it. */
export function memo(ms: number): Memo {
  const kept = new Map<string, { readonly until: number; readonly answer: Promise<unknown> }>();
  return <T>(key: string, now: number, make: () => Promise<T>): Promise<T> => {
    const found = kept.get(key);
    if (found !== undefined && found.until > now) return found.answer as Promise<T>;
    const answer = make();
    kept.delete(key);
    kept.set(key, { until: now + ms, answer });
    answer.catch(() => kept.delete(key));
    if (kept.size > most)
      for (const oldest of kept.keys()) if (kept.size > most) kept.delete(oldest);
    return answer;
  };
}
