// Runs before the first paint, so that a dark page never flashes light. A file of its own: the policy allows no inline script.
{
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search);
  const stored = (/** @type {string} */ name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };
  const theme = asked.get('theme') ?? stored('assay.theme');
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = theme === 'dark' || theme === 'light' ? theme : dark ? 'dark' : 'light';
  const language = asked.get('lang') ?? stored('assay.language') ?? navigator.language;
  root.lang = language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}
