import { describe, expect, it } from 'vitest';
import { openCatalogue, type CatalogueChange } from '@assay/server/definitions/catalogue';
import type { Change } from '@assay/server/store/definitions/port';
import { checkout, freshCatalogue, metrics, noon } from '../../support/definitions.ts';

const change = (
  kind: Change['kind'],
  body: { key: string; [member: string]: unknown },
  expected: number | null = null,
): Change => ({
  kind,
  key: body.key,
  expected,
  body,
  archived: false,
  action: 'create',
  reason: '',
  author: 'ada',
  requestId: 'r1',
  at: noon,
});

describe('the catalogue', () => {
  it('has production and staging from the start, once', async () => {
    const { catalogue, store } = await freshCatalogue();
    expect(catalogue.environments().map((e) => e.key)).toEqual(['production', 'staging']);
    const again = await openCatalogue(store, () => noon);
    expect(again.sequence).toBe(2);
  });

  it('reads back what was changed, with its revision, and counts every change', async () => {
    const { catalogue, store } = await freshCatalogue();
    await catalogue.change([change('flags', checkout)]);
    await catalogue.change([change('flags', { ...checkout, name: 'Till' }, 1)]);
    expect(catalogue.flag('checkout')).toMatchObject({
      name: 'Till',
      revision: 2,
      archived: false,
    });
    expect(catalogue.sequence).toBe(4);
    const again = await openCatalogue(store, () => noon);
    expect(again.flag('checkout')).toEqual(catalogue.flag('checkout'));
  });

  it('keeps an older reading as it was', async () => {
    const { catalogue } = await freshCatalogue();
    const before = catalogue.now();
    await catalogue.change([change('flags', checkout)]);
    expect(before.flag('checkout')).toBeUndefined();
    expect(before.sequence).toBe(2);
  });

  it('does all of a change or nothing', async () => {
    const { catalogue } = await freshCatalogue();
    const both = [change('flags', checkout), change('metrics', metrics[0]!, 7)];
    await expect(catalogue.change(both)).rejects.toMatchObject({ code: 'conflict' });
    expect(catalogue.flags()).toEqual([]);
    expect(catalogue.sequence).toBe(2);
  });

  it('never stores what it could not read again', async () => {
    const { catalogue, store } = await freshCatalogue();
    await expect(catalogue.change([change('flags', { key: 'x', type: 'string' })])).rejects.toThrow(
      'does not fit its schema',
    );
    expect((await store.load()).sequence).toBe(2);
  });

  it('lets each decision see the one before it, however many come at once', async () => {
    const { catalogue } = await freshCatalogue();
    const more = () =>
      catalogue.change((now) => {
        const flag = now.flag('checkout');
        const description = `${flag?.description ?? ''}x`;
        return [change('flags', { ...checkout, description }, flag?.revision ?? null)];
      });
    await Promise.all(Array.from({ length: 20 }, more));
    expect(catalogue.flag('checkout')).toMatchObject({ description: 'x'.repeat(20), revision: 20 });
  });

  it('goes on after a decision that threw', async () => {
    const { catalogue } = await freshCatalogue();
    const failing = catalogue.change(() => {
      throw new Error('no');
    });
    const next = catalogue.change([change('flags', checkout)]);
    await expect(failing).rejects.toThrow('no');
    await next;
    expect(catalogue.flags()).toHaveLength(1);
  });

  it('tells listeners what changed, until they stop', async () => {
    const { catalogue } = await freshCatalogue();
    const heard: CatalogueChange[] = [];
    const stop = catalogue.onChange((event) => heard.push(event));
    await catalogue.change([change('flags', checkout), change('metrics', metrics[0]!)]);
    stop();
    await catalogue.change([change('metrics', metrics[1]!)]);
    expect(heard.map((h) => h.changed.map(({ kind, key }) => `${kind} ${key}`))).toEqual([
      ['flags checkout', 'metrics conversion'],
    ]);
    expect(heard[0]?.now.flag('checkout')?.name).toBe('Checkout');
  });

  it('forgets what is purged, and says so with a new number', async () => {
    const { catalogue } = await freshCatalogue();
    await catalogue.change([change('flags', checkout)]);
    const heard: CatalogueChange[] = [];
    catalogue.onChange((event) => heard.push(event));
    await catalogue.purge([{ kind: 'flags', key: 'checkout' }], {
      author: 'ada',
      at: noon,
      requestId: 'r2',
    });
    expect(catalogue.flag('checkout')).toBeUndefined();
    expect(catalogue.sequence).toBeGreaterThan(3);
    expect(heard).toHaveLength(1);
  });
});
