import type { Experiment, Flag, Segment, SegmentBody } from '@assay/server/contract';
import type { Condition } from '@assay/sdk';
import { faultsOf, toCondition, toNode, type Group } from '../../ui/condition/model.ts';

export type SegmentDraft = {
  readonly name: string;
  readonly description: string;
  readonly owner: string;
  readonly kind: 'condition' | 'list';
  readonly condition: Group;
  readonly unit: string;
  /** One id a line. */
  readonly ids: string;
};

export function emptySegment(): SegmentDraft {
  return {
    name: '',
    description: '',
    owner: '',
    kind: 'condition',
    condition: toNode(undefined),
    unit: 'userId',
    ids: '',
  };
}

export function openSegment(segment: Segment): SegmentDraft {
  return {
    name: segment.name ?? '',
    description: segment.description,
    owner: segment.owner,
    kind: segment.units === undefined ? 'condition' : 'list',
    condition: toNode(segment.if),
    unit: segment.units?.unit ?? 'userId',
    ids: segment.units?.ids.join('\n') ?? '',
  };
}

export function closeSegment(
  key: string,
  draft: SegmentDraft,
  tags: readonly string[] = [],
): SegmentBody {
  const { name, description, owner, unit } = draft;
  const shared = { key, name, description, owner, tags: [...tags] };
  if (draft.kind === 'list') return { ...shared, units: { unit, ids: idsOf(draft.ids) } };
  const condition = toCondition(draft.condition);
  return { ...shared, ...(condition !== undefined && { if: condition }) };
}

/** Ids stand on lines or between commas; each counts once. */
export function idsOf(text: string): string[] {
  const ids = text.split(/[\n,，]/).map((id) => id.trim());
  return [...new Set(ids.filter((id) => id !== ''))];
}

const most = 100_000;
export type SegmentFault = 'empty' | 'condition' | 'tooMany';
export function segmentFault(draft: SegmentDraft): SegmentFault | undefined {
  if (draft.kind === 'list') {
    const { length } = idsOf(draft.ids);
    if (length === 0) return 'empty';
    return length > most ? 'tooMany' : undefined;
  }
  if (faultsOf(draft.condition).size > 0) return 'condition';
  return toCondition(draft.condition) === undefined ? 'empty' : undefined;
}

export type Use = { kind: 'flag' | 'experiment' | 'segment'; key: string; name: string };
type Everything = {
  flags: readonly Flag[];
  experiments: readonly Experiment[];
  segments: readonly Segment[];
};
/** Everything whose conditions ask for this audience. */
export function usesOf(key: string, { flags, experiments, segments }: Everything): Use[] {
  const named = (kind: Use['kind'], item: { key: string; name?: string | undefined }) => ({
    kind,
    key: item.key,
    name: item.name ?? item.key,
  });
  return [
    ...flags
      .filter(({ environments }) =>
        Object.values(environments).some(({ rules }) => rules.some((rule) => asks(rule.if, key))),
      )
      .map((flag) => named('flag', flag)),
    ...experiments
      .filter(({ audience, status }) => status !== 'archived' && asks(audience, key))
      .map((experiment) => named('experiment', experiment)),
    ...segments
      .filter((segment) => asks(segment.if, key))
      .map((segment) => named('segment', segment)),
  ];
}

function asks(condition: Condition | undefined, key: string): boolean {
  if (condition === undefined) return false;
  if ('segment' in condition) return condition.segment === key;
  if ('not' in condition) return asks(condition.not, key);
  if ('all' in condition) return condition.all.some((part) => asks(part, key));
  return 'any' in condition && condition.any.some((part) => asks(part, key));
}
