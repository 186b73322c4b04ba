import { createClient } from './node.ts';
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
import type { Rim } from './rim.ts';

export type { ProviderEvents, ProviderEvent, EventDetails } from './openfeature-events.ts';
export type {
  EvaluationContext,
  ProviderOptions,
  Resolution,
  TrackingDetails,
} from './openfeature-session.ts';

type Resolve<T> = (flag: string, fallback: T, context: EvaluationContext) => Promise<Resolution<T>>;

/** Structurally a `Provider` of `@openfeature/server-sdk`, which need not be installed for this. */
export type ServerProvider = {
  readonly metadata: { readonly name: string };
  readonly runsOn: 'server';
  readonly events: ProviderEvents;
  readonly initialize: () => Promise<void>;
  readonly onClose: () => Promise<void>;
  readonly resolveBooleanEvaluation: Resolve<boolean>;
  readonly resolveStringEvaluation: Resolve<string>;
  readonly resolveNumberEvaluation: Resolve<number>;
  readonly resolveObjectEvaluation: <T>(
    flag: string,
    fallback: T,
    context: EvaluationContext,
  ) => Promise<Resolution<T>>;
  readonly track: (name: string, context: EvaluationContext, details?: TrackingDetails) => void;
};

/**
 * A provider for OpenFeature on a server: flags are decided here, for the context of each call, and a flag's experiment
 * logs the exposure.
 * @example await OpenFeature.setProviderAndWait(createProvider({ url: 'https://ab.example', key: process.env.ASSAY_KEY }))
 */
export function createProvider(options: ProviderOptions): ServerProvider {
  const session = createSession({ logger: console.warn, ...options });
  const scopeOf = (context: EvaluationContext) => {
    const attributes = attributesOf(context);
    return session.client()?.forUser(unitsOf(attributes, options.units), attributes);
  };
  return {
    metadata: { name: 'Assay' },
    runsOn: 'server',
    events: session.events,
    initialize: () =>
      session.start((given) =>
        createClient(given, (rim) => watched(rim, options.staleAfter ?? 60_000, session.reached)),
      ),
    onClose: session.stop,
    resolveBooleanEvaluation: async (flag, fallback, context) =>
      session.resolve(scopeOf(context), flag, fallback, 'boolean'),
    resolveStringEvaluation: async (flag, fallback, context) =>
      session.resolve(scopeOf(context), flag, fallback, 'string'),
    resolveNumberEvaluation: async (flag, fallback, context) =>
      session.resolve(scopeOf(context), flag, fallback, 'number'),
    resolveObjectEvaluation: async (flag, fallback, context) =>
      session.resolve(scopeOf(context), flag, fallback, 'object'),
    track(name, context, details) {
      scopeOf(context)?.track(name, trackOptionsOf(details));
    },
  };
}

/** The same surroundings, telling whether the server answers; silence counts when it has lasted. */
function watched(rim: Rim, staleAfter: number, tell: (answers: boolean) => void): Rim {
  const { transport, clock } = rim;
  let cancel: (() => void) | undefined;
  const answered = (): void => {
    cancel?.();
    cancel = undefined;
    tell(true);
  };
  const silent = (): void => {
    cancel ??= clock.after(staleAfter, () => {
      tell(false);
    });
  };
  return {
    ...rim,
    transport: {
      ...transport,
      async send(request) {
        try {
          const reply = await transport.send(request);
          // The client takes a new ruleset first; an answer is told of after that.
          if (request.body === undefined)
            clock.after(0, reply.status > 0 && reply.status < 500 ? answered : silent);
          return reply;
        } catch (error) {
          if (request.body === undefined) silent();
          throw error;
        }
      },
    },
  };
}
