import { lookup as en } from '../../locales/en/lookup.ts';
import { lookup as zh } from '../../locales/zh-CN/lookup.ts';
import { texts } from '../../lib/i18n.ts';

export type LookupWords = typeof en;
export const useText: () => LookupWords = texts(en, zh);
