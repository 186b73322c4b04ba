/**
 * `npm run bench -w test [name …]`: every benchmark of ours, each with its limit or peer in the same run. Timings on a shared machine
 * are noisy; the ratios hold. The peers' SDKs are not among our dependencies: `sdk-peers/README.md` tells how to install them.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const root = here('../..');
const benches = {
  readout: 'a readout of 20 metrics × 4 variants from ready moments',
  delivery: 'a change of a flag until a connected SDK serves it',
  ingest: 'events over HTTP, beside the raw limit of appending the same rows',
  'ingest-then-read': 'a readout of a large log',
};
const asked = process.argv.slice(2);

for (const [name, about] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n── ${name}: ${about}`);
  run(['--conditions=source', '--import', 'tsx', here(`${name}.ts`)], root);
}
if (asked.length === 0 || asked.includes('sdk-peers')) {
  console.log('\n── sdk-peers: evaluation beside the field’s SDKs, 100 flags');
  const peers = here('sdk-peers');
  if (existsSync(`${peers}/node_modules`))
    run(['run.mjs', '--scenario', 'S1,S2,S3,S4', '--flags', '100'], peers);
  else console.log('left out: the peers are not installed, see test/bench/sdk-peers/README.md');
}

function run(args, cwd) {
  const { status } = spawnSync(process.execPath, args, { cwd, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
