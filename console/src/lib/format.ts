import { language, type Language } from './i18n.ts';

const minus = '\u2212';
const none = '–';
type Numeric = number | null | undefined;

/** How every number of the console is written; `useFormat()` gives it in the page's language. */
export type Format = ReturnType<typeof createFormat>;

export function createFormat(locale: Language) {
  const fixed = (x: number, digits: number): string => {
    const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    const text = new Intl.NumberFormat(locale, options).format(Math.abs(x));
    return x < 0 && !roundsToZero(x, digits) ? `${minus}${text}` : text;
  };
  const signed = (x: number, digits: number): string =>
    roundsToZero(x, digits) ? fixed(0, digits) : `${x > 0 ? '+' : ''}${fixed(x, digits)}`;
  const shown = (x: Numeric, write: (x: number) => string): string =>
    x === null || x === undefined || Number.isNaN(x) ? none : write(x);

  /** 0.0754 is "+7.5%"; below 1 % two decimals. */
  const lift = (x: Numeric): string => shown(x, (v) => `${signed(v * 100, liftDigits(v))}%`);
  /** "[+2.0, +12.9]": the bounds of a lift without repeating the sign of percent; an open side is infinite. */
  const liftInterval = (low: number | null, high: number | null): string => {
    const largest = Math.max(Math.abs(low ?? 0), Math.abs(high ?? 0));
    const digits = liftDigits(largest);
    const bound = (x: number | null, open: string) => (x === null ? open : signed(x * 100, digits));
    return `[${bound(low, `${minus}∞`)}, ${bound(high, '+∞')}]`;
  };
  /** The difference of two rates: 0.0093 is "+0.93 pp". */
  const points = (x: Numeric): string =>
    shown(x, (v) => {
      const text = signed(v * 100, Math.abs(v) < 0.1 ? 2 : 1);
      return locale === 'zh-CN' ? `${text} 个百分点` : `${text} pp`;
    });
  const number = (x: Numeric): string => shown(x, (v) => fixed(v, digitsBySize(v)));
  /** 0.12407 is "12.41%". */
  const rate = (x: Numeric): string => shown(x, (v) => `${fixed(v * 100, digitsBySize(v * 100))}%`);
  /** A share that people set: 0.6 is "60%", 0.125 "12.5%". */
  const percent = (x: Numeric): string =>
    shown(x, (v) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(v),
    );
  /** A value with its unit of measure, once: "¥23.84", "1,842 ms". */
  const amount = (x: Numeric, unit = ''): string =>
    shown(x, (v) => withUnit(v, fixed(Math.abs(v), digitsBySize(v)), unit));
  /** The same for sums: "¥1.15M", "¥115 万". */
  const total = (x: Numeric, unit = ''): string =>
    shown(x, (v) => withUnit(v, count(Math.abs(v)), unit));
  const p = (x: Numeric): string =>
    shown(x, (v) => {
      if (v > 0.5) return '>0.5';
      if (v < 0.001) return '<0.001';
      return fixed(v, v < 0.01 ? 3 : 2);
    });
  /** A chance, which is never 0 % or 100 %. */
  const probability = (x: Numeric): string =>
    shown(x, (v) => {
      if (v > 0.999) return '>99.9%';
      if (v < 0.001) return '<0.1%';
      return `${fixed(v * 100, v < 0.01 || v > 0.99 ? 1 : 0)}%`;
    });
  /** 48,213 is "48.2k" or "4.82 万"; up to 9,999 exact. */
  const count = (x: Numeric): string =>
    shown(x, (v) => {
      const steps: readonly (readonly [number, string])[] =
        locale === 'zh-CN'
          ? [
              [1e8, ' 亿'],
              [1e4, ' 万'],
            ]
          : [
              [1e9, 'B'],
              [1e6, 'M'],
              [1e3, 'k'],
            ];
      const step = Math.abs(v) < 1e4 ? undefined : steps.find(([size]) => Math.abs(v) >= size);
      if (step === undefined) return exact(v);
      const scaled = v / step[0];
      return `${fixed(scaled, threeDigits(scaled))}${step[1]}`;
    });
  /** Every digit, for tooltips and tables of record. */
  const exact = (x: Numeric): string =>
    shown(x, (v) =>
      new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(v).replace('-', minus),
    );

  const dated = (x: string | number | null | undefined, options: Intl.DateTimeFormatOptions) =>
    x === null || x === undefined
      ? none
      : new Intl.DateTimeFormat(locale, options).format(new Date(x));
  const date = (x: string | number | null | undefined): string =>
    dated(x, { day: 'numeric', month: 'short' });
  const fullDate = (x: string | number | null | undefined): string =>
    dated(x, { dateStyle: 'medium' });
  const dateTime = (x: string | number | null | undefined): string =>
    dated(x, { dateStyle: 'medium', timeStyle: 'short' });
  const clock = (x: string | number | null | undefined): string =>
    dated(x, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  /** "12 sec. ago", "3 days ago" */
  const ago = (x: string | number | null | undefined, now: number): string =>
    x === null || x === undefined ? none : agoIn(locale, new Date(x).getTime() - now);
  const bytes = (x: number): string => {
    const power = Math.min(4, Math.max(0, Math.floor(Math.log2(Math.max(1, x)) / 10)));
    const unit = ['B', 'KiB', 'MiB', 'GiB', 'TiB'][power] ?? 'B';
    return `${number(x / 1024 ** power).replace(/\.00$/, '')} ${unit}`;
  };

  return {
    locale,
    lift,
    liftInterval,
    points,
    number,
    rate,
    percent,
    amount,
    total,
    p,
    probability,
    count,
    exact,
    date,
    fullDate,
    dateTime,
    clock,
    ago,
    bytes,
  };
}

const made = { en: createFormat('en'), 'zh-CN': createFormat('zh-CN') };
export function useFormat(): Format {
  return made[language.use()];
}

/** The glyph beside a result: colour alone never says it. */
export function glyph(x: number): '▲' | '▼' | '' {
  if (x > 0) return '▲';
  return x < 0 ? '▼' : '';
}

function roundsToZero(x: number, digits: number): boolean {
  return Math.abs(x) < 0.5 * 10 ** -digits;
}
function liftDigits(x: number): 1 | 2 {
  return Math.abs(x) * 100 < 0.995 ? 2 : 1;
}
/** At most two decimals and about four digits; below 0.1 two that count. */
function digitsBySize(x: number): number {
  const size = Math.abs(x);
  if (size >= 999.95) return 0;
  if (size >= 99.995) return 1;
  if (size >= 0.0995 || size === 0) return 2;
  return Math.min(8, 1 - Math.floor(Math.log10(size)));
}
function threeDigits(x: number): number {
  const size = Math.abs(x);
  if (size >= 99.95) return 0;
  return size >= 9.995 ? 1 : 2;
}
function withUnit(value: number, text: string, unit: string): string {
  const sign = value < 0 ? minus : '';
  if (unit === '') return `${sign}${text}`;
  return /^[\p{Sc}]$/u.test(unit) ? `${sign}${unit}${text}` : `${sign}${text} ${unit}`;
}
function agoIn(locale: Language, difference: number): string {
  const units = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
    ['second', 1_000],
  ] as const;
  const [unit, size] = units.find(([, ms]) => Math.abs(difference) >= ms) ?? ['second', 1_000];
  return new Intl.RelativeTimeFormat(locale, { style: 'short', numeric: 'auto' }).format(
    Math.round(difference / size),
    unit,
  );
}
