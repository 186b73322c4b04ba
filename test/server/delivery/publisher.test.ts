import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createPublisher, type Publication } from '@assay/server/delivery/publisher';
import type { Kind } from '@assay/server/contract/definitions';
import { checkout, freshCatalogue, metrics, noon } from '../../support/definitions.ts';

async function opened() {
  const { catalogue } = await freshCatalogue();
  const publisher = createPublisher(catalogue);
  const heard: Publication[] = [];
  publisher.onPublish((p) => heard.push(p));
  const save = (kind: Kind, body: { key: string; [member: string]: unknown }, archived = false) =>
    catalogue.change((now) => [
      {
        kind,
        key: body.key,
        expected: now.get(kind, body.key)?.revision ?? null,
        body,
        archived,
        action: 'update',
        reason: '',
        author: 'ada',
        requestId: 'r1',
        at: noon,
      },
    ]);
  return { publisher, heard, save, catalogue };
}
const told = (heard: readonly Publication[]) =>
  heard.map((h) => `${h.kind} ${h.environment} ${h.version}`);

describe('the publisher', () => {
  it('gives the same object until something changes', async () => {
    const { publisher, save } = await opened();
    const before = publisher.current('production', 'client');
    expect(publisher.current('production', 'client')).toBe(before);
    await save('flags', checkout);
    const after = publisher.current('production', 'client');
    expect(after?.version).toBe(3);
    expect(after?.etag).not.toBe(before?.etag);
    expect(Object.keys(after?.ruleset.flags ?? {})).toEqual(['checkout']);
  });

  it('publishes what was asked for, and only where it changed', async () => {
    const { publisher, heard, save } = await opened();
    for (const kind of ['client', 'server'] as const)
      for (const environment of ['production', 'staging']) publisher.current(environment, kind);
    await save('flags', checkout);
    expect(told(heard)).toEqual(['client production 3', 'server production 3']);
    await save('metrics', metrics[0]!);
    expect(heard).toHaveLength(2);
    expect(publisher.current('production', 'client')?.version).toBe(3);
    await save('flags', { ...checkout, key: 'hidden', clientVisible: false });
    expect(told(heard.slice(2))).toEqual(['server production 5']);
  });

  it('publishes nothing for a change of words', async () => {
    const { publisher, heard, save } = await opened();
    publisher.current('production', 'server');
    await save('flags', checkout);
    await save('flags', { ...checkout, description: 'New words' });
    expect(told(heard)).toEqual(['server production 3']);
  });

  it('knows no environment that is not there, or not any more', async () => {
    const { publisher, save } = await opened();
    expect(publisher.current('nowhere', 'client')).toBeUndefined();
    expect(publisher.current('staging', 'client')).toBeDefined();
    await save('environments', { key: 'staging' }, true);
    expect(publisher.current('staging', 'client')).toBeUndefined();
  });

  it('compresses each body once, and to the same content', async () => {
    const { publisher, save } = await opened();
    await save('flags', checkout);
    const published = publisher.current('production', 'server')!;
    const text = JSON.stringify(published.ruleset);
    expect(published.body('identity').toString()).toBe(text);
    expect(brotliDecompressSync(published.body('br')).toString()).toBe(text);
    expect(gunzipSync(published.body('gzip')).toString()).toBe(text);
    expect(published.body('br')).toBe(published.body('br'));
  });

  it('stops listening when closed', async () => {
    const { publisher, heard, save } = await opened();
    publisher.current('production', 'server');
    publisher.close();
    await save('flags', checkout);
    expect(heard).toEqual([]);
  });
});
