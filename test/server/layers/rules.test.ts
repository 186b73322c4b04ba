import { describe, expect, it } from 'vitest';
import { holdoutRules } from '@assay/server/holdouts/rules';
import { layerRules } from '@assay/server/layers/rules';
import {
  bodyOf,
  checkout,
  countingBytes,
  definitions,
  made,
  metrics,
  onePage,
} from '../../support/definitions.ts';

const now = definitions({
  flags: [checkout],
  metrics,
  layers: [{ key: 'pages' }],
  holdouts: [{ key: 'global', share: 5000 }],
  experiments: [{ ...onePage, layer: { key: 'pages', slots: [[0, 1]] }, holdouts: ['global'] }],
});

describe.each([
  ['layers', layerRules, { key: 'pages' }],
  ['holdouts', holdoutRules, { key: 'global', share: 5000 }],
] as const)('%s', (kind, rules, body) => {
  it('get a salt when made, and keep it', () => {
    const fresh = rules.complete?.(bodyOf(kind, body) as never, countingBytes());
    expect(fresh).toMatchObject({ ...body, salt: 'abcdefg' });
    const again = rules.complete?.(
      bodyOf(kind, { ...body, name: 'New' }) as never,
      countingBytes(),
      made(kind, { ...body, salt: 'kept123' }) as never,
    );
    expect(again).toMatchObject({ name: 'New', salt: 'kept123' });
  });

  it('keep their unit while an experiment is drawn by it', () => {
    const other = bodyOf(kind, { ...body, unit: 'deviceId' }) as never;
    expect(rules.locked?.(other, now, made(kind, body) as never)).toEqual([
      {
        path: 'unit',
        message:
          'is "deviceId", must stay "userId" while in use by experiment "one-page-checkout" (draft)',
      },
    ]);
    expect(rules.locked?.(other, definitions({}), made(kind, body) as never)).toEqual([]);
  });
});
