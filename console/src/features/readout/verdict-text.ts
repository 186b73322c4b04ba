import type { MetricReadout, MetricResult, Readout } from '@assay/server/contract';
import { verdict as en } from '../../locales/en/verdict.ts';
import { verdict as zh } from '../../locales/zh-CN/verdict.ts';
import { createFormat, type Format } from '../../lib/format.ts';
import type { Language } from '../../lib/i18n.ts';

export type VerdictText = {
  readonly headline: string;
  /** The sentence; `parts` splits it at the figures that stand out. */
  readonly sentence: string;
};
type Words = typeof en;
type Reason = Readout['verdict']['reasons'][number];
type Letters = ReadonlyMap<string, string>;
interface Said {
  readonly words: Words;
  readonly format: Format;
  readonly readout: Readout;
  readonly locale: Language;
  readonly letter: (variant: string | undefined) => string;
  readonly name: (metric: string | undefined) => string;
}
const formats = { en: createFormat('en'), 'zh-CN': createFormat('zh-CN') };

/**
 * A verdict in words: what to do, and why, from codes and numbers alone.
 * `letters` names the variants: { classic → A, 'one-page' → B }.
 */
export function verdictText(readout: Readout, letters: Letters, locale: Language): VerdictText {
  const said: Said = {
    words: locale === 'zh-CN' ? zh : en,
    format: formats[locale],
    readout,
    locale,
    letter: (variant) => letters.get(variant ?? '') ?? variant ?? '?',
    name: (key) => {
      const name = readout.metrics.find((m) => m.metric === key)?.name ?? key ?? '';
      return locale === 'en' ? inSentence(name) : name;
    },
  };
  const { decision, reasons } = readout.verdict;
  if (decision === 'invalid') return invalid(said, reasons[0]);
  const found = focus(readout);
  if (found === undefined)
    return {
      headline: said.words.headline.noPrimary,
      sentence: said.words.reasons.noPrimary,
    };
  const { metric, result } = found;
  return {
    headline: headline(said, result.variant),
    sentence: [
      effect(said, metric, result),
      strength(said, result),
      result.notes.includes('too_good_to_be_true') ? said.words.tooGood : '',
      ...reasons
        .filter((r) => r.variant === undefined || r.variant === result.variant)
        .map((r) => reasonText(said, r)),
    ]
      .join('')
      .trim(),
  };
}

/** Splits a sentence at its marked figures: [text, figure, text, figure, text …]. */
export function parts(sentence: string): string[] {
  return sentence.split(/[\uE000\uE001]/);
}
/** "Checkout conversion" in the middle of a sentence is "checkout conversion"; "D7 retention" and "iOS" stay. */
export function inSentence(name: string): string {
  return /^\p{Lu}\p{Ll}+(?=[\s,.-]|$)/u.test(name)
    ? name.charAt(0).toLowerCase() + name.slice(1)
    : name;
}
function atStart(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The result that the sentence is about: of the verdict's variant, else the best one of the primary. */
export function focus(
  readout: Readout,
): { readonly metric: MetricReadout; readonly result: MetricResult } | undefined {
  const metric = readout.metrics.find((m) => m.role === 'primary');
  if (metric === undefined) return undefined;
  const gain = (r: MetricResult): number => {
    const lift = r.relative?.estimate ?? r.absolute.estimate ?? Number.NEGATIVE_INFINITY;
    return metric.direction === 'down' ? -lift : lift;
  };
  const [best] = metric.results.toSorted((a, b) => gain(b) - gain(a));
  const result = metric.results.find((r) => r.variant === readout.verdict.variant) ?? best;
  return result === undefined ? undefined : { metric, result };
}

function headline(said: Said, variant: string): string {
  const { words, readout } = said;
  const { decision, reasons } = readout.verdict;
  const v = said.letter(variant);
  const own = reasons.filter((r) => r.variant === undefined || r.variant === variant);
  const codes = new Set(own.map((r) => r.code));
  if (decision === 'ship') return words.headline.ship(v);
  if (decision === 'rollback')
    return (readout.metrics[0]?.results.length ?? 1) > 1
      ? words.headline.rollbackAll
      : words.headline.rollback(v);
  if (decision === 'inconclusive')
    return codes.has('ended') ? words.headline.ended : words.headline.inconclusive;
  if (codes.has('primary_better')) return ahead(said, v, own);
  return codes.has('primary_insufficient') ? words.headline.early : words.headline.collecting;
}

/** The primary wins: what still keeps the rule from shipping. */
function ahead({ words, name }: Said, v: string, own: readonly Reason[]): string {
  const open = own.filter((r) => r.code === 'guardrail_not_proven');
  const worse = own.find((r) => r.code === 'secondary_worse');
  if (worse !== undefined) return words.headline.aheadSecondary(v, name(worse.metric));
  if (open.length > 1) return words.headline.aheadGuardrails(v);
  if (open[0] !== undefined) return words.headline.aheadGuardrail(v, name(open[0].metric));
  return own.some((r) => r.code === 'whole_weeks')
    ? words.headline.aheadWeeks(v)
    : words.headline.aheadSample(v);
}

function effect(said: Said, metric: MetricReadout, result: MetricResult): string {
  const { words, format } = said;
  const v = said.letter(result.variant);
  const name = said.name(metric.metric);
  if (result.status === 'insufficient') return words.insufficient(name);
  const { relative } = result;
  if (relative === null || relative.estimate === null) {
    const difference = format.number(result.absolute.estimate);
    return words.difference(v, name, words.b(difference));
  }
  const clear = result.status === 'better' || result.status === 'worse';
  const lift = words.b(format.lift(relative.estimate));
  const verb = clear ? (relative.estimate > 0 ? 'up' : 'down') : 'flat';
  const { low, high } = relative;
  const range =
    low !== null && high !== null
      ? words.between(words.b(format.lift(low)), words.b(format.lift(high)))
      : low !== null
        ? words.above(words.b(format.lift(low)))
        : high !== null
          ? words.below(words.b(format.lift(high)))
          : words.stop;
  const open = !clear && (low ?? -1) < 0 && (high ?? 1) > 0 ? words.bothWays : '';
  return `${words.lift[verb](v, name, lift)}${range}${open}`;
}

/** How often chance alone would do this. */
function strength(said: Said, result: MetricResult): string {
  const { words, format, readout } = said;
  if (result.status === 'insufficient') return '';
  const v = said.letter(result.variant);
  const p = result.adjustedPValue ?? result.pValue;
  if (p === null)
    return result.probabilityBetter === undefined
      ? ''
      : words.chance(v, format.probability(result.probabilityBetter));
  const ending = readout.method === 'fixed' ? words.once : words.anyDay;
  if (p < 1e-6) return `${words.rarer(v)}${ending}`;
  if (p > 0.5) return `${words.often(v)}${ending}`;
  return `${words.oneOf(v, oneOf(p, format))}${ending}`;
}

/** 0.00143 is "700": one of so many, in two figures. */
export function oneOf(p: number, format: Format): string {
  const n = 1 / p;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(n)) - 1);
  return format.exact(Math.max(2, Math.round(n / step) * step));
}

