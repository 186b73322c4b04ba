import type { Handlers } from '../http/handler.ts';
import { baseline, type BaselineDeps } from './baseline.ts';
import { calculate, sampleRatioOf } from './calculator.ts';
import { plan } from './plan.ts';

type PlanningRoutes =
  'POST /api/plan' | 'POST /api/plan/baseline' | 'POST /api/stats/compare' | 'POST /api/stats/srm';

export function planningRoutes(deps: BaselineDeps): Handlers<PlanningRoutes> {
  return {
    'POST /api/plan': ({ body }) => Promise.resolve(plan(body)),
    'POST /api/plan/baseline': ({ body }) => baseline(deps, body),
    'POST /api/stats/compare': ({ body }) => Promise.resolve(calculate(body)),
    'POST /api/stats/srm': ({ body }) => Promise.resolve(sampleRatioOf(body)),
  };
}
