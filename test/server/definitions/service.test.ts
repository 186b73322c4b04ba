import { describe, expect, it } from 'vitest';
import type { Kind } from '@assay/server/contract/definitions';
import { definitionService } from '@assay/server/definitions/service';
import {
  bodyOf,
  checkout,
  countingBytes,
  freshCatalogue,
  metrics,
  noon,
  onePage,
} from '../../support/definitions.ts';

const request = { author: 'ada', requestId: 'r1', at: noon, reason: '', ifMatch: undefined };
const at = (ifMatch: number) => ({ ...request, ifMatch });

async function services() {
  const { catalogue, store } = await freshCatalogue();
  const of = <K extends Kind>(kind: K) =>
    definitionService(kind, { catalogue, store, random: countingBytes() });
  return {
    flags: of('flags'),
    metrics: of('metrics'),
    experiments: of('experiments'),
    layers: of('layers'),
    segments: of('segments'),
    catalogue,
  };
}
/** Flag, metrics and a draft. */
async function planned() {
  const all = await services();
  await all.flags.create(bodyOf('flags', checkout), request);
  for (const metric of metrics) await all.metrics.create(bodyOf('metrics', metric), request);
  await all.experiments.create(bodyOf('experiments', onePage), request);
  return all;
}

describe('a definition', () => {
  it('is created at revision 1 by whom it was', async () => {
    const { flags } = await services();
    expect(await flags.create(bodyOf('flags', checkout), request)).toMatchObject({
      key: 'checkout',
      revision: 1,
      updatedBy: 'ada',
      createdAt: '2026-03-02T12:00:00.000Z',
      archived: false,
    });
    expect(flags.read('checkout').name).toBe('Checkout');
  });

  it('is refused with every fault by its path', async () => {
    const { experiments } = await services();
    await expect(experiments.create(bodyOf('experiments', onePage), request)).rejects.toMatchObject(
      {
        code: 'invalid',
        message: 'flag: Unknown flag "checkout" (and 3 more).',
        errors: [
          { path: 'flag' },
          { path: 'metrics.primary', message: 'Unknown metric "conversion"' },
          { path: 'metrics.secondary.0' },
          { path: 'metrics.guardrails.0.metric' },
        ],
      },
    );
  });

  it('is there once', async () => {
    const { flags } = await services();
    await flags.create(bodyOf('flags', checkout), request);
    await expect(flags.create(bodyOf('flags', checkout), request)).rejects.toMatchObject({
      code: 'conflict',
      message: 'The flag "checkout" exists already.',
    });
  });

  it('is replaced by who has read it', async () => {
    const { flags } = await services();
    await flags.create(bodyOf('flags', checkout), request);
    const body = bodyOf('flags', { ...checkout, name: 'Till' });
    expect(await flags.replace('checkout', body, at(1))).toMatchObject({
      name: 'Till',
      revision: 2,
    });
    await expect(flags.replace('checkout', body, at(1))).rejects.toMatchObject({
      code: 'conflict',
      status: 412,
      extra: { revision: 2 },
    });
    await expect(flags.replace('checkout', body, request)).rejects.toMatchObject({
      code: 'invalid',
      status: 428,
      extra: { revision: 2 },
    });
  });

  it('loses no change when many write at once', async () => {
    const { flags } = await services();
    await flags.create(bodyOf('flags', checkout), request);
    const write = async (i: number): Promise<void> => {
      const { revision, tags } = flags.read('checkout');
      const body = bodyOf('flags', { ...checkout, tags: [...tags, String(i)] });
      await flags.replace('checkout', body, at(revision)).catch(() => write(i));
    };
    await Promise.all(Array.from({ length: 8 }, (_, i) => write(i)));
    const { tags, revision } = flags.read('checkout');
    expect(tags.toSorted()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
    expect(revision).toBe(9);
  });

  it('keeps its key', async () => {
    const { flags } = await services();
    await flags.create(bodyOf('flags', checkout), request);
    const body = bodyOf('flags', { ...checkout, key: 'till' });
    await expect(flags.replace('checkout', body, at(1))).rejects.toMatchObject({
      errors: [
        {
          path: 'key',
          message: 'is "till", must stay "checkout": apps and events know the flag by it',
        },
      ],
    });
  });

  it('is not found where it is not', async () => {
    const { flags } = await services();
    expect(() => flags.read('nothing')).toThrow('No flag "nothing".');
    await expect(flags.archive('nothing', request)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('archiving', () => {
  it.each([
    [
      'flags',
      'checkout',
      'The flag "checkout" is in use by experiment "one-page-checkout" (draft).',
    ],
    [
      'metrics',
      'refunds',
      'The metric "refunds" is in use by experiment "one-page-checkout" (draft).',
    ],
  ] as const)('%s in use is refused, naming the users', async (kind, key, message) => {
    const all = await planned();
    const archived = all[kind].archive(key, request);
    await expect(archived).rejects.toMatchObject({ code: 'conflict', message });
  });

  it('hides it from lists, and it cannot be changed', async () => {
    const { flags } = await services();
    await flags.create(bodyOf('flags', checkout), request);
    expect(await flags.archive('checkout', request)).toMatchObject({ archived: true, revision: 2 });
    const query = { limit: 10, archived: 'false' } as const;
    expect(flags.list(query).items).toEqual([]);
    expect(flags.list({ ...query, archived: 'true' }).items).toHaveLength(1);
    await expect(flags.replace('checkout', bodyOf('flags', checkout), at(2))).rejects.toMatchObject(
      {
        code: 'locked',
      },
    );
    expect((await flags.archive('checkout', request)).revision).toBe(2);
    await expect(flags.create(bodyOf('flags', checkout), request)).rejects.toThrow(
      'exists already, archived: revert it to an earlier revision to bring it back',
    );
  });

  it('of a draft makes its status archived', async () => {
    const { experiments } = await planned();
    expect(await experiments.archive('one-page-checkout', request)).toMatchObject({
      archived: true,
      status: 'archived',
    });
    expect(await experiments.revert('one-page-checkout', 1, request)).toMatchObject({
      archived: false,
      status: 'draft',
    });
  });
});

describe('history', () => {
  it('tells every version with what it changed, newest first', async () => {
    const { flags } = await services();
    await flags.create(bodyOf('flags', checkout), request);
    const body = bodyOf('flags', { ...checkout, name: 'Till', tags: ['a'] });
    await flags.replace('checkout', body, { ...at(1), reason: 'clearer', author: 'bob' });
    await flags.archive('checkout', request);
    const { items, next } = await flags.revisions('checkout', { limit: 10 });
    expect(items.map((i) => [i.revision, i.action, i.by, i.reason, i.changes])).toEqual([
      [3, 'archive', 'ada', '', [{ path: 'archived', before: false, after: true }]],
      [
        2,
        'update',
        'bob',
        'clearer',
        [
          { path: 'name', before: 'Checkout', after: 'Till' },
          { path: 'tags', before: [], after: ['a'] },
        ],
      ],
      [1, 'create', 'ada', '', []],
    ]);
    expect(next).toBeNull();
  });

  it('comes in pages', async () => {
    const { flags } = await services();
    await flags.create(bodyOf('flags', checkout), request);
    for (let i = 1; i < 5; i++)
      await flags.replace('checkout', bodyOf('flags', { ...checkout, name: `v${i}` }), at(i));
    const first = await flags.revisions('checkout', { limit: 2 });
    const second = await flags.revisions('checkout', { limit: 2, cursor: first.next ?? '' });
    const third = await flags.revisions('checkout', { limit: 2, cursor: second.next ?? '' });
    const pages = [first, second, third].map((p) => p.items.map((i) => i.revision));
    expect(pages).toEqual([[5, 4], [3, 2], [1]]);
    expect(first.items[1]?.changes).toEqual([{ path: 'name', before: 'v2', after: 'v3' }]);
    expect(third.next).toBeNull();
  });

  it('brings an earlier version back, archived things too', async () => {
    const { flags } = await services();
    await flags.create(bodyOf('flags', checkout), request);
    await flags.replace('checkout', bodyOf('flags', { ...checkout, name: 'Till' }), at(1));
    await flags.archive('checkout', request);
    const back = await flags.revert('checkout', 1, request);
    expect(back).toMatchObject({ name: 'Checkout', revision: 4, archived: false });
    const { items } = await flags.revisions('checkout', { limit: 1 });
    expect(items[0]).toMatchObject({ action: 'revert', reason: 'back to revision 1' });
    await expect(flags.revert('checkout', 9, request)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is not brought back against the rules of today', async () => {
    const { flags, segments } = await services();
    await segments.create(
      bodyOf('segments', { key: 'vip', if: { attr: 'a', op: 'exists' } }),
      request,
    );
    const rules = [{ id: 'r', variant: 'classic', if: { segment: 'vip' } }];
    const production = { ...checkout.environments.production, rules };
    await flags.create(bodyOf('flags', { ...checkout, environments: { production } }), request);
    await flags.replace('checkout', bodyOf('flags', checkout), at(1));
    await segments.archive('vip', request);
    await expect(flags.revert('checkout', 1, request)).rejects.toMatchObject({
      errors: [{ message: 'The segment "vip" is archived' }],
    });
  });

  it('keeps the salt of a layer', async () => {
    const { layers } = await services();
    const { salt } = await layers.create(bodyOf('layers', { key: 'pages' }), request);
    await layers.replace('pages', bodyOf('layers', { key: 'pages', name: 'Pages' }), at(1));
    expect((await layers.revert('pages', 1, request)).salt).toBe(salt);
  });
});
