import { describe, expect, it } from 'vitest';
import { decided, ramped, servedAfter, started, stopped } from '@assay/server/experiments/life';
import { planHash } from '@assay/server/experiments/plan-hash';
import { made, noon, onePage } from '../../support/definitions.ts';

const hour = 3_600_000;
const act = (hours = 0, reason = 'because') => ({ at: noon + hours * hour, by: 'ada', reason });
const draft = made('experiments', { ...onePage, coverage: 20_000 });
const running = started(draft, act(), 'k3v9x1a');

describe('start', () => {
  it('locks the plan and opens phase 1', () => {
    expect(running).toMatchObject({
      status: 'running',
      salt: 'k3v9x1a',
      startedAt: '2026-03-02T12:00:00.000Z',
      planHash: planHash(draft),
      phases: [
        {
          number: 1,
          startedAt: '2026-03-02T12:00:00.000Z',
          endedAt: null,
          salt: 'k3v9x1a',
          ramp: [{ at: '2026-03-02T12:00:00.000Z', coverage: 20_000 }],
          variants: [
            { key: 'classic', weight: 1 },
            { key: 'one-page', weight: 1 },
          ],
          reason: 'because',
        },
      ],
    });
  });
});

describe('ramp', () => {
  it('keeps the phase when it grows', () => {
    const wider = ramped(running, 50_000, act(1));
    expect(wider.coverage).toBe(50_000);
    expect(wider.phases).toHaveLength(1);
    expect(wider.phases[0]?.ramp.map((r) => r.coverage)).toEqual([20_000, 50_000]);
  });

  it('begins the next phase when it shrinks, with the same salt', () => {
    const { phases } = ramped(running, 10_000, act(1));
    expect(phases.map((p) => [p.number, p.startedAt, p.endedAt, p.salt])).toEqual([
      [1, '2026-03-02T12:00:00.000Z', '2026-03-02T13:00:00.000Z', 'k3v9x1a'],
      [2, '2026-03-02T13:00:00.000Z', null, 'k3v9x1a'],
    ]);
    expect(phases[1]?.ramp).toEqual([{ at: '2026-03-02T13:00:00.000Z', coverage: 10_000 }]);
  });

  it('does nothing where nothing changes', () => {
    expect(ramped(running, 20_000, act(1))).toBe(running);
  });
});

describe('the end', () => {
  const verdict = { outcome: 'ship', variant: 'one-page', note: 'It won.' } as const;

  it('stop ends the phase', () => {
    expect(stopped(running, act(2))).toMatchObject({
      status: 'stopped',
      stoppedAt: '2026-03-02T14:00:00.000Z',
      phases: [{ endedAt: '2026-03-02T14:00:00.000Z' }],
    });
  });

  it('decide records who, when and why, and stops what still runs', () => {
    expect(decided(running, verdict, act(3))).toMatchObject({
      status: 'decided',
      stoppedAt: '2026-03-02T15:00:00.000Z',
      decision: { ...verdict, at: '2026-03-02T15:00:00.000Z', by: 'ada' },
      phases: [{ endedAt: '2026-03-02T15:00:00.000Z' }],
    });
  });

  it('a decision later than the stop leaves the stop where it was', () => {
    const done = decided(stopped(running, act(2)), verdict, act(5));
    expect(done.stoppedAt).toBe('2026-03-02T14:00:00.000Z');
    expect(done.phases[0]?.endedAt).toBe('2026-03-02T14:00:00.000Z');
  });
});

describe('what is served after a decision', () => {
  const three = made('experiments', {
    ...onePage,
    variants: [...onePage.variants, { key: 'two-page', weight: 1 }],
  });
  it.each([
    [draft, { outcome: 'ship', variant: 'one-page' }, 'one-page'],
    [draft, { outcome: 'ship' }, 'one-page'],
    [three, { outcome: 'ship', variant: 'two-page' }, 'two-page'],
    [draft, { outcome: 'rollback' }, 'classic'],
    [draft, { outcome: 'inconclusive', variant: 'one-page' }, 'classic'],
  ] as const)('%#: %o', (experiment, verdict, variant) => {
    expect(servedAfter(experiment, verdict)).toBe(variant);
  });
  it.each([
    [three, { outcome: 'ship' }, 'variant is missing, must be one of one-page, two-page'],
    [
      draft,
      { outcome: 'ship', variant: 'classic' },
      'is the control "classic": to keep it, roll back',
    ],
    [draft, { outcome: 'ship', variant: 'x' }, 'variant is "x", must be one of one-page'],
  ] as const)('%#: refuses %o', (experiment, verdict, message) => {
    expect(() => servedAfter(experiment, verdict)).toThrow(message);
  });
});

describe('what is out of turn is refused', () => {
  const all = { draft, running, stopped: stopped(running, act(1)) } as const;
  const acts = {
    start: (e: typeof draft) => started(e, act(), 'k3v9x1a'),
    ramp: (e: typeof draft) => ramped(e, 1, act()),
    stop: (e: typeof draft) => stopped(e, act()),
    decide: (e: typeof draft) =>
      decided(e, { outcome: 'rollback', variant: 'classic', note: '' }, act()),
  };
  it.each([
    ['start', 'running', 'must be draft'],
    ['start', 'stopped', 'must be draft'],
    ['ramp', 'draft', 'must be running'],
    ['ramp', 'stopped', 'must be running'],
    ['stop', 'draft', 'must be running'],
    ['decide', 'draft', 'must be running or stopped'],
  ] as const)('%s of a %s one', (name, status, message) => {
    expect(() => acts[name](all[status])).toThrow(
      `Cannot ${name} experiment "one-page-checkout": it is ${status}, ${message}.`,
    );
  });
});
