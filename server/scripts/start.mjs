/** `npm start`: installs and builds what is missing or old, then is the server itself, in this process. */
import { buildIfStale, installIfStale } from './prepare.mjs';

await installIfStale();
await buildIfStale();
process.env.NODE_ENV ??= 'production';
await import('../dist/main.js');
