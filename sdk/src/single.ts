/** Runs `work` once at a time: who asks while it runs waits for the same end. */
export function single(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () =>
    (running ??= work().finally(() => {
      running = undefined;
    }));
}
