import { stored } from './stored.ts';

export const languages = ['en', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

/** first-paint.js chose by link, then by what was stored, then by the browser. */
const first: Language =
  typeof document !== 'undefined' && document.documentElement.lang === 'zh-CN' ? 'zh-CN' : 'en';

export const language = stored<Language>('assay.language', first, (value) => {
  document.documentElement.lang = value;
});

/**
 * A catalogue in both languages as a hook. Members are words or functions to words; a key that Chinese lacks does
 * not compile. `export const useText = texts(en, zh)` … `const t = useText(); t.title`
 */
export function texts<T>(en: T, zh: NoInfer<T>): () => T {
  return () => (language.use() === 'zh-CN' ? zh : en);
}

const rules = new Intl.PluralRules('en');
const integer = new Intl.NumberFormat('en');
/** English counts: `count(2, 'flag')` is "2 flags". */
export function count(n: number, one: string, other = `${one}s`): string {
  return `${integer.format(n)} ${rules.select(n) === 'one' ? one : other}`;
}
