import type { Alternative, Method, Note } from './comparison.ts';
import { studentIsf, studentLnSf } from './distributions/student.ts';
import { normalIsfLn, normalSf } from './distributions/normal.ts';
import type { Reference } from './reference.ts';
import { type SequentialSide, sequentialSide } from './sequential-side.ts';
import type { Spending } from './spending.ts';

export interface GroupOptions {
  readonly method: Extract<Method, { kind: 'groupSequential' }>;
  readonly alpha: number;
  readonly alternative: Alternative;
  readonly df: number;
}

const WIN: Spending = { kind: 'obrienFleming' };
const HARM: Spending = { kind: 'pocock' };

/**
 * The reference of a group sequential look: two one-sided designs, each valid alone: O'Brien–Fleming spending towards the
 * win and Pocock spending towards harm, unless the method says otherwise. Student's t is carried to the normal scale by its p-value.
 * @example groupReference({ method: { kind: 'groupSequential', looks: [0.2, 0.4], direction: 'up' }, alpha: 0.05, alternative: 'two-sided', df: Infinity }).reference.reach // { below: 3.357011922, above: 2.426813858 }
 */
export function groupReference({ method, alpha, alternative, df }: GroupOptions): {
  readonly reference: Reference;
  readonly note?: Note;
} {
  const { looks, direction, win = WIN, harm = HARM } = method;
  const final = method.final ?? false;
  const level = alternative === 'two-sided' ? alpha / 2 : alpha;
  const side = (spending: Spending): SequentialSide =>
    sequentialSide({ spending, alpha: level, looks, final });
  const greater = alternative === 'less' ? null : side(direction === 'up' ? win : harm);
  const less = alternative === 'greater' ? null : side(direction === 'up' ? harm : win);
  const reference: Reference = {
    reach: { below: reach(greater, df), above: reach(less, df) },
    lnP: (t) => {
      const lnUp = greater?.lnP(toNormal(t, df)) ?? 0;
      const lnDown = less?.lnP(toNormal(-t, df)) ?? 0;
      return Math.min(0, Math.min(lnUp, lnDown) + (greater && less ? Math.LN2 : 0));
    },
  };
  return final || looks.at(-1)! >= 1 ? { reference, note: 'planned_end' } : { reference };
}

function reach(side: SequentialSide | null, df: number): number {
  if (!side) return Number.POSITIVE_INFINITY;
  return Number.isFinite(df) ? studentIsf(normalSf(side.critical), df) : side.critical;
}

function toNormal(t: number, df: number): number {
  return Number.isFinite(df) ? normalIsfLn(studentLnSf(t, df)) : t;
}
