/** A value as a flag serves it. */
export type FlagValue =
  string | number | boolean | null | readonly FlagValue[] | { readonly [key: string]: FlagValue };
export type FlagType = 'boolean' | 'string' | 'number' | 'json';

/** Attributes of one unit: `userId`, `country`, `plan` …; nested ones are reached by dotted paths. */
export type Context = { readonly [attribute: string]: FlagValue | undefined };

export type Operator =
  | 'eq'
  | 'ne'
  | 'in'
  | 'nin'
  | 'lt'
  | 'lte'
  | 'gt'
  | 'gte'
  | 'contains'
  | 'startsWith'
  | 'endsWith'
  | 'matches'
  | 'semverEq'
  | 'semverLt'
  | 'semverLte'
  | 'semverGt'
  | 'semverGte'
  | 'before'
  | 'after'
  | 'exists'
  | 'missing';
/**
 * Who is meant. A missing attribute makes every operator false but `ne`, `nin` and `missing`; types are never coerced.
 */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly segment: string }
  | { readonly attr: string; readonly op: Operator; readonly value?: FlagValue };

/** Ordered `[variant, weight]`; weights are non-negative integers that add up to 1 … 1,000,000. */
export type Split = readonly (readonly [variant: string, weight: number])[];
export type Serve =
  | { readonly variant: string }
  | { readonly split: Split; readonly salt: string; readonly unit: string };
export type Rule = { readonly id: string; readonly if?: Condition } & Serve & {
    /** Thousandths of a percent, 0 … 100000. */
    readonly coverage?: number;
    readonly experiment?: string;
    readonly phase?: number;
    readonly control?: string;
    readonly layer?: {
      readonly key: string;
      readonly slots: readonly (readonly [from: number, to: number])[];
    };
    readonly holdouts?: readonly string[];
    readonly sticky?: boolean;
    /** Variants that a sticky experiment gave before this phase are forgotten. */
    readonly resetSticky?: number;
  };
export type Flag = {
  readonly type: FlagType;
  readonly on: boolean;
  readonly variants: { readonly [key: string]: FlagValue };
  readonly off: string | null;
  readonly rules: readonly Rule[];
  readonly default: Serve;
  readonly requires?: readonly { readonly flag: string; readonly variants: readonly string[] }[];
};
/** The compiled definitions of one environment: the only thing an SDK needs. */
export type Ruleset = {
  readonly schema: 1;
  readonly version: number;
  readonly environment: string;
  readonly flags: { readonly [key: string]: Flag };
  readonly segments: { readonly [key: string]: Condition };
  readonly holdouts: { readonly [key: string]: { readonly salt: string; readonly share: number } };
  readonly layers: { readonly [key: string]: { readonly salt: string } };
};
