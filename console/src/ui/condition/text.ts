import { condition as en } from '../../locales/en/condition.ts';
import { condition as zh } from '../../locales/zh-CN/condition.ts';
import { texts } from '../../lib/i18n.ts';

export const useConditionText = texts(en, zh);
