import { session as en } from '../../locales/en/session.ts';
import { session as zh } from '../../locales/zh-CN/session.ts';
import { texts } from '../../lib/i18n.ts';

export const useText = texts(en, zh);
