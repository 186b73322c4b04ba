import { segments as en } from '../../locales/en/segments.ts';
import { segments as zh } from '../../locales/zh-CN/segments.ts';
import { texts } from '../../lib/i18n.ts';

export const useText = texts(en, zh);
