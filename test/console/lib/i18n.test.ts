import { count } from '@assay/console/lib/i18n';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

it.each([
  [0, '0 flags'],
  [1, '1 flag'],
  [2, '2 flags'],
  [1_234, '1,234 flags'],
])('%i is counted as %s', (n, text) => {
  expect(count(n, 'flag')).toBe(text);
});

const locales = fileURLToPath(new URL('../../../console/src/locales', import.meta.url));
const names = (language: string) => readdirSync(`${locales}/${language}`).toSorted();

/** Texts of a catalogue by their path; functions are called with stand-ins. */
function texts(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function')
    return [[path, String((value as (...a: number[]) => unknown)(2, 3, 4, 5))]];
  return Object.entries(value as object).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
}
async function catalogue(language: string, file: string): Promise<Map<string, string>> {
  const module = (await import(`${locales}/${language}/${file}`)) as Record<string, unknown>;
  return new Map(Object.values(module).flatMap((value) => texts(value, file)));
}

describe('the catalogues', () => {
  it('are the same files in both languages', () => {
    expect(names('zh-CN')).toEqual(names('en'));
    expect(names('en').length).toBeGreaterThan(10);
  });

  it.each(names('en'))(
    '%s: the same keys, no text empty on one side only, and Chinese where words are',
    async (file) => {
      const en = await catalogue('en', file);
      const zh = await catalogue('zh-CN', file);
      expect([...zh.keys()].toSorted()).toEqual([...en.keys()].toSorted());
      for (const [key, text] of zh) {
        expect([key, text.trim() === '']).toEqual([key, en.get(key)?.trim() === '']);
        const isSentence = /[a-z]{3,} [a-z]{2,} [a-z]{2,}/i.test(text);
        expect([key, text, isSentence && !/\p{Script=Han}/u.test(text)]).toEqual([
          key,
          text,
          false,
        ]);
      }
    },
  );
});
