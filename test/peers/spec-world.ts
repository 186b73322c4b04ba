import {
  OpenFeature,
  type Client,
  type EvaluationContext,
  type EvaluationDetails,
  type FlagValue,
  type Hook,
  type Provider,
} from '@openfeature/server-sdk';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createProvider } from '@assay/sdk/openfeature-server';
import type { ProviderOptions } from '@assay/sdk/openfeature-server';
import { onTestFinished } from 'vitest';

export type FlagType = 'boolean' | 'string' | 'integer' | 'float' | 'object';

/** What the steps of one scenario share. */
export interface World {
  readonly url: string;
  readonly key: string;
  readonly domain: string;
  client: Client;
  flag: { key: string; type: FlagType; fallback: FlagValue };
  context: EvaluationContext;
  /** What the provider was given. */
  merged: EvaluationContext;
  details: EvaluationDetails<FlagValue>;
  hooks: Hook[];
  /** Hooks as they ran, with the details they were told. */
  ran: { stage: string; details?: EvaluationDetails<FlagValue> }[];
  levels: string[];
  atLevel: Record<string, EvaluationContext>;
}

let scenarios = 0;

export function newWorld(url: string, key: string): World {
  const domain = `scenario-${++scenarios}`;
  return {
    url,
    key,
    domain,
    client: OpenFeature.getClient(domain),
    flag: { key: 'boolean-flag', type: 'boolean', fallback: false },
    context: {},
    merged: {},
    details: { flagKey: '', flagMetadata: {}, value: false },
    hooks: [],
    ran: [],
    levels: [],
    atLevel: {},
  };
}

const quiet = { logger: () => undefined, timeout: 2_000 };

/** A provider of ours that notes the context it was given. */
function noting(world: World, options: Partial<ProviderOptions> = {}): Provider {
  const provider = createProvider({ url: world.url, key: world.key, ...quiet, ...options });
  return {
    ...provider,
    resolveBooleanEvaluation(flag, fallback, context) {
      world.merged = context;
      return provider.resolveBooleanEvaluation(flag, fallback, context);
    },
  };
}

export const providers: Readonly<Record<string, (world: World) => Promise<void>>> = {
  async stable(world) {
    await OpenFeature.setProviderAndWait(world.domain, noting(world));
  },
  async 'not ready'(world) {
    const url = await strangeServer(() => undefined);
    OpenFeature.setProvider(world.domain, noting(world, { url, timeout: 60_000 }));
  },
  async error(world) {
    const url = await strangeServer((destroy) => {
      destroy();
    });
    const provider = noting(world, { url, timeout: 200 });
    await OpenFeature.setProviderAndWait(world.domain, provider).catch(() => undefined);
  },
  async fatal(world) {
    const provider = noting(world, { key: 'sk_unknown' });
    await OpenFeature.setProviderAndWait(world.domain, provider).catch(() => undefined);
  },
  async stale(world) {
    const body = await (
      await fetch(`${world.url}/sdk/v1/ruleset`, {
        headers: { authorization: `Bearer ${world.key}` },
      })
    ).text();
    let asked = 0;
    const url = await strangeServer((destroy) => (++asked > 1 ? destroy() : body));
    const often = { url, stream: false, pollInterval: 20, staleAfter: 20 };
    await OpenFeature.setProviderAndWait(world.domain, noting(world, often));
  },
};

/** A server that answers with a text, cuts the line, or says nothing at all. */
async function strangeServer(answer: (destroy: () => void) => string | undefined | void) {
  const server = createServer((_req, res) => {
    const body = answer(() => res.socket?.destroy());
    if (typeof body === 'string') res.end(body);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Evaluates the scenario's flag in its context. */
export async function evaluateFlag(world: World, context = world.context): Promise<void> {
  const { client, flag, hooks } = world;
  const { key, fallback } = flag;
  const options = { hooks };
  if (flag.type === 'boolean')
    world.details = await client.getBooleanDetails(key, fallback as boolean, context, options);
  else if (flag.type === 'string')
    world.details = await client.getStringDetails(key, fallback as string, context, options);
  else if (flag.type === 'object')
    world.details = await client.getObjectDetails(key, fallback as object as {}, context, options);
  else world.details = await client.getNumberDetails(key, fallback as number, context, options);
}

/** A value as a feature writes it. */
export function valueOf(type: string, text: string): FlagValue {
  const kind = type.toLowerCase();
  if (kind === 'boolean') return text === 'true';
  if (kind === 'integer' || kind === 'float') return Number(text);
  return kind === 'object' ? (JSON.parse(text.replaceAll('\\"', '"')) as FlagValue) : text;
}

/** Notes every stage that it runs. */
export function notingHook({ ran }: World, name = ''): Hook {
  return {
    before: () => {
      ran.push({ stage: `before${name}` });
    },
    after: (_hook, details) => {
      ran.push({ stage: `after${name}`, details });
    },
    error: () => {
      ran.push({ stage: `error${name}` });
    },
    finally: (_hook, details) => {
      ran.push({ stage: `finally${name}`, details });
    },
  };
}
