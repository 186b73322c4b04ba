import { live as en } from '../../locales/en/live.ts';
import { live as zh } from '../../locales/zh-CN/live.ts';
import { texts } from '../../lib/i18n.ts';

export const useText = texts(en, zh);
