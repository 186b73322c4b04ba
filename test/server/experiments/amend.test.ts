import { describe, expect, it } from 'vitest';
import { amended, readAmendment } from '@assay/server/experiments/amend';
import { started, stopped } from '@assay/server/experiments/life';
import { made, noon, onePage } from '../../support/definitions.ts';

const act = { at: noon, by: 'ada', reason: 'the plan was too short' };
const china = { attr: 'country', op: 'eq', value: 'CN' };
const draft = made('experiments', { ...onePage, coverage: 20_000, audience: china });
const running = started(draft, act, 'k3v9x1a');
const later = { ...act, at: noon + 3_600_000 };
const amend = (changes: Record<string, unknown>, of = running) =>
  amended(of, readAmendment(of, changes), later, () => 'newsalt');

describe('an amendment', () => {
  it('is kept with its reason, author and difference', () => {
    const next = amend({ 'plan.days': 28 });
    expect(next.plan).toEqual({ mde: 0.05, unitsPerVariant: 19_780, days: 28 });
    expect(next.amendments).toEqual([
      {
        at: '2026-03-02T13:00:00.000Z',
        by: 'ada',
        reason: 'the plan was too short',
        changes: [{ path: 'plan.days', before: 21, after: 28 }],
      },
    ]);
    expect(next.planHash).toBe(running.planHash);
  });

  it('may take a member away', () => {
    expect(amend({ audience: null })).not.toHaveProperty('audience');
  });

  it.each([
    ['a metric', { 'metrics.secondary': [] }, 1],
    ['the analysis', { 'analysis.cuped': false }, 1],
    ['the name of a variant', { 'variants.0.name': 'Control' }, 1],
    ['coverage that grows', { coverage: 50_000 }, 1],
    ['coverage that shrinks', { coverage: 10_000 }, 2],
    ['weights', { 'variants.1.weight': 3 }, 2],
    ['the unit', { unit: 'deviceId' }, 2],
    ['the audience', { audience: null }, 2],
    ['the layer', { layer: { key: 'pages', slots: [[0, 5000]] } }, 2],
    ['holdouts', { holdouts: ['global'] }, 2],
    ['a new draw', { rerandomise: true }, 2],
  ])('of %s leaves phase %#: %j', (_, changes, phases) => {
    const next = amend(changes);
    expect(next.phases.map((p) => p.number)).toEqual([1, 2].slice(0, phases));
    expect(next.phases[0]?.endedAt).toBe(phases === 1 ? null : '2026-03-02T13:00:00.000Z');
  });

  it('notes where a ramp stands', () => {
    expect(amend({ coverage: 50_000 }).phases[0]?.ramp.map((r) => r.coverage)).toEqual([
      20_000, 50_000,
    ]);
  });

  it('keeps the salt unless everyone is drawn anew', () => {
    expect(amend({ 'variants.1.weight': 3 }).salt).toBe('k3v9x1a');
    const anew = amend({ rerandomise: true });
    expect([anew.salt, anew.phases[1]?.salt]).toEqual(['newsalt', 'newsalt']);
    expect(anew.amendments[0]?.changes).toEqual([
      { path: 'salt', before: 'k3v9x1a', after: 'newsalt' },
    ]);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ flag: 'cart' }, 'Unknown member of the plan "flag"'],
    [{ coverge: 1 }, 'Unknown member of the plan "coverge"; did you mean "coverage"?'],
    [{ salt: 'mine' }, 'Unknown member of the plan "salt"'],
    [{ coverage: 100_001 }, 'coverage is 100001, must be at most 100000'],
    [{ coverage: 20_000 }, 'Nothing changes in "one-page-checkout".'],
    [{}, 'Nothing changes in "one-page-checkout".'],
    [{ rerandomise: 'yes' }, 'must be true or false'],
    [{ '__proto__.polluted': 1 }, 'Unknown member of the plan "__proto__"'],
  ])('%j is refused', (changes, message) => {
    expect(() => amend(changes)).toThrow(message);
  });

  it('of a draft is refused: it can be edited', () => {
    expect(() => amend({ coverage: 1 }, draft)).toThrow('it is draft, must be running or stopped');
  });

  it('of a stopped one may change how it is read, not who was in it', () => {
    const over = stopped(running, act);
    expect(amend({ 'analysis.cuped': false }, over).amendments).toHaveLength(1);
    expect(() => amend({ 'variants.1.weight': 3 }, over)).toThrow('it is stopped, must be running');
  });
});
