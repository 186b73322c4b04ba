import type { CompareBody } from '../../contract/compare.ts';
import { prior as usualPrior } from '../../readout/inference.ts';
import type { Method, Note } from '../../stats/comparison.ts';
import type { Spending } from '../../stats/spending.ts';
import { invalid } from './sample.ts';

/** The method that a body asks for, with `units` of both variants in. Throws `invalid`. */
export function methodOf(body: CompareBody, units: number): { method: Method; note?: Note } {
  const { plannedUnits, tuning } = body;
  if (body.method === 'fixed') return { method: { kind: 'fixed' } };
  if (body.method === 'bayesian')
    return { method: { kind: 'bayesian', prior: normalPrior(body) ?? usualPrior } };
  if (body.method === 'anytimeT') return { method: { kind: 'anytimeT', phi: phiOf(body) } };
  if (body.method === 'msprt') {
    if (tuning?.variance === undefined)
      throw invalid('body.tuning.variance', 'msprt needs the mixture variance');
    return { method: sequenceOf(body) };
  }
  if (body.method === 'confidenceSequence') return { method: sequenceOf(body) };
  if (plannedUnits === undefined) return { method: sequenceOf(body), note: 'unplanned' };
  return { method: groupOf(body, units / plannedUnits, plannedUnits) };
}

function phiOf({ tuning, alternative }: CompareBody): number {
  if (alternative !== 'two-sided') throw invalid('body.alternative', 'anytimeT is two-sided');
  return tuning?.phi ?? 1;
}

function sequenceOf({ tuning, plannedUnits }: CompareBody): Method {
  const tunedTo = tuning?.units ?? (plannedUnits === undefined ? undefined : plannedUnits / 2);
  return {
    kind: 'confidenceSequence',
    burnIn: tuning?.burnIn ?? true,
    ...(tunedTo === undefined ? {} : { tunedTo }),
    ...(tuning?.rho2 === undefined ? {} : { rho2: tuning.rho2 }),
    ...(tuning?.variance === undefined ? {} : { variance: tuning.variance }),
  };
}

function groupOf(body: CompareBody, now: number, plannedUnits: number): Method {
  const { design } = body;
  const looks = [...(body.looks ?? []).map((n) => n / plannedUnits), now];
  return {
    kind: 'groupSequential',
    looks: ascending(looks),
    direction: design?.direction ?? (body.alternative === 'less' ? 'down' : 'up'),
    ...(design === undefined
      ? {}
      : {
          final: design.final,
          win: spendingOf(design.win),
          harm: spendingOf(design.harm),
        }),
  };
}

type Named = 'obrienFleming' | 'pocock' | { readonly power: number };

export function spendingOf(named: Named): Spending {
  return typeof named === 'string' ? { kind: named } : { kind: 'power', rho: named.power };
}

/** The present look comes last and may repeat the latest earlier one. */
function ascending(looks: readonly number[]): number[] {
  const at = looks.findIndex((t, i) => i > 0 && t <= (looks[i - 1] ?? 0));
  if (at === -1) return [...looks];
  if (at === looks.length - 1 && looks[at] === looks[at - 1]) return looks.slice(0, -1);
  throw invalid('body.looks', 'must be the total units at each earlier look, ascending');
}

/** Undefined where none is told. Throws `invalid` for a prior of another kind of number. */
export function normalPrior({
  prior,
}: Pick<CompareBody, 'prior'>): { readonly mean: number; readonly sd: number } | undefined {
  if (prior === undefined) return undefined;
  if (prior === 'flat') return { mean: 0, sd: Number.POSITIVE_INFINITY };
  if ('sd' in prior) return prior;
  throw invalid('body.prior', 'a beta prior needs kind proportion, a gamma prior kind rate');
}
