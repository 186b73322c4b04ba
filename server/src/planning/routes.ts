import type { Handlers } from '../http/handler.ts';
import { baseline, type BaselineDeps } from './baseline.ts';
import { boundariesOf } from './boundaries.ts';
import { adjust, banditOf, effectsTogether, sampleRatioOf, trustOf } from './calculator.ts';
import { valuesOf } from './values.ts';
import { decisionOf } from './decision.ts';
import { calculate } from './compare/compare.ts';
import { plan } from './plan.ts';
import { simulate } from './simulate.ts';

type PlanningRoutes =
  | 'POST /api/plan'
  | 'POST /api/plan/baseline'
  | 'POST /api/plan/boundaries'
  | 'POST /api/plan/simulate'
  | 'POST /api/stats/compare'
  | 'POST /api/stats/srm'
  | 'POST /api/stats/adjust'
  | 'POST /api/stats/effects'
  | 'POST /api/stats/bandit'
  | 'POST /api/stats/decision'
  | 'POST /api/stats/values'
  | 'POST /api/stats/trust';

export function planningRoutes(deps: BaselineDeps): Handlers<PlanningRoutes> {
  return {
    'POST /api/plan': ({ body }) => Promise.resolve(plan(body)),
    'POST /api/plan/boundaries': ({ body }) => Promise.resolve(boundariesOf(body)),
    'POST /api/plan/simulate': ({ body }) => Promise.resolve(simulate(body)),
    'POST /api/plan/baseline': ({ body }) => baseline(deps, body),
    'POST /api/stats/compare': ({ body }) => Promise.resolve(calculate(body)),
    'POST /api/stats/srm': ({ body }) => Promise.resolve(sampleRatioOf(body)),
    'POST /api/stats/adjust': ({ body }) => Promise.resolve(adjust(body)),
    'POST /api/stats/effects': ({ body }) => Promise.resolve(effectsTogether(body)),
    'POST /api/stats/bandit': ({ body }) => Promise.resolve(banditOf(body)),
    'POST /api/stats/decision': ({ body }) => Promise.resolve(decisionOf(body)),
    'POST /api/stats/values': ({ body }) => Promise.resolve(valuesOf(body)),
    'POST /api/stats/trust': ({ body }) => Promise.resolve(trustOf(body)),
  };
}
