/** The events of a provider, by OpenFeature's names. */
export type ProviderEvent =
  'PROVIDER_READY' | 'PROVIDER_ERROR' | 'PROVIDER_STALE' | 'PROVIDER_CONFIGURATION_CHANGED';
export type EventDetails = {
  readonly message?: string;
  readonly flagsChanged?: string[];
};
type Handler = (details?: { readonly [detail: string]: unknown }) => unknown;
/** What OpenFeature's SDKs add: they ask for details of which ours are a part. */
type AnyHandler = (details?: never) => unknown;

/** An emitter as OpenFeature's SDKs expect it of a provider; a handler that throws disturbs no other. */
export class ProviderEvents {
  readonly #handlers = new Map<string, Handler[]>();

  addHandler(event: string, handler: AnyHandler): void {
    this.#handlers.set(event, [...this.getHandlers(event), handler as Handler]);
  }
  removeHandler(event: string, handler: AnyHandler): void {
    this.#handlers.set(
      event,
      this.getHandlers(event).filter((one) => one !== handler),
    );
  }
  removeAllHandlers(event?: string): void {
    if (event === undefined) this.#handlers.clear();
    else this.#handlers.delete(event);
  }
  getHandlers(event: string): Handler[] {
    return this.#handlers.get(event) ?? [];
  }
  emit(event: string, details: EventDetails = {}): void {
    for (const handler of this.getHandlers(event))
      try {
        handler(details);
      } catch {
        // A handler's failure is its own.
      }
  }
  /** Nothing is logged here. */
  setLogger(_logger: unknown): this {
    return this;
  }
}
