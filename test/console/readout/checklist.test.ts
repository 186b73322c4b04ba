import type { Readout } from '@assay/server/contract';
import { describe, expect, it } from 'vitest';
import { checklist, wholePercent } from '@assay/console/features/readout/checklist';
import { createFormat } from '@assay/console/lib/format';
import { readout as en } from '@assay/console/locales/en/readout';
import { readout as zh } from '@assay/console/locales/zh-CN/readout';
import { metric, readout, refunds, result } from './sample.ts';

const format = createFormat('en');
const lines = (given: Partial<Readout>) =>
  checklist(readout(given), en, format).map((line) => [line.mark, line.label, line.value]);
const safe = (name: string) => ({
  ...refunds({ status: 'safe', worst: 0.017 }),
  metric: name,
  name,
});

describe('checklist', () => {
  it('is the design’s when one guardrail is open', () => {
    expect(
      lines({ metrics: [metric(), refunds(), safe('Load time'), safe('Payment failures')] }),
    ).toEqual([
      ['yes', 'Primary metric wins', 'p 0.001'],
      ['yes', 'Planned sample reached', '106%'],
      ['yes', 'Ran full weeks (2+)', '16 d'],
      ['yes', 'Guardrails safe', '2 / 3'],
      ['open', 'Refund rate within +5%', 'to +6.6%'],
      ['yes', 'Assignment trustworthy', 'SRM >0.5'],
    ]);
  });

  it('names a single safe guardrail', () => {
    expect(lines({ metrics: [metric(), safe('Load time')] })).toContainEqual([
      'yes',
      'Load time safe',
      'to +1.7%',
    ]);
  });

  it.each([
    ['harmed', 'no', 'Refund rate within +5%'],
    ['not_proven', 'open', 'Refund rate within +5%'],
    ['insufficient', 'open', 'Refund rate within +5%'],
  ] as const)('a guardrail that is %s is marked %s', (status, mark, label) => {
    const line = lines({ metrics: [metric(), refunds({ status })] })[3];
    expect(line?.slice(0, 2)).toEqual([mark, label]);
  });

  it('says that no margin was agreed', () => {
    const { margin: _, ...plain } = refunds({ status: 'neutral' });
    expect(lines({ metrics: [metric(), plain] })).toContainEqual([
      'open',
      'Refund rate: no margin agreed',
      '–',
    ]);
  });

  it.each([
    ['worse', ['no', 'Primary metric loses', 'p 0.001']],
    ['neutral', ['open', 'Primary metric wins', 'p 0.001']],
  ] as const)('a primary that is %s', (status, expected) => {
    expect(lines({ metrics: [metric({ results: [result({ status })] })] })[0]).toEqual(expected);
  });

  it('lets a failed check speak, and a passed one be silent', () => {
    const { checks } = readout();
    const found = lines({
      checks: [
        ...checks,
        { id: 'crossover', status: 'fail', value: 0.021, detail: { units: 2_010, limit: 0.01 } },
        { id: 'rejected', status: 'ok', value: 0.0001, detail: {} },
      ],
    });
    expect(found).toContainEqual(['no', 'Crossover units', '2.10%']);
    expect(found.flat()).not.toContain('Rejected events');
  });

  it('opens the inputs of the sample ratio', () => {
    const line = checklist(readout(), en, format).find((one) => one.id === 'srm');
    expect(line?.inputs).toEqual([
      ['classic', '48,210, expected 48,307'],
      ['one-page', '48,403, expected 48,307'],
      ['χ²', '0.39'],
      ['p', '>0.5'],
      ['Alarm below', '0.001'],
    ]);
  });

  it('speaks Chinese', () => {
    expect(checklist(readout(), zh, createFormat('zh-CN')).map((line) => line.label)).toEqual([
      '主要指标胜出',
      '达到计划样本量',
      '运行满整周（2 周以上）',
      '分流可信',
    ]);
  });
});

describe('wholePercent', () => {
  it.each([
    [0.999, '99%'],
    [1, '100%'],
    [1.0651, '106%'],
    [null, '–'],
  ])('%d is %s', (share, expected) => {
    expect(wholePercent(format, share)).toBe(expected);
  });
});
