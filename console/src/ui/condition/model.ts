import type { Condition, FlagValue, Operator } from '@assay/sdk';

/** What the editor holds: the same tree as a Condition, with an id per row and values as typed so far. */
export type Node =
  | {
      readonly id: number;
      readonly kind: 'group';
      readonly join: 'all' | 'any';
      readonly not: boolean;
      readonly parts: readonly Node[];
    }
  | { readonly id: number; readonly kind: 'segment'; readonly not: boolean; readonly key: string }
  | {
      readonly id: number;
      readonly kind: 'test';
      readonly not: boolean;
      readonly attr: string;
      readonly op: Operator;
      readonly type: ValueType;
      readonly text: string;
    };
export type Group = Extract<Node, { kind: 'group' }>;
export type Test = Extract<Node, { kind: 'test' }>;
export type ValueType = 'text' | 'number' | 'boolean';

export const operators: readonly Operator[] = [
  'eq',
  'ne',
  'in',
  'nin',
  'contains',
  'startsWith',
  'endsWith',
  'matches',
  'gt',
  'gte',
  'lt',
  'lte',
  'before',
  'after',
  'semverEq',
  'semverGt',
  'semverGte',
  'semverLt',
  'semverLte',
  'exists',
  'missing',
];
const listOps = new Set<Operator>(['in', 'nin']);
const bareOps = new Set<Operator>(['exists', 'missing']);
const numberOps = new Set<Operator>(['lt', 'lte', 'gt', 'gte']);
export const takesList = (op: Operator) => listOps.has(op);
export const takesNothing = (op: Operator) => bareOps.has(op);

/** Which kinds of value an operator compares with. */
export function typesOf(op: Operator): readonly ValueType[] {
  if (numberOps.has(op)) return ['number'];
  if (op === 'eq' || op === 'ne') return ['text', 'number', 'boolean'];
  return takesList(op) ? ['text', 'number'] : ['text'];
}

let lastId = 0;
const nextId = () => {
  lastId += 1;
  return lastId;
};
export function emptyGroup(join: 'all' | 'any' = 'all'): Group {
  return { id: nextId(), kind: 'group', join, not: false, parts: [] };
}
export function emptyTest(): Test {
  return { id: nextId(), kind: 'test', not: false, attr: '', op: 'eq', type: 'text', text: '' };
}
export function emptySegment(key: string): Node {
  return { id: nextId(), kind: 'segment', not: false, key };
}

/** Opens a condition for editing; the root is always a group. */
export function toNode(condition: Condition | undefined): Group {
  if (condition === undefined) return emptyGroup();
  const node = nodeOf(condition, false);
  return node.kind === 'group' ? node : { ...emptyGroup(), parts: [node] };
}

function nodeOf(condition: Condition, not: boolean): Node {
  if ('not' in condition) return nodeOf(condition.not, !not);
  const id = nextId();
  if ('all' in condition)
    return {
      id,
      kind: 'group',
      join: 'all',
      not,
      parts: condition.all.map((c) => nodeOf(c, false)),
    };
  if ('any' in condition)
    return {
      id,
      kind: 'group',
      join: 'any',
      not,
      parts: condition.any.map((c) => nodeOf(c, false)),
    };
  if ('segment' in condition) return { id, kind: 'segment', not, key: condition.segment };
  const { attr, op, value } = condition;
  return { id, kind: 'test', not, attr, op, ...typed(value) };
}

function typed(value: FlagValue | undefined): { type: ValueType; text: string } {
  if (Array.isArray(value)) {
    const items = value as readonly FlagValue[];
    const type = items.length > 0 && items.every((v) => typeof v === 'number') ? 'number' : 'text';
    return { type, text: items.map((v) => scalarText(v)).join(', ') };
  }
  if (typeof value === 'number') return { type: 'number', text: String(value) };
  if (typeof value === 'boolean') return { type: 'boolean', text: String(value) };
  return { type: 'text', text: scalarText(value) };
}
function scalarText(value: FlagValue | undefined): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

/** Closes the editor's tree again; nothing chosen is `undefined`: everybody. A group of one is its one part. */
export function toCondition(node: Node): Condition | undefined {
  const condition = bare(node);
  return condition !== undefined && node.not ? { not: condition } : condition;
}

function bare(node: Node): Condition | undefined {
  if (node.kind === 'segment') return { segment: node.key };
  if (node.kind === 'test') return testOf(node);
  const parts = node.parts.flatMap((part) => toCondition(part) ?? []);
  if (parts.length === 0) return undefined;
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return node.join === 'all' ? { all: parts } : { any: parts };
}

function testOf({ attr, op, type, text }: Test): Condition {
  if (takesNothing(op)) return { attr, op };
  if (takesList(op)) return { attr, op, value: listItems(text).map((item) => scalar(type, item)) };
  return { attr, op, value: scalar(type, text) };
}
function scalar(type: ValueType, text: string): string | number | boolean {
  if (type === 'number') return Number(text);
  return type === 'boolean' ? text === 'true' : text;
}
/** Values of a list stand between commas or line ends. */
export function listItems(text: string): string[] {
  return text
    .split(/[,，\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

export type FaultCode = 'attribute' | 'value' | 'number' | 'list';
/** What is missing in a row before it may be saved, by the row's id. */
export function faultsOf(node: Node): ReadonlyMap<number, FaultCode> {
  if (node.kind === 'group') return new Map(node.parts.flatMap((part) => [...faultsOf(part)]));
  if (node.kind === 'segment') return new Map(node.key === '' ? [[node.id, 'value']] : []);
  const code = testFault(node);
  return new Map(code === undefined ? [] : [[node.id, code]]);
}
function testFault({ attr, op, type, text }: Test): FaultCode | undefined {
  if (attr.trim() === '') return 'attribute';
  if (takesNothing(op) || type === 'boolean') return undefined;
  const items = takesList(op) ? listItems(text) : [text.trim()];
  if (items.length === 0) return 'list';
  if (type === 'number' && items.some((item) => item === '' || !Number.isFinite(Number(item))))
    return 'number';
  return text === '' ? 'value' : undefined;
}

/** Attribute names that a condition asks for, to offer them elsewhere. */
export function attributesIn(condition: Condition | undefined): string[] {
  if (condition === undefined || 'segment' in condition) return [];
  if ('not' in condition) return attributesIn(condition.not);
  if ('all' in condition) return condition.all.flatMap(attributesIn);
  if ('any' in condition) return condition.any.flatMap(attributesIn);
  return [condition.attr];
}
