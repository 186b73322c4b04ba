import { home as en } from '../../locales/en/home.ts';
import { home as zh } from '../../locales/zh-CN/home.ts';
import { texts } from '../../lib/i18n.ts';

export const useText = texts(en, zh);
