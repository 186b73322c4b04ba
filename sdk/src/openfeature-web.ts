import { createClient } from './browser.ts';
import {
  attributesOf,
  createSession,
  trackOptionsOf,
  unitsOf,
  type EvaluationContext,
  type ProviderOptions,
  type Resolution,
  type TrackingDetails,
} from './openfeature-session.ts';
import type { ProviderEvents } from './openfeature-events.ts';

export type { ProviderEvents, ProviderEvent, EventDetails } from './openfeature-events.ts';
export type {
  EvaluationContext,
  ProviderOptions,
  Resolution,
  TrackingDetails,
} from './openfeature-session.ts';

type Resolve<T> = (flag: string, fallback: T) => Resolution<T>;

/** Structurally a `Provider` of `@openfeature/web-sdk`, which need not be installed for this. */
export type WebProvider = {
  readonly metadata: { readonly name: string };
  readonly runsOn: 'client';
  readonly events: ProviderEvents;
  readonly initialize: (context?: EvaluationContext) => Promise<void>;
  readonly onContextChange: (before: EvaluationContext, now: EvaluationContext) => void;
  readonly onClose: () => Promise<void>;
  readonly resolveBooleanEvaluation: Resolve<boolean>;
  readonly resolveStringEvaluation: Resolve<string>;
  readonly resolveNumberEvaluation: Resolve<number>;
  readonly resolveObjectEvaluation: <T>(flag: string, fallback: T) => Resolution<T>;
  readonly track: (name: string, context: EvaluationContext, details?: TrackingDetails) => void;
};

/**
 * A provider for OpenFeature in a page: flags are decided here, for the page's static context, and a change of that
 * takes effect at once.
 * @example await OpenFeature.setProviderAndWait(createProvider({ url, key: 'ck_…' }), { targetingKey: deviceId })
 */
export function createProvider(options: ProviderOptions): WebProvider {
  const session = createSession({ logger: console.warn, ...options });
  const online = (): void => {
    session.reached(true);
  };
  const offline = (): void => {
    session.reached(false);
  };
  return {
    metadata: { name: 'Assay' },
    runsOn: 'client',
    events: session.events,
    initialize(context = {}) {
      const attributes = attributesOf(context);
      const unit = unitsOf(attributes, options.units);
      addEventListener('online', online);
      addEventListener('offline', offline);
      return session.start((given) => createClient({ ...given, unit, attributes }));
    },
    onContextChange(_before, now) {
      const attributes = attributesOf(now);
      session.quietly(() => {
        session.client()?.setUser(unitsOf(attributes, options.units), attributes);
      });
    },
    async onClose() {
      removeEventListener('online', online);
      removeEventListener('offline', offline);
      await session.stop();
    },
    resolveBooleanEvaluation: (flag, fallback) =>
      session.resolve(session.client(), flag, fallback, 'boolean'),
    resolveStringEvaluation: (flag, fallback) =>
      session.resolve(session.client(), flag, fallback, 'string'),
    resolveNumberEvaluation: (flag, fallback) =>
      session.resolve(session.client(), flag, fallback, 'number'),
    resolveObjectEvaluation: (flag, fallback) =>
      session.resolve(session.client(), flag, fallback, 'object'),
    track(name, _context, details) {
      session.client()?.track(name, trackOptionsOf(details));
    },
  };
}
