import { createSimulator, type ShopApp } from '@assay/server/demo/simulator';
import { expect, it } from 'vitest';

const start = Date.UTC(2026, 9, 5);
const day = 86_400_000;

function recording() {
  const seen: string[] = [];
  const orders = { classic: 0, 'one-page': 0 };
  const units = { classic: 0, 'one-page': 0 };
  const layouts = new Map<string, 'classic' | 'one-page'>();
  const times: number[] = [];
  const app: ShopApp = {
    enter(who, at) {
      const layout = units.classic <= units['one-page'] ? 'classic' : 'one-page';
      layouts.set(who.id, layout);
      units[layout] += 1;
      seen.push(`enter ${who.id} ${at}`);
      times.push(at);
      return layout;
    },
    act(who, action, at) {
      seen.push(`${action.name} ${who.id} ${at} ${action.value}`);
      const layout = layouts.get(who.id);
      if (layout !== undefined && action.name === 'order_paid') orders[layout] += 1;
    },
  };
  return { app, seen, orders, units, times };
}

it('is the same shop for the same seed, whatever the speed', () => {
  const slow = recording();
  const fast = recording();
  const a = createSimulator({ app: slow.app, seed: 7, startedAt: start, visitorsPerDay: 500 });
  for (let at = start; at < start + 2 * day; at += 97_000) a.advance(at);
  a.advance(start + 2 * day);
  createSimulator({ app: fast.app, seed: 7, startedAt: start, visitorsPerDay: 500 }).advance(
    start + 2 * day,
  );
  expect(slow.seen).toEqual(fast.seen);
  expect(slow.seen.length).toBeGreaterThan(2_000);
});

it('has about the traffic and the conversion that it is said to have', () => {
  const { app, orders, units } = recording();
  const shop = createSimulator({ app, seed: 1, startedAt: start, visitorsPerDay: 5_000 });
  shop.advance(start + 21 * day);
  expect(shop.visitors / 21).toBeGreaterThan(4_700);
  expect(shop.visitors / 21).toBeLessThan(5_300);
  // Late orders of the last days are still to come, so the shares lie a little below 12.4 % and 13.33 %.
  expect(orders.classic / units.classic).toBeGreaterThan(0.112);
  expect(orders.classic / units.classic).toBeLessThan(0.13);
  expect(orders['one-page'] / units['one-page'] / (orders.classic / units.classic)).toBeGreaterThan(
    1.03,
  );
});

it('never lets anything happen after the time it was advanced to', () => {
  const { app, times } = recording();
  createSimulator({ app, seed: 3, startedAt: start, visitorsPerDay: 2_000 }).advance(
    start + day / 2,
  );
  expect(Math.max(...times)).toBeLessThan(start + day / 2);
  expect(Math.min(...times)).toBeGreaterThanOrEqual(start);
});
