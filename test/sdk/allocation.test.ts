import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** Runs in a process of its own, with the collector held off: heap growth is then what the calls allocated. */
const code = `
import v8 from 'node:v8';
import { flag, half, ruleset } from './rulesets.ts';
import { createTestClient } from '@assay/sdk/testing';

const eligible = { all: [
  { attr: 'country', op: 'in', value: ['CN', 'SG', 'MY'] },
  { attr: 'plan', op: 'eq', value: 'pro' },
  { attr: 'appVersion', op: 'semverGte', value: '3.2.0' },
] };
const whole = { ...half, experiment: 'e', coverage: 90_000, layer: { key: 'l', slots: [[0, 9_000]] }, holdouts: ['h'] };
const rules = ruleset({
  bool: flag([], { type: 'boolean', variants: { a: true } }),
  half: flag([half]),
  targeted: flag([{ ...half, if: eligible }]),
  whole: flag([whole], { requires: [{ flag: 'targeted', variants: ['a', 'b'] }] }),
}, { holdouts: { h: { salt: 'holdout', share: 5_000 } }, layers: { l: { salt: 'layer' } } });
const assay = createTestClient({}, { ruleset: rules });
const users = Array.from({ length: 1_000 }, (_, i) =>
  assay.forUser({ userId: JSON.parse('"user-' + i + '"') }, { country: 'CN', plan: 'pro', appVersion: '3.' + (i % 9) + '.1' }));
const calls = 100_000;
const grown = {};
for (const key of ['bool', 'half', 'targeted', 'whole']) {
  const fallback = key === 'bool' ? false : 'x';
  const run = () => { for (let i = 0; i < calls; i++) users[i % 1_000].peek(key, fallback); };
  const times = [];
  for (let round = 0; round < 20; round++) {
    global.gc();
    const before = v8.getHeapStatistics().used_heap_size;
    run();
    times.push((v8.getHeapStatistics().used_heap_size - before) / calls);
  }
  grown[key] = times.slice(-5).sort((a, b) => a - b)[2];
}
console.log(JSON.stringify(grown));
`;

it('an evaluation allocates nothing, with all that a flag may have', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--expose-gc',
      '--min-semi-space-size=64',
      '--conditions=source',
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      code,
    ],
    { cwd: fileURLToPath(new URL('.', import.meta.url)) },
  );
  const bytesPerCall = JSON.parse(stdout) as Record<string, number>;
  expect(Object.keys(bytesPerCall)).toEqual(['bool', 'half', 'targeted', 'whole']);
  // Less than one byte: what is left is the measurement's own.
  for (const bytes of Object.values(bytesPerCall)) expect(bytes).toBeLessThan(1);
});
