/** `npm test [vitest arguments]`: installs and builds what is missing, runs everything, and counts. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfStale, installIfStale, root, say } from '../server/scripts/prepare.mjs';
import { browserOrReason } from './browser.mjs';

const results = join(root, 'test/.artifacts/results.json');

await installIfStale();
await buildIfStale();
const { path, reason } = browserOrReason();
if (path === undefined && process.env.CI === 'true') {
  say(`The browser tests cannot run: ${reason}`);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
mkdirSync(join(root, 'test/.artifacts'), { recursive: true });
rmSync(results, { force: true });
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--root=test',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
    ...(path === undefined ? ['--project=!browser'] : []),
    ...process.argv.slice(2),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...(path !== undefined && { CHROMIUM: path }) },
  },
);
if (path === undefined) console.log(`SKIPPED: all browser tests. ${reason}`);
const { passed, failed } = count();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : (status ?? 1);

/** A file that could not even load has no failing test; it counts as one. */
function count() {
  if (!existsSync(results)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(results, 'utf8'));
  const broken = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((t) => t.status === 'failed'),
  ).length;
  const silent = status !== 0 && numFailedTests + broken === 0 ? 1 : 0;
  return { passed: numPassedTests, failed: numFailedTests + broken + silent };
}
