import type { StoredEvent } from '@assay/server/store/events/port';
import { day, started } from './given.ts';

/**
 * An experiment whose every figure can be counted by hand: units a0 … a999 and b0 … b999, exposed evenly over ten days.
 * Unit i pays when i is a multiple of 10 (a) or of 5 (b), two hours later; 10 each, i = 0 pays 1,000. Even units are on
 * the web, odd ones on a phone. Every 20th unit of either variant asks its money back.
 */
export function plantedEvents(): StoredEvent[] {
  const events: StoredEvent[] = [];
  for (const variant of ['a', 'b'])
    for (let i = 0; i < 1_000; i++) {
      const unit = `${variant}${i}`;
      const at = started + Math.floor((i * 10 * day) / 1_000);
      events.push(exposure(unit, variant, at, i % 2 === 0 ? 'web' : 'phone'));
      if (i % (variant === 'a' ? 10 : 5) === 0)
        events.push(track(unit, 'paid', at + 2 * hour, i === 0 ? 1_000 : 10));
      if (i % 20 === 0) events.push(track(unit, 'refund', at + 3 * hour));
      // Before exposure: what CUPED and the pre-period check look at.
      if (i % 7 === 0) events.push(track(unit, 'paid', at - day, 10));
    }
  return events;
}

const hour = 3_600_000;
let serial = 0;
const base = (unit: string, at: number) => ({
  id: `00000000-0000-7000-8000-${String(serial++).padStart(12, '0')}`,
  at,
  time: at,
  received: at,
  environment: 'production',
  unitType: 'userId',
  unit,
  source: 'sdk' as const,
});
export function exposure(unit: string, variant: string, at: number, platform: string): StoredEvent {
  const attributes = { platform };
  return {
    ...base(unit, at),
    type: 'exposure',
    flag: 'flag',
    experiment: 'exp',
    variant,
    phase: 1,
    attributes,
  };
}
export function track(unit: string, name: string, at: number, value?: number): StoredEvent {
  return { ...base(unit, at), type: 'track', name, ...(value === undefined ? {} : { value }) };
}
