/** `npm start`: installs and builds what is missing or old, then is the server itself, in this process. */
import { buildIfStale, installIfStale } from './prepare.mjs';

if (process.env.npm_lifecycle_event === 'start') stopWithNpm();
await installIfStale();
await buildIfStale();
process.env.NODE_ENV ??= 'production';
await import('../dist/main.js');

/** npm hands a signal to the shell between it and us, and that one keeps it to itself; so we stop when it is gone. */
function stopWithNpm() {
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  watch.unref();
}
