import { ui as en } from '../locales/en/ui.ts';
import { ui as zh } from '../locales/zh-CN/ui.ts';
import { texts } from '../lib/i18n.ts';

export const useText = texts(en, zh);
