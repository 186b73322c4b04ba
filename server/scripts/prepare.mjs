import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
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

/** Installs the packages of the lock file unless just those are there. */
export async function installIfStale() {
  if (isInstalled()) return;
  say('Installing packages (SQLite is compiled: about a minute) …');
  await run('npm', ['ci', '--no-audit', '--no-fund']);
}

/**
 * Compares versions, not times: a lock file that was only touched must not empty node_modules under whoever uses it.
 * npm writes its own copy last, so half an installation has none.
 */
function isInstalled() {
  const copy = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(copy)) return false;
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const got = packagesOf(copy);
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) =>
      !path.startsWith('node_modules/') ||
      link === true ||
      (got[path] === undefined ? optional === true : got[path].version === version),
  );
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

/** Builds SDK, server and console unless what is there is newer than every source. */
export async function buildIfStale() {
  const made = time(stamp);
  const complete = built.every((file) => existsSync(join(root, file)));
  if (complete && sources.every((path) => newest(join(root, path)) <= made)) return;
  say('Building SDK, server and console …');
  const started = new Date();
  await run('npm', ['run', 'build', '--silent']);
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

/**
 * Runs a command in the root of the repository; on failure this process ends as it did. The command and all that it
 * starts are a group of their own, so that a signal to this process ends every compiler too.
 */
async function run(command, args) {
  const windows = process.platform === 'win32';
  const options = { cwd: root, stdio: ['ignore', 2, 2], shell: windows, detached: !windows };
  const child = spawn(command, args, options);
  const end = (signal) => {
    if (windows) child.kill(signal);
    else process.kill(-child.pid, signal);
    process.exit(130);
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      say(error.message);
      resolve(1);
    });
    child.once('close', (status) => {
      resolve(status ?? 1);
    });
  });
  process.off('SIGINT', end).off('SIGTERM', end);
  if (code === 0) return;
  say(`${command} ${args.join(' ')} failed.`);
  process.exit(code);
}

export function say(text) {
  process.stderr.write(`${text}\n`);
}
