import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** React Aria carries its own words in 35 languages; the console speaks two. */
function twoLanguages(): Plugin {
  const strings = /[\\/](?:intl|i18n)[\\/].*?([a-z]{2}-[A-Z]{2})\.m?js$/;
  return {
    name: 'two-languages',
    enforce: 'pre',
    load(id) {
      const language = strings.exec(id)?.[1];
      if (language === undefined || !id.includes('react-aria')) return null;
      return language === 'en-US' || language === 'zh-CN' ? null : 'export default {};';
    },
  };
}

const server = process.env['ASSAY_SERVER'] ?? 'http://127.0.0.1:4600';

export default defineConfig({
  plugins: [twoLanguages(), react(), tailwindcss()],
  build: {
    target: 'es2022',
    // Fonts stay files: `font-src 'self'` allows no data: address.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
  },
  server: { proxy: { '/api': server, '/sdk': server } },
});
