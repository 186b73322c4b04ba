import { createFormat, glyph } from '@assay/console/lib/format';
import { describe, expect, it } from 'vitest';

const en = createFormat('en');
const zh = createFormat('zh-CN');

describe('a lift', () => {
  it.each([
    [0.075, '+7.5%'],
    [-0.0131, '−1.3%'],
    [0.0093, '+0.93%'],
    [-0.004, '−0.40%'],
    [0.00996, '+1.0%'],
    [0, '0.00%'],
    [-0.00001, '0.00%'],
    [1.5, '+150.0%'],
    [12.3456, '+1,234.6%'],
    [null, '–'],
    [Number.NaN, '–'],
  ])('%s is written %s', (x, text) => {
    expect(en.lift(x)).toBe(text);
  });

  it.each([
    [0.02, 0.1294, '[+2.0, +12.9]'],
    [-0.091, 0.066, '[−9.1, +6.6]'],
    [-0.004, 0.0021, '[−0.40, +0.21]'],
    [-0.004, 0.017, '[−0.4, +1.7]'],
    [null, 0.0661, '[−∞, +6.6]'],
    [0.012, null, '[+1.2, +∞]'],
  ])('between %s and %s is written %s', (low, high, text) => {
    expect(en.liftInterval(low, high)).toBe(text);
  });

  it.each([
    [0.07, '▲'],
    [-0.07, '▼'],
    [0, ''],
  ])('of %s carries the glyph "%s"', (x, shape) => {
    expect(glyph(x)).toBe(shape);
  });
});

describe('the difference of two rates', () => {
  it.each([
    [0.0093, '+0.93 pp', '+0.93 个百分点'],
    [-0.123, '−12.3 pp', '−12.3 个百分点'],
    [0, '0.00 pp', '0.00 个百分点'],
  ])('%s is written %s and %s', (x, english, chinese) => {
    expect(en.points(x)).toBe(english);
    expect(zh.points(x)).toBe(chinese);
  });
});

describe('rates, means, money and time', () => {
  it.each([
    [0.12407, '12.41%'],
    [0.0231, '2.31%'],
    [1, '100.0%'],
    [0.0004, '0.040%'],
    [0, '0.00%'],
  ])('rate %s is written %s', (x, text) => {
    expect(en.rate(x)).toBe(text);
  });

  it.each([
    [23.84, '¥', '¥23.84'],
    [192.1, '¥', '¥192.1'],
    [1842.4, 'ms', '1,842 ms'],
    [-3.5, '¥', '−¥3.50'],
    [0.0349, '', '0.035'],
    [0.31, 'clicks', '0.31 clicks'],
    [1.5, '¥', '¥1.50'],
  ])('%s %s is written %s', (x, unit, text) => {
    expect(en.amount(x, unit)).toBe(text);
  });
});

describe('a p-value', () => {
  it.each([
    [0.0014, '0.001'],
    [0.00999, '0.010'],
    [0.0211, '0.02'],
    [0.21, '0.21'],
    [0.0009, '<0.001'],
    [0, '<0.001'],
    [0.51, '>0.5'],
    [0.5, '0.50'],
  ])('%s is written %s', (x, text) => {
    expect(en.p(x)).toBe(text);
  });
});

describe('a probability', () => {
  it.each([
    [1, '>99.9%'],
    [0.99951, '>99.9%'],
    [0.9943, '99.4%'],
    [0.913, '91%'],
    [0.0042, '0.4%'],
    [0.0004, '<0.1%'],
    [0, '<0.1%'],
  ])('%s is written %s', (x, text) => {
    expect(en.probability(x)).toBe(text);
  });
});

describe('counts', () => {
  it.each([
    [5983, '5,983', '5,983'],
    [10_900, '10.9k', '1.09 万'],
    [48_213, '48.2k', '4.82 万'],
    [108_000, '108k', '10.8 万'],
    [1_150_000, '1.15M', '115 万'],
    [1_900_000_000, '1.90B', '19.0 亿'],
  ])('%i is written %s and %s', (n, english, chinese) => {
    expect(en.count(n)).toBe(english);
    expect(zh.count(n)).toBe(chinese);
  });

  it('are exact on request', () => {
    expect(en.exact(48_213)).toBe('48,213');
    expect(en.exact(-7)).toBe('−7');
  });

  it('carry their currency', () => {
    expect(en.total(1_150_000, '¥')).toBe('¥1.15M');
    expect(zh.total(-1_150_000, '¥')).toBe('−¥115 万');
  });
});

describe('time and size', () => {
  const now = Date.UTC(2026, 0, 1);
  it.each([
    [12_000, '12 sec. ago', '12秒前'],
    [3 * 3_600_000, '3 hr. ago', '3小时前'],
    [86_400_000, 'yesterday', '昨天'],
  ])('%i ms ago is %s and %s', (ms, english, chinese) => {
    expect(en.ago(now - ms, now)).toBe(english);
    expect(zh.ago(now - ms, now)).toBe(chinese);
  });

  it.each([
    [0, '0 B'],
    [1_536, '1.50 KiB'],
    [5 * 1024 ** 3, '5 GiB'],
  ])('%i bytes are %s', (n, text) => {
    expect(en.bytes(n)).toBe(text);
  });
});

it('a share that people set keeps only the digits it has', () => {
  expect([0.6, 0.125, 1, 0.0001].map(en.percent)).toEqual(['60%', '12.5%', '100%', '0.01%']);
});
