import { createHash } from 'node:crypto';
import type { ExperimentBody } from '../contract/definitions.ts';

/** The members that are promised before start: how units are drawn, what is measured, and how it is judged. */
export const planNames = [
  'flag',
  'environment',
  'unit',
  'hypothesis',
  'variants',
  'control',
  'coverage',
  'audience',
  'layer',
  'holdouts',
  'sticky',
  'timeZone',
  'metrics',
  'analysis',
  'plan',
] as const satisfies readonly (keyof ExperimentBody)[];

/** SHA-256, in hex, of the canonical JSON (members sorted, no white space) of the plan and its decision rule. */
export function planHash(experiment: object): string {
  const plan = Object.fromEntries(
    Object.entries(experiment).filter(([name]) => planNames.some((p) => p === name)),
  );
  return createHash('sha256').update(canonical(plan)).digest('hex');
}

/** @example canonical({ b: 1, a: [2] }) // '{"a":[2],"b":1}' */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}
