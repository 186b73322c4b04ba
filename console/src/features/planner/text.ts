import { planner as en } from '../../locales/en/planner.ts';
import { planner as zh } from '../../locales/zh-CN/planner.ts';
import { texts } from '../../lib/i18n.ts';

export type PlannerWords = typeof en;
export const useText: () => PlannerWords = texts(en, zh);

/** Splits a sentence at its marked figures: [text, figure, text, figure, text …]. */
export function parts(sentence: string): string[] {
  return sentence.split(/[\uE000\uE001]/);
}
