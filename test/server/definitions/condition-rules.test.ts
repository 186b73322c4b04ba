import type { Condition } from '@assay/sdk';
import { expect, it } from 'vitest';
import { checkCondition, checkFilter, segmentsOf } from '@assay/server/definitions/condition-rules';
import { definitions } from '../../support/definitions.ts';

const now = definitions({
  segments: [
    { key: 'testers', if: { attr: 'team', op: 'exists' } },
    { key: 'old', archived: true, if: { attr: 'x', op: 'exists' } },
  ],
});

it.each<[Condition, string[]]>([
  [{ attr: 'country', op: 'in', value: ['CN'] }, []],
  [{ segment: 'testers' }, []],
  [{ segment: 'tester' }, ['if.segment: Unknown segment "tester"; did you mean "testers"?']],
  [{ segment: 'old' }, ['if.segment: The segment "old" is archived']],
  [
    { all: [{ attr: 'a', op: 'exists' }, { not: { any: [{ segment: 'nobody' }] } }] },
    ['if.all.1.not.any.0.segment: Unknown segment "nobody"'],
  ],
  [{ attr: 'mail', op: 'matches', value: '^[a-z]+@example\\.com$' }, []],
  [{ attr: 'since', op: 'after', value: '2026-03-01' }, []],
  [{ attr: 'since', op: 'after', value: 1_700_000_000_000 }, []],
  [
    { attr: 'since', op: 'before', value: 'tomorrow' },
    ['if.value: is "tomorrow", must be an ISO 8601 time such as 2026-03-01T09:00:00Z'],
  ],
  [
    { attr: 'since', op: 'before', value: '2026-13-01' },
    ['if.value: is "2026-13-01", must be an ISO 8601 time such as 2026-03-01T09:00:00Z'],
  ],
  [{ attr: 'app', op: 'semverGte', value: '2.10' }, []],
  [{ attr: 'app', op: 'semverGte', value: 'v2.10.0-beta.1' }, []],
  [
    { attr: 'app', op: 'semverLt', value: 'two' },
    ['if.value: is "two", must be a version such as 2.10.0'],
  ],
])('%j: %j', (condition, found) => {
  const told = checkCondition(condition, now, 'if').map((f) => `${f.path}: ${f.message}`);
  expect(told).toEqual(found);
});

it('knows no segments in a filter of events', () => {
  expect(checkFilter({ not: { segment: 'testers' } }, 'where')).toEqual([
    {
      path: 'where.not.segment',
      message: '"testers" is a segment of units; a metric filters events by their properties',
    },
  ]);
});

it('names each segment of a condition once', () => {
  const a: Condition = { segment: 'a' };
  expect(segmentsOf({ any: [a, { all: [{ segment: 'b' }, { not: a }] }] })).toEqual(['a', 'b']);
});
