import { shell as en } from '../locales/en/shell.ts';
import { shell as zh } from '../locales/zh-CN/shell.ts';
import { texts } from '../lib/i18n.ts';

export const useText = texts(en, zh);