function reasonText(said: Said, { code, metric, value = null, bound }: Reason): string {
  const { words, format, locale } = said;
  const raw = said.name(metric);
  const name = locale === 'en' ? atStart(raw) : raw;
  const lift = format.lift(value);
  switch (code) {
    case 'guardrail_not_proven': {
      if (value === null) return words.reasons.notProvenUnknown(name);
      const margin = format.percent(bound);
      return value > 0
        ? words.reasons.notProvenRise(name, words.b(lift), margin)
        : words.reasons.notProvenFall(name, words.b(lift), margin);
    }
    case 'guardrail_harmed':
      return words.reasons.harmed(name, words.b(lift));
    case 'guardrail_without_margin':
      return words.reasons.withoutMargin(raw);
    case 'secondary_worse':
      return words.reasons.secondaryWorse(name, words.b(lift));
    case 'whole_weeks':
      return words.reasons.wholeWeeks(weeks(value), String(bound ?? 1));
    case 'planned_sample':
      return words.reasons.plannedSample(words.b(format.percent(floorShare(value))));
    case 'planned_sample_reached':
      return words.reasons.plannedSampleReached;
    case 'ended':
      return words.reasons.ended;
    default:
      return '';
  }
}
/** Never rounds up to a whole that is not there. */
function weeks(value: number | null): string {
  return String(Math.floor((value ?? 0) * 10) / 10);
}
function floorShare(value: number | null): number | null {
  return value === null ? null : Math.floor(value * 100) / 100;
}

function invalid({ words, format }: Said, reason: Reason | undefined): VerdictText {
  const { headline: heads, checks } = words;
  const value = reason?.value ?? null;
  const bound = reason?.bound;
  switch (reason?.code ?? '') {
    case 'srm':
      return {
        headline: heads.invalid.srm,
        sentence:
          value === null || value < 1e-6 ? checks.srmRare : checks.srm(oneOf(value, format)),
      };
    case 'crossover':
      return {
        headline: heads.invalid.crossover,
        sentence: checks.crossover(format.rate(value), format.percent(bound)),
      };
    case 'strangers':
      return {
        headline: heads.invalid.strangers,
        sentence: checks.strangers(format.rate(value), format.percent(bound)),
      };
    case 'prePeriod':
      return { headline: heads.invalid.prePeriod, sentence: checks.prePeriod(format.p(value)) };
    case 'dataFresh':
      return {
        headline: heads.invalid.dataFresh,
        sentence: checks.dataFresh(String(Math.floor(value ?? 0))),
      };
    case 'rejected':
      return { headline: heads.invalid.rejected, sentence: checks.rejected(format.rate(value)) };
    default:
      return { headline: heads.invalid.other, sentence: checks.other };
  }
}
