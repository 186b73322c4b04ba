import { expect, it } from 'vitest';
import { metricRules } from '@assay/server/metrics/rules';
import { bodyOf, definitions } from '../../support/definitions.ts';

const filter = { segment: 'vip' };
const noSegments = '"vip" is a segment of units; a metric filters events by their properties';

it.each<[Record<string, unknown>, string[]]>([
  [{ kind: 'proportion', event: 'a', window: { days: 7 } }, []],
  [{ kind: 'count', event: 'a', where: filter }, [`where.segment: ${noSegments}`]],
  [
    { kind: 'ratio', numerator: { event: 'a' }, denominator: { event: 'b', where: filter } },
    [`denominator.where.segment: ${noSegments}`],
  ],
  [
    { kind: 'mean', event: 'a', where: { attr: 'plan', op: 'matches', value: '(' } },
    [
      'where.value: is "(", not a pattern that runs in linear time: error parsing regexp: missing closing ): `(`',
    ],
  ],
  [{ kind: 'retention', event: 'a', fromDay: 7, toDay: 8 }, []],
  [
    { kind: 'retention', event: 'a', fromDay: 7, toDay: 7 },
    ['toDay: is 7, must be more than fromDay, which is 7'],
  ],
  [
    { kind: 'retention', event: 'a', fromDay: 1, toDay: 2, window: { days: 7 } },
    ['window: window is not read for retention: fromDay and toDay say when'],
  ],
  [
    {
      kind: 'funnel',
      steps: [{ event: 'a' }, { event: 'b', within: { hours: 24 } }],
      window: { days: 1 },
    },
    [],
  ],
  [
    {
      kind: 'funnel',
      steps: [{ event: 'a' }, { event: 'b', within: { hours: 25 } }],
      window: { days: 1 },
    },
    ['steps.1.within: is 25 hours, must be at most the window of 24 hours'],
  ],
  [
    { kind: 'funnel', steps: [{ event: 'a', where: filter }, { event: 'b' }] },
    [`steps.0.where.segment: ${noSegments}`],
  ],
])('%j: %j', (body, findings) => {
  const found = metricRules.check(bodyOf('metrics', { key: 'm', ...body }), definitions({}));
  expect(found.map((f) => `${f.path}: ${f.message}`)).toEqual(findings);
});
