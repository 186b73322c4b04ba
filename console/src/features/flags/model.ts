import type { Flag, FlagBody, FlagRule, FlagSettings, Json } from '@assay/server/contract';
import { faultsOf, toCondition, toNode, type Group } from '../../ui/condition/model.ts';

export type FlagType = Flag['type'];
/** A variant while edited: its value is still text. `id` is stable while its key is typed. */
export type VariantDraft = { readonly id: string; key: string; name: string; text: string };
export type ServeDraft =
  | { readonly kind: 'variant'; readonly variant: string }
  | {
      readonly kind: 'split';
      readonly shares: readonly Share[];
      readonly unit: string;
      readonly salt?: string;
    }
  | { readonly kind: 'experiment'; readonly experiment: string };
/** Percent, 0 … 100, up to three decimals. */
export type Share = { readonly variant: string; readonly percent: number };
export type RuleDraft = {
  readonly id: string;
  readonly name: string;
  readonly condition: Group;
  readonly serve: ServeDraft;
  /** Percent of those who match. */
  readonly coverage: number;
  readonly sticky: boolean;
};
export type SettingsDraft = {
  readonly on: boolean;
  readonly off: string | null;
  readonly rules: readonly RuleDraft[];
  readonly fallback: ServeDraft;
  readonly requires: NonNullable<FlagSettings['requires']>;
};
export type FlagDraft = {
  readonly name: string;
  readonly description: string;
  readonly owner: string;
  readonly clientVisible: boolean;
  readonly purpose: Flag['purpose'];
  readonly variants: readonly VariantDraft[];
  readonly environments: Readonly<Record<string, SettingsDraft>>;
};

export function openFlag(flag: Flag): FlagDraft {
  return {
    name: flag.name ?? '',
    description: flag.description,
    owner: flag.owner,
    clientVisible: flag.clientVisible,
    purpose: flag.purpose,
    variants: flag.variants.map(({ key, name, value }) => ({
      id: key,
      key,
      name: name ?? '',
      text: valueText(value),
    })),
    environments: Object.fromEntries(
      Object.entries(flag.environments).map(([key, settings]) => [key, openSettings(settings)]),
    ),
  };
}

function openSettings(settings: FlagSettings): SettingsDraft {
  return {
    on: settings.on,
    off: settings.off,
    rules: settings.rules.map(openRule),
    fallback: openServe(settings.default),
    requires: settings.requires ?? [],
  };
}

export function openRule(rule: FlagRule): RuleDraft {
  return {
    id: rule.id,
    name: rule.name ?? '',
    condition: toNode(rule.if),
    serve: openServe(rule),
    coverage: (rule.coverage ?? 100_000) / 1_000,
    sticky: rule.sticky ?? false,
  };
}

function openServe(
  serve: FlagSettings['default'] & { experiment?: string | undefined },
): ServeDraft {
  if (serve.experiment !== undefined) return { kind: 'experiment', experiment: serve.experiment };
  if (serve.split === undefined) return { kind: 'variant', variant: serve.variant ?? '' };
  const total = serve.split.reduce((sum, [, weight]) => sum + weight, 0);
  return {
    kind: 'split',
    shares: serve.split.map(([variant, weight]) => ({
      variant,
      percent: total === 0 ? 0 : Math.round((weight / total) * 100_000) / 1_000,
    })),
    unit: serve.unit ?? 'userId',
    ...(serve.salt !== undefined && { salt: serve.salt }),
  };
}

/** Closes the draft over the stored flag, which keeps what this editor does not show. */
export function closeFlag(stored: Flag, draft: FlagDraft): FlagBody {
  const { name, ...rest } = stored;
  return {
    ...rest,
    ...((draft.name !== '' || name !== undefined) && { name: draft.name }),
    description: draft.description,
    owner: draft.owner,
    clientVisible: draft.clientVisible,
    purpose: draft.purpose,
    variants: draft.variants.map((variant) => ({
      key: variant.key,
      value: valueOf(stored.type, variant.text),
      ...(variant.name !== '' && { name: variant.name }),
    })),
    environments: Object.fromEntries(
      Object.entries(draft.environments).map(([key, settings]) => [key, closeSettings(settings)]),
    ),
  };
}

