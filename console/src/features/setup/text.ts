import { setup as en } from '../../locales/en/setup.ts';
import { setup as zh } from '../../locales/zh-CN/setup.ts';
import { texts } from '../../lib/i18n.ts';

export const useText = texts(en, zh);
