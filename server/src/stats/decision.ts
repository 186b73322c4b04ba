export interface Findings {
  /** Of each success metric: significantly better. */
  readonly successes: readonly boolean[];
  /** Of each guardrail with a margin: shown to be non-inferior. */
  readonly guardrails: readonly boolean[];
  /** Of every metric: significantly worse. */
  readonly deteriorations: readonly boolean[];
  /** Of every quality check: passed. */
  readonly checks: readonly boolean[];
}

export type Outcome = 'ship' | 'invalid' | 'deterioration' | 'no_success' | 'guardrail_not_proven';

/**
 * Decision rule 2 of Schultzberg, Ankargren & Frånberg (2024).
 * @example decide({ successes: [true, false], guardrails: [true], deteriorations: [false, false, false], checks: [true] }) // 'ship'
 */
export function decide({ successes, guardrails, deteriorations, checks }: Findings): Outcome {
  if (checks.includes(false)) return 'invalid';
  if (deteriorations.includes(true)) return 'deterioration';
  if (!successes.includes(true)) return 'no_success';
  return guardrails.includes(false) ? 'guardrail_not_proven' : 'ship';
}

export interface DecisionLevels {
  readonly alphaPerSuccess: number;
  readonly alphaPerGuardrail: number;
  /** Each test's power must be this for the decision to have the planned power (union bound). */
  readonly powerEach: number;
}

/**
 * Levels of the single tests behind one decision: alpha is shared by the success metrics only, since every guardrail must
 * pass; the miss rate is shared by all that must come out right.
 * @example decisionLevels({ successes: 1, guardrails: 4, alpha: 0.05, power: 0.9 }) // { alphaPerSuccess: 0.05, alphaPerGuardrail: 0.05, powerEach: 0.98 }
 */
export function decisionLevels(plan: {
  readonly successes: number;
  readonly guardrails: number;
  readonly alpha: number;
  readonly power: number;
}): DecisionLevels {
  return {
    alphaPerSuccess: plan.alpha / plan.successes,
    alphaPerGuardrail: plan.alpha,
    powerEach: 1 - (1 - plan.power) / (plan.guardrails + 1),
  };
}
