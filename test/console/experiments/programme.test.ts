import { programme } from '@assay/console/features/experiments/programme';
import { expect, it } from 'vitest';
import { experiment } from './sample.ts';

const at = (text: string) => new Date(text).toISOString();
const decision = (day: string, outcome: 'ship' | 'rollback') => ({
  status: 'decided' as const,
  startedAt: at('2026-10-01T12:00:00'),
  decision: { outcome, note: '', at: at(`${day}T12:00:00`), by: 'lin' },
});

it('counts this calendar quarter against the one before', () => {
  const all = [
    experiment({ key: 'a', owner: 'growth' }),
    experiment({ key: 'b', owner: 'search' }),
    experiment({ key: 'c', owner: '' }),
    experiment({ key: 'd', ...decision('2026-10-11', 'ship') }),
    experiment({ key: 'e', ...decision('2026-10-21', 'rollback') }),
    experiment({ key: 'f', ...decision('2026-11-20', 'ship') }),
    experiment({
      key: 'g',
      ...decision('2026-09-30', 'ship'),
      startedAt: at('2026-09-01T12:00:00'),
    }),
  ];
  expect(programme(all, Date.parse('2026-11-21T12:00:00'))).toEqual({
    running: 3,
    owners: 2,
    decided: 3,
    decidedBefore: 1,
    shipped: 2,
    medianDays: 20,
  });
});

it('has no median without a decision', () => {
  expect(programme([], Date.parse('2026-01-02T12:00:00')).medianDays).toBeNull();
});
