import { condition as en } from '@assay/console/locales/en/condition';
import { condition as zh } from '@assay/console/locales/zh-CN/condition';
import { sentence } from '@assay/console/ui/condition/sentence';
import type { Condition } from '@assay/sdk';
import { expect, it } from 'vitest';

it.each<[Condition | undefined, string, string]>([
  [undefined, 'everybody', '所有人'],
  [
    { attr: 'country', op: 'in', value: ['CN', 'SG'] },
    'country is one of CN, SG',
    'country 属于 CN、SG',
  ],
  [{ attr: 'signed_in', op: 'eq', value: true }, 'signed_in is true', 'signed_in 等于 true'],
  [{ attr: 'email', op: 'missing' }, 'email is not known', 'email 未知'],
  [
    {
      all: [
        { segment: 'staff' },
        {
          any: [
            { attr: 'age', op: 'lt', value: 18 },
            { attr: 'plan', op: 'eq', value: 'pro' },
          ],
        },
      ],
    },
    'in audience staff and (age is less than 18 or plan is pro)',
    '属于人群 staff 且 （age 小于 18 或 plan 等于 pro）',
  ],
  [
    { not: { all: [{ segment: 'a' }, { segment: 'b' }] } },
    'not (in audience a and in audience b)',
    '不满足 （属于人群 a 且 属于人群 b）',
  ],
  [
    { attr: 'c', op: 'in', value: ['1', '2', '3', '4', '5', '6'] },
    'c is one of 1, 2, 3, 4 and 2 more',
    'c 属于 1、2、3、4 等另外 2 项',
  ],
  [{ any: [] }, 'nobody', '无人'],
])('%o in words', (condition, english, chinese) => {
  expect(sentence(condition, en)).toBe(english);
  expect(sentence(condition, zh)).toBe(chinese);
});
