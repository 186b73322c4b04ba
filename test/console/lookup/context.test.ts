import { describe, expect, it } from 'vitest';
import {
  attributesOf,
  changed,
  contextOf,
  readChanges,
  typedValue,
  valueText,
  writeChanges,
} from '@assay/console/features/lookup/context';

describe('values as text', () => {
  it.each([
    ['CN', 'CN'],
    [true, 'true'],
    [42, '42'],
    ['42', '"42"'],
    ['true', '"true"'],
    ['8.2.1', '8.2.1'],
    ['2026-03-18', '2026-03-18'],
    [['a', 'b'], '["a","b"]'],
    [null, ''],
    [undefined, ''],
  ])('%o stands as %s', (value, text) => {
    expect(valueText(value)).toBe(text);
  });
  it.each([['CN'], ['true'], ['42'], ['"42"'], ['8.2.1'], ['-1.5'], ['["a"]'], ['{broken']])(
    '%s means what it meant',
    (text) => {
      expect(valueText(typedValue(text))).toBe(text);
    },
  );
});

describe('what-if', () => {
  const sent = { country: 'CN', age: 30 };
  it.each([
    ['a new value', 'country', 'US', { country: 'US' }],
    ['the value that was sent', 'country', 'CN', {}],
    ['a number as sent', 'age', '30', {}],
    ['nothing takes it away', 'country', '', { country: null }],
    ['an attribute that was not sent', 'email', 'a@example.com', { email: 'a@example.com' }],
  ])('%s', (...[, name, text, expected]) => {
    expect(changed({}, sent, { name, text })).toEqual(expected);
  });
  it('makes the context of an app', () => {
    expect(
      contextOf({ type: 'userId', id: 'u1' }, sent, { age: null, plan: 'pro', userId: 'other' }),
    ).toEqual({ userId: 'u1', country: 'CN', plan: 'pro' });
  });
  it('lives in the address', () => {
    const changes = { country: 'US', age: null };
    expect(readChanges(writeChanges(changes))).toEqual(changes);
    expect(writeChanges({})).toBeUndefined();
  });
  it.each([undefined, '{broken', '[1]', '3', 'null'])('reads %s as no change', (text) => {
    expect(readChanges(text)).toEqual({});
  });
});

describe('attributesOf', () => {
  it('lets later exposures override earlier ones', () => {
    const at = (firstExposure: string, attributes: Record<string, string>) => ({
      experiment: 'e',
      variant: 'v',
      phase: 1,
      firstExposure,
      attributes,
    });
    expect(
      attributesOf({
        assignments: [
          at('2026-11-06T00:00:00Z', { country: 'SG' }),
          at('2026-11-05T00:00:00Z', { country: 'CN', platform: 'ios' }),
        ],
      }),
    ).toEqual({ country: 'SG', platform: 'ios' });
    expect(attributesOf(undefined)).toEqual({});
  });
});
