import { readCases, runCases } from './support/oracles.ts';

// npm run oracles -- DIR: known answers of a folder through the product's functions.
const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: npm run oracles -- DIR');
const outcome = runCases(readCases(folder));
for (const miss of outcome.misses) console.log('outside tolerance:', JSON.stringify(miss));
for (const [method, cases] of outcome.uncovered)
  console.log(`not covered: ${method} (${cases} cases)`);
if (outcome.skipped.size > 0)
  console.log(`no such figure here: ${[...outcome.skipped].toSorted().join(', ')}`);
console.log(`${outcome.compared} numbers compared, ${outcome.misses.length} outside tolerance`);
process.exitCode = outcome.misses.length > 0 ? 1 : 0;
