import {
  OpenFeature,
  ProviderEvents,
  ProviderStatus,
  type Provider,
} from '@openfeature/server-sdk';
import { createProvider } from '@assay/sdk/openfeature-server';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { call, startServer } from '../support/server.ts';
import { adopt, booleanFlag, experiment } from './world.ts';

const quick = { flushInterval: 20, refetchJitter: 0, logger: () => undefined };

/** A client of OpenFeature on a provider of ours, in a domain of its own. */
async function connect(provider: Provider) {
  const domain = `d${Math.random()}`;
  await OpenFeature.setProviderAndWait(domain, provider);
  onTestFinished(() => OpenFeature.clearProviders());
  return OpenFeature.getClient(domain);
}

describe('the provider for servers, through @openfeature/server-sdk', () => {
  it('decides for the context of each call and says by what version', async () => {
    const server = await startServer();
    const world = await adopt(server.url);
    await world.make('flags', experiment.flag);
    const client = await connect(
      createProvider({ url: server.url, key: world.serverKey, ...quick }),
    );
    const by = async (context: object) =>
      client.getStringDetails('checkout', 'none', { ...context });
    const listed = await by({ targetingKey: 'u1', country: 'CN' });
    expect(listed).toMatchObject({
      value: 'one_page',
      variant: 'one-page',
      reason: 'TARGETING_MATCH',
      flagMetadata: { flagSetId: 'production' },
    });
    expect(listed.flagMetadata['version']).toMatch(/^\d+$/);
    expect(await by({ targetingKey: 'u1', country: 'US' })).toMatchObject({
      value: 'classic',
      reason: 'DEFAULT',
    });
    expect(await client.getBooleanDetails('checkout', false)).toMatchObject({
      value: false,
      errorCode: 'TYPE_MISMATCH',
    });
    expect(await client.getStringDetails('nowhere', 'mine')).toMatchObject({
      value: 'mine',
      errorCode: 'FLAG_NOT_FOUND',
    });
  });

  it('logs an exposure once per unit, and what is tracked', async () => {
    const server = await startServer();
    const world = await adopt(server.url);
    await world.run();
    const provider = createProvider({
      url: server.url,
      key: world.serverKey,
      units: ['userId', 'companyId'],
      ...quick,
    });
    const client = await connect(provider);
    const context = { targetingKey: 'u7', companyId: 'c1' };
    for (let i = 0; i < 3; i++) {
      const details = await client.getStringDetails('checkout', 'none', context);
      expect(details).toMatchObject({
        reason: 'SPLIT',
        flagMetadata: { experiment: 'one-page-checkout', phase: 1 },
      });
    }
    client.track('order_paid', context, { value: 9.5, currency: 'CNY' });
    await provider.onClose();
    const seen = await call(server.url, 'GET /api/units/userId/u7?environment=production');
    const text = JSON.stringify(seen.body);
    expect(text.match(/"exposure"/g)).toHaveLength(1);
    expect(text).toContain('"order_paid"');
    const company = await call(server.url, 'GET /api/units/companyId/c1?environment=production');
    expect(JSON.stringify(company.body)).toContain('"order_paid"');
  });

  it('reports without a unit that it needs one', async () => {
    const server = await startServer();
    const world = await adopt(server.url);
    await world.run();
    const client = await connect(
      createProvider({ url: server.url, key: world.serverKey, ...quick }),
    );
    expect(await client.getStringDetails('checkout', 'mine', {})).toMatchObject({
      value: 'mine',
      errorCode: 'TARGETING_KEY_MISSING',
    });
  });

  it('tells which flags have changed', async () => {
    const server = await startServer();
    const world = await adopt(server.url);
    await world.make('flags', booleanFlag('one', true));
    await world.make('flags', booleanFlag('two', true));
    const client = await connect(
      createProvider({ url: server.url, key: world.serverKey, ...quick }),
    );
    const told: unknown[] = [];
    client.addHandler(ProviderEvents.ConfigurationChanged, (details) =>
      told.push(details?.flagsChanged),
    );
    await world.change('flags', booleanFlag('two', false));
    await expect.poll(() => told, { timeout: 5_000 }).toEqual([['two']]);
    expect(await client.getBooleanValue('two', true)).toBe(false);
    expect(client.providerStatus).toBe(ProviderStatus.READY);
  });

  it('is fatal where the key is refused', async () => {
    const server = await startServer();
    const provider = createProvider({ url: server.url, key: 'sk_unknown', ...quick });
    await expect(connect(provider)).rejects.toMatchObject({ code: 'PROVIDER_FATAL' });
  });

  it('is in error without a server, ready when one comes, stale when it goes', async () => {
    const ruleset = {
      schema: 1,
      version: 3,
      environment: 'production',
      flags: {},
      segments: {},
      holdouts: {},
      layers: {},
    };
    let answers = false;
    const server = createServer((_req, res) => {
      if (answers) res.end(JSON.stringify(ruleset));
      else res.socket?.destroy();
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const provider = createProvider({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      key: 'sk_1',
      stream: false,
      pollInterval: 20,
      staleAfter: 50,
      timeout: 200,
      ...quick,
    });
    const domain = 'outage';
    const client = OpenFeature.getClient(domain);
    const told: string[] = [];
    for (const event of [ProviderEvents.Ready, ProviderEvents.Error, ProviderEvents.Stale])
      client.addHandler(event, () => told.push(event));
    await expect(OpenFeature.setProviderAndWait(domain, provider)).rejects.toThrow(
      'no ruleset yet',
    );
    onTestFinished(() => OpenFeature.clearProviders());
    expect(client.providerStatus).toBe(ProviderStatus.ERROR);
    answers = true;
    await expect.poll(() => client.providerStatus, { timeout: 8_000 }).toBe(ProviderStatus.READY);
    answers = false;
    await expect.poll(() => client.providerStatus, { timeout: 8_000 }).toBe(ProviderStatus.STALE);
    answers = true;
    await expect.poll(() => client.providerStatus, { timeout: 8_000 }).toBe(ProviderStatus.READY);
    expect(told.map((event) => event.replace('PROVIDER_', ''))).toEqual([
      'ERROR',
      'READY',
      'STALE',
      'READY',
    ]);
  });
});
