import { fileURLToPath } from 'node:url';
import { METHODS, type OracleCase, readCases } from './support/oracles.ts';

// npm run simulate: false positives, coverage and power of every method on drawn data, beside the published rates.
interface Simulated extends OracleCase {
  readonly inputs: { readonly scenario: string; readonly event: string };
  readonly expected: { readonly rate: number; readonly accept: readonly [number, number] };
}

const golden = fileURLToPath(new URL('golden/stats', import.meta.url));
const cases = readCases(golden).filter((one): one is Simulated => one.id.startsWith('simulation/'));
let outside = 0;
console.log('| scenario | method | event | rate | published | accepted |');
console.log('| --- | --- | --- | ---: | ---: | --- |');
for (const { method, inputs, expected } of cases) {
  const simulate = METHODS[`simulation.${method}`];
  if (!simulate) throw new Error(`no simulation of ${method}`);
  const { rate } = simulate(inputs as never) as { rate: number };
  const [low, high] = expected.accept;
  const ok = rate >= low && rate <= high;
  if (!ok) outside++;
  console.log(
    `| ${inputs.scenario} | ${method} | ${inputs.event.replaceAll('|', '\\|')} | ${rate.toFixed(4)} | ` +
      `${expected.rate.toFixed(4)} | ${low} to ${high}${ok ? '' : ' **outside**'} |`,
  );
}
console.log(`\n${cases.length} rates, ${outside} outside`);
process.exitCode = outside > 0 ? 1 : 0;