function closeSettings(settings: SettingsDraft): FlagSettings {
  return {
    on: settings.on,
    off: settings.off,
    rules: settings.rules.map(closeRule),
    default: closeServe(settings.fallback),
    ...(settings.requires.length > 0 && { requires: [...settings.requires] }),
  };
}

export function closeRule(rule: RuleDraft): FlagRule {
  const condition = toCondition(rule.condition);
  const serve =
    rule.serve.kind === 'experiment'
      ? { experiment: rule.serve.experiment }
      : closeServe(rule.serve);
  return {
    id: rule.id,
    ...(rule.name !== '' && { name: rule.name }),
    ...(condition !== undefined && { if: condition }),
    ...serve,
    ...(rule.coverage !== 100 &&
      rule.serve.kind !== 'experiment' && { coverage: Math.round(rule.coverage * 1_000) }),
    ...(rule.sticky && { sticky: true }),
  };
}

function closeServe(serve: ServeDraft): FlagSettings['default'] {
  if (serve.kind !== 'split')
    return { variant: serve.kind === 'variant' ? serve.variant : serve.experiment };
  return {
    split: serve.shares.map(({ variant, percent }) => [variant, Math.round(percent * 1_000)]),
    unit: serve.unit,
    ...(serve.salt !== undefined && { salt: serve.salt }),
  };
}

export function valueText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A typed value from its text; the text must have passed `isValue`. */
export function valueOf(type: FlagType, text: string): Json {
  if (type === 'string') return text;
  return JSON.parse(text) as Json;
}

export function isValue(type: FlagType, text: string): boolean {
  if (type === 'string') return true;
  if (type === 'boolean') return text === 'true' || text === 'false';
  try {
    const value: unknown = JSON.parse(text);
    return type === 'json' || (typeof value === 'number' && Number.isFinite(value));
  } catch {
    return false;
  }
}

export type RuleFault = 'condition' | 'variant' | 'shares' | 'experiment' | 'coverage' | 'unit';
export function ruleFaults(rule: RuleDraft): RuleFault[] {
  const faults: RuleFault[] = [];
  if (faultsOf(rule.condition).size > 0) faults.push('condition');
  if (!(rule.coverage >= 0 && rule.coverage <= 100)) faults.push('coverage');
  return [...faults, ...serveFaults(rule.serve)];
}
export function serveFaults(serve: ServeDraft): RuleFault[] {
  if (serve.kind === 'variant') return serve.variant === '' ? ['variant'] : [];
  if (serve.kind === 'experiment') return serve.experiment === '' ? ['experiment'] : [];
  return [
    ...(Math.abs(shareSum(serve.shares) - 100) < 0.0005 ? [] : (['shares'] as const)),
    ...(serve.unit === '' ? (['unit'] as const) : []),
  ];
}
export function shareSum(shares: readonly Share[]): number {
  return shares.reduce((sum, { percent }) => sum + (Number.isFinite(percent) ? percent : 0), 0);
}

/** Even shares of 100 in thousandths; what does not divide goes to the first. */
export function evenShares(variants: readonly string[]): Share[] {
  const each = Math.floor(100_000 / variants.length);
  return variants.map((variant, i) => ({
    variant,
    percent: (i === 0 ? 100_000 - each * (variants.length - 1) : each) / 1_000,
  }));
}

/** An id for a new rule, not used in this environment yet. */
export function nextRuleId(rules: readonly RuleDraft[]): string {
  const used = new Set(rules.map(({ id }) => id));
  let n = rules.length + 1;
  while (used.has(`r${n}`)) n += 1;
  return `r${n}`;
}

export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const rest = items.filter((_, i) => i !== from);
  const item = items[from];
  return item === undefined ? [...items] : [...rest.slice(0, to), item, ...rest.slice(to)];
}

/** What a new environment's settings are: off, and safe when turned on. */
export function emptySettings(variants: readonly VariantDraft[]): SettingsDraft {
  const first = variants[0]?.key ?? '';
  return {
    on: false,
    off: first,
    rules: [],
    fallback: { kind: 'variant', variant: first },
    requires: [],
  };
}
