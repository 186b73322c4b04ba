/** What `work` gives, or undefined when it fails: for what the app or the page may break, and must not break us. */
export function tried<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
