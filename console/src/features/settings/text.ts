import { settings as en } from '../../locales/en/settings.ts';
import { settings as zh } from '../../locales/zh-CN/settings.ts';
import { texts } from '../../lib/i18n.ts';

export const useText = texts(en, zh);
