import type { condition } from '../../locales/en/condition.ts';
import type { flags } from '../../locales/en/flags.ts';
import type { Format } from '../../lib/format.ts';
import { toCondition } from '../../ui/condition/model.ts';
import { sentence } from '../../ui/condition/sentence.ts';
import type { RuleDraft, ServeDraft } from './model.ts';

export type Words = { flag: typeof flags; condition: typeof condition; f: Format };

/** "If country is one of CN, SG: one-page 50%, classic 50% by userId, for 20% of them." */
export function ruleSentence(rule: RuleDraft, words: Words): string {
  const { flag: t, f } = words;
  const condition = toCondition(rule.condition);
  const who =
    condition === undefined
      ? t.sentence.everybody
      : t.sentence.who(sentence(condition, words.condition));
  const partly =
    rule.serve.kind !== 'experiment' && rule.coverage < 100
      ? t.sentence.coverage(f.percent(rule.coverage / 100))
      : '';
  return `${who}${serveSentence(rule.serve, words)}${partly}${t.sentence.end}`;
}

export function serveSentence(serve: ServeDraft, { flag: t, f }: Words): string {
  if (serve.kind === 'variant') return t.sentence.serve(serve.variant);
  if (serve.kind === 'experiment') return t.sentence.experiment(serve.experiment);
  const shares = serve.shares
    .map(({ variant, percent }) => `${variant} ${f.percent(percent / 100)}`)
    .join(t.sentence.comma);
  return t.sentence.split(shares, serve.unit);
}
