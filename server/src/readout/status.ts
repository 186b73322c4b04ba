import type { MetricReadout, MetricResult } from '../contract/readout.ts';
import type { MarginTest } from '../stats/margin.ts';

export type Status = MetricResult['status'];

/** A result before it has its word: what the statuses are decided from. */
export interface Judged {
  readonly role: MetricReadout['role'];
  readonly direction: 'up' | 'down';
  readonly absolute: MetricResult['absolute'];
  /** The corrected p-value and the level it must not exceed; null where only the interval speaks. */
  readonly corrected: { readonly pValue: number; readonly alpha: number } | null;
  /** Reasons to hold back, as note codes; any makes the result `insufficient`. */
  readonly wanting: readonly string[];
  readonly margin: MarginTest | null;
  readonly hasMargin: boolean;
}

/**
 * The word for one result.
 * Primary: better / worse when its corrected p-value says so (Holm may reject where a simultaneous interval, which is
 * wider, still covers 0). Secondary: when interval and corrected p-value agree. Both: worse when the one-sided
 * deterioration test says so. Guardrails: harmed when shown to be worse and not shown to stay within the
 * margin; improved; safe when shown to stay within it; else not proven, or neutral where no margin was set.
 */
export function statusOf(judged: Judged): Status {
  if (judged.wanting.length > 0 || isOpen(judged.absolute)) return 'insufficient';
  return judged.role === 'guardrail' ? guardrailStatus(judged) : successStatus(judged);
}

const isOpen = ({ low, high }: Judged['absolute']): boolean => low === null && high === null;

function successStatus(judged: Judged): Status {
  const shown = shownSide(judged);
  if (shown === 'good') return 'better';
  return shown === 'bad' || judged.margin?.deteriorated === true ? 'worse' : 'neutral';
}

function shownSide(judged: Judged): Side {
  const { role, corrected, absolute, direction } = judged;
  if (corrected === null) return side(judged);
  if (corrected.pValue > corrected.alpha) return 'both';
  if (role === 'secondary') return side(judged);
  return Number(absolute.estimate) > 0 === (direction === 'up') ? 'good' : 'bad';
}

function guardrailStatus(judged: Judged): Status {
  const { margin } = judged;
  const within = judged.hasMargin && margin?.nonInferior === true;
  if (margin?.deteriorated === true && !within) return 'harmed';
  if (side(judged) === 'good') return 'improved';
  if (within) return 'safe';
  return judged.hasMargin ? 'not_proven' : 'neutral';
}

type Side = 'good' | 'bad' | 'both';
/** On which side of no difference the whole interval lies. Direction turns the words, never the numbers. */
function side({ absolute, direction }: Judged): Side {
  if (absolute.low !== null && absolute.low > 0) return direction === 'up' ? 'good' : 'bad';
  if (absolute.high !== null && absolute.high < 0) return direction === 'up' ? 'bad' : 'good';
  return 'both';
}
