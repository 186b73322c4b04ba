import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { comparing } from '../../support/api-oracles/comparing.ts';
import { families } from '../../support/api-oracles/families.ts';
import { looking } from '../../support/api-oracles/looking.ts';
import { planning } from '../../support/api-oracles/planning.ts';
import { type Methods, readCases, runCases } from '../../support/oracles.ts';

const GOLDEN = fileURLToPath(new URL('../../golden/stats', import.meta.url));
const METHODS: Methods = { ...comparing, ...looking, ...families, ...planning };
/** Numbers by the group of a case's id; raised as coverage grows, never lowered. */
const KNOWN: Readonly<Record<string, number>> = {
  two_sample: 1_029,
  ratio_delta: 203,
  cuped: 755,
  power: 160,
  srm: 258,
  multiple_testing: 583,
  group_sequential: 1_843,
  anytime: 224,
  bayes: 155,
  quantile: 127,
  misc: 271,
};

it('every golden number comes out of the calls as it does of the functions', () => {
  const cases = readCases(GOLDEN).filter((c) => c.method in METHODS && groupOf(c) in KNOWN);
  const groups = new Set(cases.map(groupOf));
  const compared: Record<string, number> = {};
  for (const group of groups) {
    const outcome = runCases(
      cases.filter((c) => groupOf(c) === group),
      METHODS,
    );
    expect(outcome.misses, group).toEqual([]);
    compared[group] = outcome.compared;
  }
  const total = Object.values(compared).reduce((a, b) => a + b, 0);
  console.log(`${total} numbers compared through the calls: ${JSON.stringify(compared)}`);
  for (const [group, known] of Object.entries(KNOWN))
    expect(compared[group], group).toBeGreaterThanOrEqual(known);
}, 120_000);

function groupOf({ id }: { readonly id: string }): string {
  return id.split('/')[0] ?? '';
}
