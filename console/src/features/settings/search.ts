import { choiceParam } from '../../lib/search.ts';

export const settingsTabs = ['keys', 'people', 'tokens', 'environments', 'look', 'about'] as const;
export type SettingsTab = (typeof settingsTabs)[number];
export function settingsSearch(search: Record<string, unknown>): { tab?: SettingsTab } {
  return choiceParam(search, 'tab', settingsTabs);
}
