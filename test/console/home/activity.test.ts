import { eventsByDay } from '@assay/console/features/home/activity';
import { expect, it } from 'vitest';

it('adds up names by day and shows days without events, across a month', () => {
  const events = [
    { name: 'a', day: '2026-03-01', events: 2, units: 1 },
    { name: 'b', day: '2026-03-01', events: 3, units: 1 },
    { name: 'a', day: '2026-02-27', events: 7, units: 1 },
    { name: 'a', day: '2026-01-01', events: 99, units: 1 },
  ];
  expect(eventsByDay({ events, exposures: [], lastEvent: null }, '2026-03-01', 4)).toEqual([
    { day: '2026-02-26', events: 0 },
    { day: '2026-02-27', events: 7 },
    { day: '2026-02-28', events: 0 },
    { day: '2026-03-01', events: 5 },
  ]);
});
