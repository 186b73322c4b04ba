import { describe, expect, it } from 'vitest';
import { readoutSearch } from '@assay/console/features/readout/search';

describe('readoutSearch', () => {
  it('keeps what it knows', () => {
    const search = {
      diff: 'absolute',
      vs: 'one-page',
      cuped: 'off',
      metric: 'revenue',
      by: 'cohort',
      dim: 'platform,country',
    };
    expect(readoutSearch(search)).toEqual(search);
  });
  it('drops what it does not', () => {
    expect(readoutSearch({ diff: 'other', by: 'day', cuped: true, foo: 1 })).toEqual({});
  });
});
