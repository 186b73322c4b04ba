import * as calculator from '@assay/server/contract/calculator';
import * as comparing from '@assay/server/contract/compare';
import * as planning from '@assay/server/contract/planning';
import {
  adjust,
  banditOf,
  effectsTogether,
  sampleRatioOf,
  trustOf,
} from '@assay/server/planning/calculator';
import { calculate } from '@assay/server/planning/compare/compare';
import { boundariesOf } from '@assay/server/planning/boundaries';
import { decisionOf } from '@assay/server/planning/decision';
import { valuesOf } from '@assay/server/planning/values';
import { plan } from '@assay/server/planning/plan';

/** Each call as over HTTP: the body through its schema, the answer through its own and through JSON. */
function through<In, Out>(
  body: { parse(value: unknown): In },
  answer: { parse(value: unknown): Out },
  handle: (body: In) => unknown,
): (value: unknown) => Out {
  return (value) =>
    answer.parse(JSON.parse(JSON.stringify(handle(body.parse(JSON.parse(JSON.stringify(value)))))));
}

export const compareCall = through(comparing.compareBody, comparing.comparison, calculate);
export const srmCall = through(calculator.srmBody, calculator.srmResult, sampleRatioOf);
export const adjustCall = through(calculator.adjustBody, calculator.adjusted, adjust);
export const effectsCall = through(
  calculator.effectsBody,
  calculator.effectsResult,
  effectsTogether,
);
export const banditCall = through(calculator.banditBody, calculator.banditResult, banditOf);
export const decisionCall = through(calculator.decisionBody, calculator.decisionResult, decisionOf);
export const valuesCall = through(calculator.valuesBody, calculator.valuesResult, valuesOf);
export const trustCall = through(calculator.trustBody, calculator.trustResult, trustOf);
export const boundariesCall = through(planning.boundariesBody, planning.boundaries, boundariesOf);
export const planCall = through(planning.planBody, planning.plan, plan);

/** `[low, high]` as the cases write bounds. */
export function pair(
  bounds: { readonly low: number | null; readonly high: number | null } | null | undefined,
): readonly number[] | null {
  if (!bounds || (bounds.low === null && bounds.high === null)) return null;
  return [bounds.low ?? -Infinity, bounds.high ?? Infinity];
}
