// Makes dist/assay.browser.js, one minified module of the browser entry, for pages without a bundler.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

await build({
  entryPoints: [fileURLToPath(new URL('../src/browser.ts', import.meta.url))],
  outfile: fileURLToPath(new URL('../dist/assay.browser.js', import.meta.url)),
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
});
