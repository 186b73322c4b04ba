import type { Client } from './client.ts';
import type { TrackOptions, Units } from './core.ts';
import type { Explanation } from './explain.ts';
import { ProviderEvents } from './openfeature-events.ts';
import type { Options } from './options.ts';
import type { Context, FlagValue, Ruleset } from './ruleset.ts';
import type { Scope } from './scope.ts';

export type ProviderOptions = Omit<Options, 'unit' | 'attributes' | 'explain'> & {
  /** Attributes of the context that name units of randomisation, for tracking. Default `['userId']`. */
  readonly units?: readonly string[];
  /** How long the server may be out of reach before the provider says that it is stale, ms. Default 60,000. */
  readonly staleAfter?: number;
};
/** A context as OpenFeature passes it; `targetingKey` stands for `userId` where that is missing. */
export type EvaluationContext = { readonly [attribute: string]: unknown };
export type TrackingDetails = { readonly value?: number; readonly [property: string]: unknown };
/** How a flag was resolved; structurally OpenFeature's `ResolutionDetails`. */
export type Resolution<T> = {
  value: T;
  variant?: string;
  reason: string;
  /** One of OpenFeature's codes. `never`, because their type is an enum, which a text of ours cannot be. */
  errorCode?: never;
  errorMessage?: string;
  flagMetadata: { [name: string]: string | number | boolean };
};

/** What both providers are made of: a client, its state as events, and evaluations in OpenFeature's words. */
export type Session = {
  readonly events: ProviderEvents;
  readonly client: () => Client | undefined;
  /** Rejects with `code` `PROVIDER_FATAL` where the key is refused, `GENERAL` where there is no ruleset in time. */
  readonly start: (open: (options: Options) => Client) => Promise<void>;
  readonly stop: () => Promise<void>;
  /** The server answers, or does not, as far as is known. */
  readonly reached: (answers: boolean) => void;
  /** Runs what changes flags without telling of it. */
  readonly quietly: (work: () => void) => void;
  readonly resolve: <T>(
    scope: Scope | undefined,
    flag: string,
    fallback: T,
    type: 'boolean' | 'string' | 'number' | 'object',
  ) => Resolution<T>;
};

export function createSession(options: ProviderOptions): Session {
  const events = new ProviderEvents();
  let client: Client | undefined;
  let state: 'starting' | 'ready' | 'failed' | 'stale' = 'starting';
  let ruleset: Ruleset | undefined;
  let refused = false;
  let quiet = false;

  /** The `explain` option is shown the ruleset in force: what version decided belongs into the metadata. */
  function capture(given: Ruleset): Explanation {
    ruleset = given;
    return {} as Explanation;
  }
  function become(next: 'ready' | 'stale', message?: string): void {
    if (state === 'starting' || state === next || (state === 'failed' && next === 'stale')) return;
    state = next;
    events.emit(
      next === 'ready' ? 'PROVIDER_READY' : 'PROVIDER_STALE',
      message === undefined ? {} : { message },
    );
  }
  function changed(keys: readonly string[]): void {
    if (quiet || state === 'starting') return;
    refused = false;
    const known = state !== 'failed';
    become('ready');
    if (known) events.emit('PROVIDER_CONFIGURATION_CHANGED', { flagsChanged: [...keys] });
  }
  function log(message: string, cause?: unknown): void {
    if (message.startsWith('Assay: key refused')) {
      refused = true;
      become('stale', message);
    }
    options.logger?.(message, cause);
  }

  return {
    events,
    client: () => client,
    async start(open) {
      const opened = open({ ...options, explain: capture, logger: log });
      client = opened;
      opened.onChange(changed);
      await opened.ready();
      if (knows(opened)) {
        state = 'ready';
        return;
      }
      state = 'failed';
      throw refused
        ? failure('PROVIDER_FATAL', 'The key was refused.')
        : failure('GENERAL', 'There is no ruleset yet; the provider keeps asking for it.');
    },
    async stop() {
      events.removeAllHandlers();
      await client?.close();
    },
    reached(answers) {
      if (answers && !refused && knows(client)) become('ready');
      else if (!answers) become('stale', 'The server does not answer; the last ruleset is served.');
    },
    quietly(work) {
      quiet = true;
      work();
      quiet = false;
    },
    resolve: (scope, flag, fallback, type) =>
      resolve({ scope, flag, fallback, type, facts: () => factsOf(ruleset) }),
  };
}

/** Whether there is a ruleset. Any key tells: without one none is known. */
function knows(client: Client | undefined): boolean {
  return client?.explain('').error === 'FLAG_NOT_FOUND';
}

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

type Facts = { [name: string]: string | number | boolean };

function factsOf(ruleset: Ruleset | undefined): Facts {
  return ruleset ? { flagSetId: ruleset.environment, version: String(ruleset.version) } : {};
}

type Question<T> = {
  readonly scope: Scope | undefined;
  readonly flag: string;
  readonly fallback: T;
  readonly type: 'boolean' | 'string' | 'number' | 'object';
  readonly facts: () => Facts;
};

function resolve<T>({ scope, flag, fallback, type, facts }: Question<T>): Resolution<T> {
  if (!scope) return failed(fallback, 'PROVIDER_NOT_READY', {});
  const { value, variant, reason, error, exposure } = scope.explain(flag);
  const flagMetadata = facts();
  if (error) return failed(fallback, error, flagMetadata);
  if (reason === 'TARGETING_KEY_MISSING') return failed(fallback, reason, flagMetadata);
  if (variant === undefined) return { value: fallback, reason, flagMetadata };
  if (typeof value !== type) return failed(fallback, 'TYPE_MISMATCH', flagMetadata);
  if (exposure) {
    // To get is to meet: it logs the exposure.
    scope.get(flag, value);
    Object.assign(flagMetadata, { experiment: exposure.experiment, phase: exposure.phase });
  }
  // Of the type that was asked for.
  return { value: value as T, variant, reason, flagMetadata };
}

function failed<T>(value: T, code: string, flagMetadata: Facts): Resolution<T> {
  return { value, reason: 'ERROR', errorCode: code as never, errorMessage: code, flagMetadata };
}

/** The attributes of a context; a time becomes its ISO 8601 text. */
export function attributesOf(context: EvaluationContext): Context {
  const attributes: { [name: string]: unknown } = { ...context };
  for (const [name, value] of Object.entries(context))
    if (value instanceof Date) attributes[name] = Number.isNaN(+value) ? null : value.toISOString();
  attributes['userId'] ??= context['targetingKey'];
  // What is no value of a flag matches no condition.
  return attributes as { [name: string]: FlagValue };
}

export function unitsOf(attributes: Context, names: readonly string[] = ['userId']): Units {
  const units: { [type: string]: string | number } = {};
  for (const name of names) {
    const id = attributes[name];
    if ((typeof id === 'string' && id !== '') || typeof id === 'number') units[name] = id;
  }
  return units;
}

export function trackOptionsOf({ value, ...properties }: TrackingDetails = {}): TrackOptions {
  return {
    ...(value !== undefined && { value }),
    // The client keeps of them what an event may carry.
    ...(Object.keys(properties).length > 0 && { properties: properties as {} }),
  };
}
