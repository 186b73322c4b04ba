import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const stamp = join(root, 'server/dist/.built');
const built = ['server/dist/main.js', 'sdk/dist/index.js', 'console/dist/index.html'];
const sources = [
  'package-lock.json',
  'tsconfig.base.json',
  'sdk/package.json',
  'sdk/tsconfig.json',
  'sdk/scripts',
  'sdk/src',
  'server/package.json',
  'server/tsconfig.json',
  'server/src',
  'console/package.json',
  'console/index.html',
  'console/vite.config.ts',
  'console/public',
  'console/src',
];

/** Installs the packages of the lock file unless they are there. */
export function installIfStale() {
  const installed = time(join(root, 'node_modules/.package-lock.json'));
  if (installed >= time(join(root, 'package-lock.json'))) return;
  say('Installing packages (SQLite is compiled: about a minute) …');
  run('npm', ['ci', '--no-audit', '--no-fund']);
  // npm keeps the time of an unchanged tree; say that it is up to date.
  touch(join(root, 'node_modules/.package-lock.json'));
}

/** Builds SDK, server and console unless what is there is newer than every source. */
export function buildIfStale() {
  const made = time(stamp);
  const complete = built.every((file) => existsSync(join(root, file)));
  if (complete && sources.every((path) => newest(join(root, path)) <= made)) return;
  say('Building SDK, server and console …');
  const started = new Date();
  run('npm', ['run', 'build', '--silent']);
  mkdirSync(dirname(stamp), { recursive: true });
  // What was edited during the build is newer than its start.
  touch(stamp, started);
}

/** The newest time in a file or folder; a folder's own time tells of files that went away. */
function newest(path) {
  const own = time(path);
  if (own === 0 || !statSync(path).isDirectory()) return own;
  return readdirSync(path, { withFileTypes: true }).reduce((latest, entry) => {
    const below = join(path, entry.name);
    return Math.max(latest, entry.isDirectory() ? newest(below) : time(below));
  }, own);
}

function time(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function touch(path, at = new Date()) {
  if (!existsSync(path)) writeFileSync(path, '');
  utimesSync(path, at, at);
}

/** Runs a command in the root of the repository; on failure this process ends as it did. */
export function run(command, args, env = process.env) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  say(`${command} ${args.join(' ')} failed${error === undefined ? '' : `: ${error.message}`}.`);
  process.exit(status ?? 1);
}

export function say(text) {
  process.stderr.write(`${text}\n`);
}
