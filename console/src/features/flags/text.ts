import { flags as en } from '../../locales/en/flags.ts';
import { flags as zh } from '../../locales/zh-CN/flags.ts';
import { texts } from '../../lib/i18n.ts';

export const useText = texts(en, zh);
