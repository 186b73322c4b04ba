import { stored, storedChoice } from './stored.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const isDark = () => matchMedia('(prefers-color-scheme: dark)').matches;

function show(theme: Theme): void {
  const dark = theme === 'dark' || (theme === 'system' && isDark());
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
}

/** first-paint.js has shown the theme already; this follows later changes. */
export const theme = stored<Theme>(
  'assay.theme',
  storedChoice('assay.theme', themes) ?? 'system',
  show,
);

export function followSystemTheme(): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    if (theme.get() === 'system') show('system');
  });
}
