import { metrics as en } from '../../locales/en/metrics.ts';
import { metrics as zh } from '../../locales/zh-CN/metrics.ts';
import { texts } from '../../lib/i18n.ts';

export const useText = texts(en, zh);
