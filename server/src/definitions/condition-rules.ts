import type { Condition } from '@assay/sdk';
import type { Finding } from '../errors.ts';
import { known } from './known.ts';
import type { Definitions } from './lookup.ts';
import { patternFault } from './pattern/fault.ts';

/** What is wrong with a condition beyond its shape: segments that are not there, patterns, dates and versions that cannot be read. */
export function checkCondition(
  condition: Condition | undefined,
  now: Definitions,
  path: string,
): Finding[] {
  return condition === undefined
    ? []
    : leaves(condition, path).flatMap(({ leaf, at }) =>
        'segment' in leaf
          ? known(now, 'segments', leaf.segment, `${at}.segment`).findings
          : comparison(leaf, at),
      );
}

/** The same for a filter on an event's properties, where segments of units mean nothing. */
export function checkFilter(condition: Condition | undefined, path: string): Finding[] {
  if (condition === undefined) return [];
  return leaves(condition, path).flatMap(({ leaf, at }) =>
    'segment' in leaf
      ? [
          {
            path: `${at}.segment`,
            message: `"${leaf.segment}" is a segment of units; a metric filters events by their properties`,
          },
        ]
      : comparison(leaf, at),
  );
}

/** The segments that a condition names itself, each once. */
export function segmentsOf(condition: Condition | undefined): string[] {
  if (condition === undefined) return [];
  const named = leaves(condition, '').flatMap(({ leaf }) =>
    'segment' in leaf ? [leaf.segment] : [],
  );
  return [...new Set(named)];
}

type Comparison = Extract<Condition, { attr: string }>;
type Leaf = Comparison | Extract<Condition, { segment: string }>;

function leaves(condition: Condition, path: string): { leaf: Leaf; at: string }[] {
  if ('all' in condition) return condition.all.flatMap((c, i) => leaves(c, `${path}.all.${i}`));
  if ('any' in condition) return condition.any.flatMap((c, i) => leaves(c, `${path}.any.${i}`));
  if ('not' in condition) return leaves(condition.not, `${path}.not`);
  return [{ leaf: condition, at: path }];
}

function comparison({ op, value }: Comparison, at: string): Finding[] {
  const fault = faultOf(op, value);
  return fault === undefined ? [] : [{ path: `${at}.value`, message: fault }];
}

// As the SDK reads them: anything else would silently match nobody.
const isoTime = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;
const version = /^v?\d+(\.\d+){0,2}(-[\w.-]+)?(\+[\w.-]+)?$/;

function faultOf(op: Comparison['op'], value: Comparison['value']): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (op === 'matches') return patternFault(value);
  if (
    (op === 'before' || op === 'after') &&
    (!isoTime.test(value) || Number.isNaN(Date.parse(value)))
  )
    return `is ${JSON.stringify(value)}, must be an ISO 8601 time such as 2026-03-01T09:00:00Z`;
  if (op.startsWith('semver') && !version.test(value))
    return `is ${JSON.stringify(value)}, must be a version such as 2.10.0`;
  return undefined;
}
