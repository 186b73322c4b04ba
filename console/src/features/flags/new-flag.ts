import type { Flag, FlagBody, Json } from '@assay/server/contract';
import type { FlagType } from './model.ts';

type NewFlag = {
  name: string;
  key: string;
  type: FlagType;
  purpose: Flag['purpose'];
  description: string;
  clientVisible: boolean;
};

const firstVariants: Record<FlagType, readonly { key: string; value: Json }[]> = {
  boolean: [
    { key: 'off', value: false },
    { key: 'on', value: true },
  ],
  string: [
    { key: 'control', value: 'control' },
    { key: 'treatment', value: 'treatment' },
  ],
  number: [
    { key: 'control', value: 0 },
    { key: 'treatment', value: 1 },
  ],
  json: [
    { key: 'control', value: {} },
    { key: 'treatment', value: {} },
  ],
};

/** A new flag with two variants, switched off in every environment: nobody notices its birth. */
export function newFlagBody(flag: NewFlag, environments: readonly string[]): FlagBody {
  const variants = firstVariants[flag.type].map((variant) => ({ ...variant }));
  const first = variants[0]?.key ?? '';
  return {
    ...flag,
    owner: '',
    tags: [],
    variants,
    environments: Object.fromEntries(
      environments.map((key) => [
        key,
        { on: false, off: first, rules: [], default: { variant: first } },
      ]),
    ),
  };
}
