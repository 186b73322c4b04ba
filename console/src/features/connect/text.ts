import { connect as en } from '../../locales/en/connect.ts';
import { connect as zh } from '../../locales/zh-CN/connect.ts';
import { texts } from '../../lib/i18n.ts';

export const useText = texts(en, zh);
