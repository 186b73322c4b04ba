import { describe, expect, it } from 'vitest';
import { statusOf, type Judged } from '@assay/server/readout/status';

const test = (nonInferior: boolean, deteriorated: boolean): Judged['margin'] => ({
  nonInferior,
  deteriorated,
  pNonInferior: null,
  pDeteriorated: null,
  worstLift: null,
  notes: [],
});
const judged: Judged = {
  role: 'primary',
  direction: 'up',
  absolute: { estimate: 1, low: 0.5, high: 1.5 },
  corrected: null,
  wanting: [],
  margin: null,
  hasMargin: false,
};
const above = { estimate: 1, low: 0.5, high: 1.5 };
const across = { estimate: 0.5, low: -0.5, high: 1.5 };
const below = { estimate: -1, low: -1.5, high: -0.5 };
const p = (pValue: number, alpha = 0.05) => ({ pValue, alpha });

describe('statusOf', () => {
  it.each<[string, Partial<Judged>, string]>([
    ['interval above 0', { absolute: above }, 'better'],
    ['interval below 0', { absolute: below }, 'worse'],
    ['interval across 0', { absolute: across }, 'neutral'],
    ['above 0 where lower is better', { absolute: above, direction: 'down' }, 'worse'],
    ['below 0 where lower is better', { absolute: below, direction: 'down' }, 'better'],
    ['corrected p above alpha', { corrected: p(0.06) }, 'neutral'],
    [
      'Holm rejects, the wider interval does not',
      { absolute: across, corrected: p(0.04) },
      'better',
    ],
    [
      'a secondary needs both',
      { role: 'secondary', absolute: across, corrected: p(0.04, 0.1) },
      'neutral',
    ],
    ['a secondary has both', { role: 'secondary', corrected: p(0.08, 0.1) }, 'better'],
    ['deteriorated one-sided', { absolute: across, margin: test(false, true) }, 'worse'],
    ['too early', { wanting: ['few_units'] }, 'insufficient'],
    ['no interval', { absolute: { estimate: 0, low: null, high: null } }, 'insufficient'],
  ])('success metric, %s', (_, more, status) => {
    expect(statusOf({ ...judged, ...more })).toBe(status);
  });

  it.each<[string, Partial<Judged>, string]>([
    ['within the margin', { absolute: across, margin: test(true, false) }, 'safe'],
    ['not shown to be within', { absolute: across, margin: test(false, false) }, 'not_proven'],
    ['worse, and not within', { absolute: below, margin: test(false, true) }, 'harmed'],
    ['worse, but within what was agreed', { absolute: below, margin: test(true, true) }, 'safe'],
    ['better', { absolute: above, margin: test(true, false) }, 'improved'],
    [
      'a fall where lower is better',
      { absolute: below, direction: 'down', margin: test(true, false) },
      'improved',
    ],
    ['undefined test', { absolute: across, margin: null }, 'not_proven'],
    [
      'no margin, no harm',
      { absolute: across, margin: test(true, false), hasMargin: false },
      'neutral',
    ],
    ['no margin, harm', { absolute: below, margin: test(true, true), hasMargin: false }, 'harmed'],
  ])('guardrail, %s', (_, more, status) => {
    expect(statusOf({ ...judged, role: 'guardrail', hasMargin: true, ...more })).toBe(status);
  });
});
