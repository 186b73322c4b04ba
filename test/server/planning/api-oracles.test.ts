import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { comparing } from '../../support/api-oracles/comparing.ts';
import { families } from '../../support/api-oracles/families.ts';
import { looking } from '../../support/api-oracles/looking.ts';
import { type Methods, type OracleCase, readCases, runCases } from '../../support/oracles.ts';

const GOLDEN = fileURLToPath(new URL('../../golden/stats', import.meta.url));
const METHODS: Methods = { ...comparing, ...looking, ...families };

it('every golden number comes out of the calculator', () => {
  const cases = readCases(GOLDEN).filter((c: OracleCase) => c.method in METHODS);
  const outcome = runCases(cases, METHODS);
  console.log([...outcome.comparedByMethod].map(([m, n]) => `${m} ${n}`).join(', '));
  console.log([...outcome.skipped].join(', '));
  console.log(`${outcome.compared} numbers compared, ${outcome.misses.length} outside tolerance`);
  expect(outcome.misses.slice(0, 40)).toEqual([]);
}, 120_000);
