import type { Condition, Flag, FlagValue, Ruleset } from '@assay/sdk';
import { variantLogic } from './flagd-flag.ts';
import { CannotExpress, type Logic } from './flagd-logic.ts';

export interface FlagdFlag {
  readonly state: 'ENABLED' | 'DISABLED';
  readonly variants: Readonly<Record<string, FlagValue>>;
  /** Null leaves it to the caller's default where targeting gives nothing. */
  readonly defaultVariant: string | null;
  readonly targeting?: Logic;
  readonly metadata?: Readonly<Record<string, string>>;
}
export interface FlagdDocument {
  readonly $schema: string;
  readonly flags: Readonly<Record<string, FlagdFlag>>;
  /** `leftOut` and `limits` are there when there is something to tell: one line per flag, `key: why`. */
  readonly metadata: Readonly<Record<string, string>>;
}

const mostText = 200_000;

/**
 * A ruleset as flagd's definitions: evaluated by any of its providers they give the SDK's variant to every ASCII id.
 * A flag of which that cannot be said is left out and named in the metadata; what is not kept although the variant
 * is right (sticky assignments) is named too. flagd logs no exposures.
 */
export function flagdExport(ruleset: Ruleset): FlagdDocument {
  const flags: Record<string, FlagdFlag> = {};
  const leftOut: string[] = [];
  const limits: string[] = [];
  for (const [key, flag] of Object.entries(ruleset.flags))
    try {
      const told = limitsOf(flag, ruleset);
      flags[key] = flagdFlag(ruleset, key, flag, told);
      if (told !== '') limits.push(`${key}: ${told}`);
    } catch (error) {
      if (!(error instanceof CannotExpress)) throw error;
      leftOut.push(`${key}: ${error.message}`);
    }
  return {
    $schema: 'https://flagd.dev/schema/v0/flags.json',
    flags,
    metadata: {
      flagSetId: ruleset.environment,
      version: String(ruleset.version),
      ...(leftOut.length > 0 && { leftOut: leftOut.join('\n') }),
      ...(limits.length > 0 && { limits: limits.join('\n') }),
    },
  };
}

function flagdFlag(ruleset: Ruleset, key: string, flag: Flag, limits: string): FlagdFlag {
  const { variants, type } = flag;
  if (type === 'json' && !Object.values(variants).every(isObject))
    throw new CannotExpress('flagd takes only objects as JSON values');
  const logic = variantLogic(ruleset, key);
  const told = limits === '' ? {} : { metadata: { limits } };
  // Without an off variant flagd's own DISABLED serves the caller's default.
  if (logic === null) return { state: 'DISABLED', variants, defaultVariant: null, ...told };
  if (typeof logic === 'string')
    return { state: 'ENABLED', variants, defaultVariant: logic, ...told };
  if (JSON.stringify(logic).length > mostText)
    throw new CannotExpress('written out it would be too large');
  return { state: 'ENABLED', variants, ...withFallback(logic), ...told };
}

/** The chain's last variant becomes the default where no other case gives null, which older flagd cannot leave to the caller. */
function withFallback(logic: Logic): Pick<FlagdFlag, 'defaultVariant' | 'targeting'> {
  const steps = typeof logic === 'object' && logic !== null && 'if' in logic ? logic['if'] : [];
  if (!Array.isArray(steps)) return { defaultVariant: null, targeting: logic };
  const cases = steps as readonly Logic[];
  const last = cases.at(-1);
  const givesNull = cases.some((step, i) => i % 2 === 1 && step === null);
  return typeof last === 'string' && !givesNull
    ? { defaultVariant: last, targeting: { if: [...cases.slice(0, -1), null] } }
    : { defaultVariant: null, targeting: logic };
}

function limitsOf({ rules }: Flag, { segments }: Ruleset): string {
  const conditions = rules.flatMap((rule) => rule.if ?? []);
  const leaves = conditions.flatMap((one) => leavesOf(one, segments, 0));
  return [
    rules.some((rule) => rule.sticky === true) && 'sticky assignments are not kept',
    leaves.some(({ op }) => op.startsWith('semver')) &&
      'what is no strict semantic version matches nothing',
    leaves.some(({ attr }) => attr.includes('.')) && 'dotted attributes are read as paths only',
  ]
    .filter((told) => told !== false)
    .join('; ');
}

type Leaf = Extract<Condition, { attr: string }>;

function leavesOf(condition: Condition, segments: Ruleset['segments'], depth: number): Leaf[] {
  const inner = (one: Condition) => leavesOf(one, segments, depth);
  if ('all' in condition) return condition.all.flatMap(inner);
  if ('any' in condition) return condition.any.flatMap(inner);
  if ('not' in condition) return inner(condition.not);
  if ('attr' in condition) return [condition];
  const found = segments[condition.segment];
  return found === undefined || depth > 32 ? [] : leavesOf(found, segments, depth + 1);
}

function isObject(value: FlagValue): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
