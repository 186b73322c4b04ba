import { readout as en } from '../../locales/en/readout.ts';
import { readout as zh } from '../../locales/zh-CN/readout.ts';
import { texts } from '../../lib/i18n.ts';

export type ReadoutWords = typeof en;
export const useText: () => ReadoutWords = texts(en, zh);
