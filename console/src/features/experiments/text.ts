import { experiments as en } from '../../locales/en/experiments.ts';
import { experiments as zh } from '../../locales/zh-CN/experiments.ts';
import { texts } from '../../lib/i18n.ts';

export const useText = texts(en, zh);
