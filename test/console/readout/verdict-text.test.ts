import type { Readout } from '@assay/server/contract';
import { describe, expect, it } from 'vitest';
import {
  inSentence,
  oneOf,
  parts,
  verdictText,
} from '@assay/console/features/readout/verdict-text';
import { createFormat } from '@assay/console/lib/format';
import { metric, readout, refunds, result } from './sample.ts';

const letters = new Map([
  ['classic', 'A'],
  ['one-page', 'B'],
  ['one-tap', 'C'],
]);
const own = { metric: 'checkout-conversion', variant: 'one-page' };
const better = { code: 'primary_better', ...own };
const notProven = {
  code: 'guardrail_not_proven',
  metric: 'refund-rate',
  variant: 'one-page',
  value: 0.066,
  bound: 0.05,
};
type Case = { name: string; given: Partial<Readout>; en: [string, string]; zh: [string, string] };
const verdict = (
  decision: Readout['verdict']['decision'],
  ...reasons: Readout['verdict']['reasons']
): Pick<Readout, 'verdict'> => ({
  verdict: { decision, reasons, ...(decision === 'ship' && { variant: 'one-page' }) },
});
const unclear = (change = {}) =>
  metric({
    results: [
      result({
        relative: { estimate: 0.012, low: -0.02, high: 0.044 },
        pValue: 0.21,
        status: 'neutral',
        ...change,
      }),
    ],
  });
const effectEn =
  'B lifts checkout conversion by +7.5%, and the true lift is between +2.0% and +12.9%.';
const effectZh = 'B 使Checkout conversion提升 +7.5%，真实提升在 +2.0% 与 +12.9% 之间。';
const chanceEn =
  ' If B did nothing, a result this strong would appear in about 1 of 700 tests, however often you looked.';
const chanceZh = '若 B 毫无作用，约每 700 次实验才会出现 1 次如此强的结果，与查看次数无关。';

const cases: Case[] = [
  {
    name: 'ship',
    given: verdict('ship', better),
    en: ['Ready to ship B.', effectEn + chanceEn],
    zh: ['可以全量发布 B。', effectZh + chanceZh],
  },
  {
    name: 'an open guardrail holds it back',
    given: { ...verdict('continue', better, notProven), metrics: [metric(), refunds()] },
    en: [
      'B is ahead. Settle refund rate first.',
      `${effectEn}${chanceEn} Refund rate is not proven safe: a rise of up to +6.6% is not ruled out (agreed: 5%).`,
    ],
    zh: [
      'B 领先，请先确认Refund rate。',
      `${effectZh}${chanceZh}Refund rate尚未证明安全：不能排除上升达 +6.6%（约定：5%）。`,
    ],
  },
  {
    name: 'a week is not whole',
    given: verdict('continue', better, { code: 'whole_weeks', value: 1.99, bound: 2 }),
    en: [
      'B is ahead. Let the week finish.',
      `${effectEn}${chanceEn} The rule waits for whole weeks: 1.9 of 2 have passed.`,
    ],
    zh: [
      'B 领先，请等到整周结束。',
      `${effectZh}${chanceZh}规则要求满整周：已过 1.9 周，需 2 周。`,
    ],
  },
  {
    name: 'a fixed test waits for its sample',
    given: {
      ...verdict('continue', better, { code: 'planned_sample', value: 0.999, bound: 1 }),
      method: 'fixed',
    },
    en: [
      'B is ahead. Wait for the planned sample.',
      `${effectEn} If B did nothing, a result this strong would appear in about 1 of 700 tests read once, at the planned end. The rule waits for the planned sample: 99% of it is there.`,
    ],
    zh: [
      'B 领先，请等待计划样本量。',
      `${effectZh}若 B 毫无作用，约每 700 次实验才会出现 1 次如此强的结果（在计划结束时查看一次）。规则要求达到计划样本量：目前为 99%。`,
    ],
  },
  {
    name: 'no difference yet',
    given: { ...verdict('continue', { code: 'primary_neutral', ...own }), metrics: [unclear()] },
    en: [
      'Keep collecting.',
      'So far B moves checkout conversion by +1.2%, and the true lift is between −2.0% and +4.4%. Both a gain and a loss are still possible. If B did nothing, a result this strong would appear in about 1 of 5 tests, however often you looked.',
    ],
    zh: [
      '继续收集数据。',
      '目前 B 使Checkout conversion变化 +1.2%，真实提升在 −2.0% 与 +4.4% 之间。变好与变差都仍有可能。若 B 毫无作用，约每 5 次实验才会出现 1 次如此强的结果，与查看次数无关。',
    ],
  },
  {
    name: 'too little data',
    given: {
      ...verdict('continue', { code: 'primary_insufficient', ...own }),
      metrics: [unclear({ status: 'insufficient', pValue: null })],
    },
    en: ['Too early to say.', 'There is not enough data on checkout conversion for a claim.'],
    zh: ['为时尚早。', 'Checkout conversion的数据还不足以下结论。'],
  },
  {
    name: 'the sample is there and nothing is clear',
    given: {
      ...verdict('inconclusive', { code: 'planned_sample_reached', value: 1.02, bound: 1 }),
      metrics: [unclear({ pValue: 0.8 })],
    },
    en: [
      'No clear difference.',
      'So far B moves checkout conversion by +1.2%, and the true lift is between −2.0% and +4.4%. Both a gain and a loss are still possible. If B did nothing, a result like this would appear in most tests, however often you looked. The planned sample is there.',
    ],
    zh: [
      '没有明确差异。',
      '目前 B 使Checkout conversion变化 +1.2%，真实提升在 −2.0% 与 +4.4% 之间。变好与变差都仍有可能。若 B 毫无作用，大多数实验也会出现类似结果，与查看次数无关。计划样本量已达到。',
    ],
  },
  {
    name: 'worse',
    given: {
      ...verdict('rollback', { code: 'primary_worse', ...own }),
      metrics: [
        metric({
          results: [
            result({
              relative: { estimate: -0.043, low: -0.07, high: -0.016 },
              pValue: 1e-9,
              status: 'worse',
            }),
          ],
        }),
      ],
    },
    en: [
      'Roll back B.',
      'B lowers checkout conversion by −4.3%, and the true lift is between −7.0% and −1.6%. If B did nothing, a result this strong would appear in less than one of a million tests, however often you looked.',
    ],
    zh: [
      '建议回滚 B。',
      'B 使Checkout conversion下降 −4.3%，真实提升在 −7.0% 与 −1.6% 之间。若 B 毫无作用，一百万次实验中出现不到 1 次如此强的结果，与查看次数无关。',
    ],
  },
  {
    name: 'a skewed split replaces the verdict',
    given: verdict('invalid', { code: 'srm', value: 0.0003, bound: 0.001 }),
    en: [
      'Do not trust these numbers: the split is off.',
      'The units do not arrive in the planned proportion. By chance alone that happens in about 1 of 3,300 tests. Look for lost or doubled exposures before you read any result.',
    ],
    zh: [
      '数据不可信：分流比例失衡。',
      '用户没有按计划比例进入各组，仅凭偶然约每 3,300 次实验才会出现 1 次。请先查找丢失或重复的曝光，再看任何结果。',
    ],
  },
  {
    name: 'no primary metric',
    given: { ...verdict('continue', { code: 'no_primary' }), metrics: [] },
    en: [
      'Nothing decides this test yet.',
      'Choose a primary metric in the set-up; the rule needs one.',
    ],
    zh: ['尚无决定本实验的指标。', '请在设置中选择主要指标，决策规则需要它。'],
  },
];

