import type { DecisionBody, DecisionResult } from '../contract/calculator.ts';
import { decide, decisionLevels } from '../stats/decision.ts';

/** What the default rule decides from findings, and the level and power that each of its tests is given. */
export function decisionOf(body: DecisionBody): DecisionResult {
  const levels = decisionLevels({
    successes: Math.max(1, body.successes.length),
    guardrails: body.guardrails.length,
    alpha: body.alpha,
    power: body.power,
  });
  const { alphaPerSuccess, alphaPerGuardrail, powerEach } = levels;
  return { decision: decide(body), alphaPerSuccess, alphaPerGuardrail, powerEach };
}
