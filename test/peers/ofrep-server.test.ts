import { OFREPProvider } from '@openfeature/ofrep-provider';
import { OpenFeature } from '@openfeature/server-sdk';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { evaluate, type Ruleset } from '@assay/sdk/evaluate';
import { createDelivery } from '@assay/server/delivery/http';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { freshCatalogue } from '../support/definitions.ts';
import { startServer } from '../support/server.ts';
import { adopt, booleanFlag, experiment } from './world.ts';

afterEach(() => OpenFeature.clearProviders());

/** OpenFeature's own client of the protocol, on a server. */
async function connect(baseUrl: string, key: string, header: 'Authorization' | 'X-API-Key') {
  const text = header === 'Authorization' ? `Bearer ${key}` : key;
  const domain = `ofrep-${header}`;
  await OpenFeature.setProviderAndWait(
    domain,
    new OFREPProvider({ baseUrl, headers: [[header, text]] }),
  );
  return OpenFeature.getClient(domain);
}

describe('@openfeature/ofrep-provider on a real server', () => {
  it('gets the SDK’s variant for every unit', async () => {
    const server = await startServer();
    const world = await adopt(server.url);
    await world.run();
    const client = await connect(server.url, world.serverKey, 'Authorization');
    const answer = await fetch(`${server.url}/sdk/v1/ruleset`, {
      headers: { authorization: `Bearer ${world.serverKey}` },
    });
    const ruleset = (await answer.json()) as Ruleset;
    const seen = new Set<unknown>();
    for (let i = 0; i < 100; i++) {
      const targetingKey = i % 2 === 0 ? `u${i}` : `用户${i}`;
      const details = await client.getStringDetails('checkout', 'none', { targetingKey });
      const { value, variant } = evaluate(ruleset, 'checkout', { userId: targetingKey }, 'none');
      expect(details).toMatchObject({ value, variant, reason: 'SPLIT' });
      expect(details.flagMetadata).toMatchObject({
        flagSetId: 'production',
        experiment: 'one-page-checkout',
        phase: 1,
        unitType: 'userId',
      });
      seen.add(variant);
    }
    expect(seen.size).toBe(2);
  });

  it('reads values of every type, and errors by their codes', async () => {
    const server = await startServer();
    const world = await adopt(server.url);
    await world.make('flags', booleanFlag('banner', true));
    await world.make('flags', experiment.flag);
    const client = await connect(server.url, world.serverKey, 'X-API-Key');
    expect(await client.getBooleanDetails('banner', false)).toMatchObject({
      value: true,
      variant: 'on',
      reason: 'STATIC',
    });
    expect(await client.getStringDetails('nowhere', 'mine')).toMatchObject({
      value: 'mine',
      errorCode: 'FLAG_NOT_FOUND',
    });
    expect(await client.getStringDetails('banner', 'mine')).toMatchObject({
      value: 'mine',
      errorCode: 'TYPE_MISMATCH',
    });
    expect(
      await client.getStringDetails('checkout', 'mine', { targetingKey: 'u1', country: 'CN' }),
    ).toMatchObject({ value: 'one_page', reason: 'TARGETING_MATCH' });
  });

  it('is told which unit is missing, and that a key is not known', async () => {
    const server = await startServer();
    const world = await adopt(server.url);
    await world.run();
    const client = await connect(server.url, world.serverKey, 'Authorization');
    expect(await client.getStringDetails('checkout', 'mine', {})).toMatchObject({
      value: 'mine',
      errorCode: 'TARGETING_KEY_MISSING',
    });
    const stranger = await connect(server.url, 'sk_unknown', 'Authorization');
    expect(await stranger.getStringDetails('checkout', 'mine', {})).toMatchObject({
      value: 'mine',
      errorCode: 'GENERAL',
    });
  });

  it('asks no more until the time that a busy server named', async () => {
    let asked = 0;
    const { catalogue } = await freshCatalogue();
    const delivery = createDelivery({
      catalogue,
      authenticate: () => ({ environment: 'production', kind: 'server' }),
      clock: Date.now,
      chance: () => 0.5,
      isBusy: () => true,
      bug(error) {
        throw error;
      },
    });
    const server = createServer((req, res) => {
      asked++;
      delivery.handle(req, res);
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      delivery.close();
      server.close();
      server.closeAllConnections();
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = await connect(url, 'sk_1', 'Authorization');
    for (let i = 0; i < 3; i++)
      expect(await client.getBooleanDetails('banner', true)).toMatchObject({
        value: true,
        errorCode: 'GENERAL',
      });
    expect(asked).toBe(1);
  });
});
