import { expect, it } from 'vitest';
import { segmentRules } from '@assay/server/segments/rules';
import { bodyOf, definitions } from '../../support/definitions.ts';

const now = definitions({
  segments: [
    { key: 'asia', if: { attr: 'region', op: 'eq', value: 'asia' } },
    { key: 'vip', if: { all: [{ segment: 'asia' }, { segment: 'payers' }] } },
  ],
});

it.each<[Record<string, unknown>, string[]]>([
  [{ key: 'a', if: { segment: 'vip' } }, []],
  [{ key: 'a', units: { ids: ['u1'] } }, []],
  [
    { key: 'a', if: { segment: 'viq' } },
    ['if.segment: Unknown segment "viq"; did you mean "vip"?'],
  ],
  [{ key: 'a', if: { not: { segment: 'a' } } }, ['if: Segments cannot contain each other: a → a']],
  [
    { key: 'payers', if: { segment: 'vip' } },
    ['if: Segments cannot contain each other: payers → vip → payers'],
  ],
])('%j: %j', (body, findings) => {
  const found = segmentRules.check(bodyOf('segments', body), now);
  expect(found.map((f) => `${f.path}: ${f.message}`)).toEqual(findings);
});
