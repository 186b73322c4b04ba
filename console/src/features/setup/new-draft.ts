import type { Flag, Input } from '@assay/server/contract';
import type { SetupSearch } from './search.ts';

type Named = { name: string; key: string };
type FlagInput = Input<'POST /api/flags'>['body'];
type ExperimentInput = Input<'POST /api/experiments'>['body'];

/** A flag made for an experiment: on, and serving the control to everybody until the test starts. */
export function flagBodyFor({ name, key }: Named, environment: string): FlagInput {
  return {
    key,
    name,
    type: 'string',
    clientVisible: true,
    purpose: 'experiment',
    variants: [
      { key: 'control', value: 'control' },
      { key: 'treatment', value: 'treatment' },
    ],
    environments: {
      [environment]: { on: true, off: 'control', rules: [], default: { variant: 'control' } },
    },
  };
}

type Draft = { named: Named; flag: Flag; environment: string; search: SetupSearch };
/** The first draft: the flag's variants evenly, its default serve as control, and what the planner found. */
export function draftBody({ named, flag, environment, search }: Draft): ExperimentInput {
  const fallback = flag.environments[environment]?.default.variant;
  const control = fallback ?? flag.variants[0]?.key ?? '';
  return {
    key: named.key,
    name: named.name,
    flag: flag.key,
    environment,
    variants: controlFirst(flag, control).map((key) => ({ key, weight: 1 })),
    control,
    ...(search.metric !== undefined && { metrics: { primary: search.metric } }),
    analysis: analysisOf(search),
    plan: {
      ...(search.mde !== undefined && search.mde > 0 && { mde: search.mde }),
      ...(search.units !== undefined && { unitsPerVariant: Math.ceil(search.units) }),
      ...(search.days !== undefined && search.days > 0 && { days: search.days }),
    },
  };
}

function controlFirst({ variants }: Flag, control: string): string[] {
  return [control, ...variants.map(({ key }) => key).filter((key) => key !== control)];
}

function analysisOf({ alpha, power, method }: SetupSearch): ExperimentInput['analysis'] {
  return {
    ...(alpha !== undefined && { alpha }),
    ...(power !== undefined && { power }),
    ...((method === 'fixed' || method === 'sequential' || method === 'bayesian') && { method }),
  };
}