describe('verdictText', () => {
  it.each(cases)('$name', ({ given, en, zh }) => {
    for (const [locale, expected] of [
      ['en', en],
      ['zh-CN', zh],
    ] as const) {
      const { headline, sentence } = verdictText(readout(given), letters, locale);
      expect([headline, parts(sentence).join('')]).toEqual(expected);
    }
  });

  it('marks the figures that stand out', () => {
    const { sentence } = verdictText(readout(), letters, 'en');
    expect(parts(sentence).filter((_, i) => i % 2 === 1)).toEqual(['+7.5%', '+2.0%', '+12.9%']);
  });

  it('speaks of the chance where there is no p-value', () => {
    const given = readout({
      method: 'bayesian',
      metrics: [metric({ results: [result({ pValue: null, probabilityBetter: 0.9996 })] })],
    });
    expect(parts(verdictText(given, letters, 'en').sentence).join('')).toBe(
      `${effectEn} The chance that B is better is >99.9%.`,
    );
  });

  it('speaks of the best of several variants, with its corrected p-value', () => {
    const given = readout({
      ...verdict('continue', { ...better, variant: 'one-tap' }),
      metrics: [
        metric({
          results: [
            result({ relative: { estimate: 0.01, low: -0.02, high: 0.04 }, status: 'neutral' }),
            result({ variant: 'one-tap', adjustedPValue: 0.01 }),
          ],
        }),
      ],
    });
    const { sentence } = verdictText(given, letters, 'en');
    expect(sentence).toContain('C lifts checkout conversion');
    expect(sentence).toContain('1 of 100 tests');
  });

  it('gives the difference where a lift is undefined', () => {
    const given = readout({
      metrics: [metric({ results: [result({ relative: null })] })],
    });
    expect(parts(verdictText(given, letters, 'en').sentence).join('')).toContain(
      'B changes checkout conversion by 0.0093; a relative lift cannot be given.',
    );
  });

  it.each(['crossover', 'strangers', 'prePeriod', 'dataFresh', 'rejected', 'unheardOf'])(
    'has words for a failed %s in both languages',
    (code) => {
      const given = readout(verdict('invalid', { code, value: 0.02, bound: 0.01 }));
      const en = verdictText(given, letters, 'en');
      const zh = verdictText(given, letters, 'zh-CN');
      expect(en.headline).toMatch(/\.$/);
      expect(zh.headline).toMatch(/。$/);
      expect(en.sentence).not.toMatch(/undefined|NaN|null/);
      expect(zh.sentence).toMatch(/[\u4E00-\u9FFF]/);
    },
  );
});

describe('the words around a figure', () => {
  it.each([
    ['Checkout conversion', 'checkout conversion'],
    ['D7 retention', 'D7 retention'],
    ['iOS share', 'iOS share'],
    ['NPS', 'NPS'],
    ['Revenue', 'revenue'],
    ['WeChat pay rate', 'WeChat pay rate'],
    ['加购率', '加购率'],
  ])('%s is %s inside a sentence', (name, expected) => {
    expect(inSentence(name)).toBe(expected);
  });

  it.each([
    [0.00143, '700'],
    [0.05, '20'],
    [0.21, '5'],
    [0.4, '3'],
    [0.5, '2'],
    [0.0000123, '81,000'],
  ])('p %d is one of %s tests', (p, expected) => {
    expect(oneOf(p, createFormat('en'))).toBe(expected);
  });
});
