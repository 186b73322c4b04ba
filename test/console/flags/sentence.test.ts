import { openRule } from '@assay/console/features/flags/model';
import { ruleSentence } from '@assay/console/features/flags/sentence';
import { createFormat } from '@assay/console/lib/format';
import { condition as enCondition } from '@assay/console/locales/en/condition';
import { flags as enFlags } from '@assay/console/locales/en/flags';
import { condition as zhCondition } from '@assay/console/locales/zh-CN/condition';
import { flags as zhFlags } from '@assay/console/locales/zh-CN/flags';
import type { FlagRule } from '@assay/server/contract';
import { expect, it } from 'vitest';

const en = { flag: enFlags, condition: enCondition, f: createFormat('en') };
const zh = { flag: zhFlags, condition: zhCondition, f: createFormat('zh-CN') };

it.each<[FlagRule, string, string]>([
  [{ id: 'r', variant: 'on' }, 'Everybody: serve on.', '所有人：返回 on。'],
  [
    { id: 'r', if: { segment: 'qa' }, variant: 'b' },
    'If in audience qa: serve b.',
    '如果 属于人群 qa：返回 b。',
  ],
  [
    {
      id: 'r',
      if: { attr: 'country', op: 'in', value: ['CN', 'SG'] },
      split: [
        ['a', 1],
        ['b', 3],
      ],
      unit: 'userId',
      coverage: 12_500,
    },
    'If country is one of CN, SG: a 25%, b 75%, by userId, for 12.5% of them.',
    '如果 country 属于 CN、SG：a 25%、b 75%，按 userId 分配，仅其中 12.5%。',
  ],
  [
    { id: 'r', experiment: 'one-page' },
    'Everybody: experiment one-page decides.',
    '所有人：由实验 one-page 决定。',
  ],
])('%o in words', (rule, english, chinese) => {
  expect(ruleSentence(openRule(rule), en)).toBe(english);
  expect(ruleSentence(openRule(rule), zh)).toBe(chinese);
});
