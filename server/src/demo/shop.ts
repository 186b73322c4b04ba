/** The demo's imaginary shop: who comes, and what they do. Pure and seeded: the same seed gives the same shop. */

export type Rng = () => number;
export type Layout = 'classic' | 'one-page';

export interface Visitor {
  readonly id: string;
  readonly attributes: {
    readonly country: string;
    readonly platform: string;
    readonly customer: string;
  };
  /** How much this person likes to buy; also drives what they did before the experiment. 1 is average. */
  readonly taste: number;
}
/** Something a visitor does, `after` ms from the moment they meet the checkout (negative: before it). */
export interface Action {
  readonly after: number;
  readonly name: string;
  readonly value?: number;
  readonly properties?: Readonly<Record<string, string | number>>;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** What the one-page layout truly does: the readout should find these, within its intervals. */
export const truth = {
  checkout: { classic: 0.124, 'one-page': 0.1333 },
  addToCart: { classic: 0.312, 'one-page': 0.318 },
  /** Share of orders that come back. */
  refund: { classic: 0.186, 'one-page': 0.171 },
  paymentFailure: { classic: 0.0112, 'one-page': 0.0105 },
  loadMs: { classic: 760, 'one-page': 766 },
} as const;

/** mulberry32: small, seeded, good enough for a shop. */
export function seeded(seed: number): Rng {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function visitor(index: number, rng: Rng): Visitor {
  return {
    id: `demo-${index.toString(36)}`,
    attributes: {
      country: rng() < 0.82 ? 'CN' : 'SG',
      platform: pick(rng, [
        ['ios', 0.38],
        ['android', 0.35],
        ['web', 0.27],
      ]),
      customer: rng() < 0.41 ? 'new' : 'returning',
    },
    taste: Math.exp(normal(rng) * 0.5 - 0.125),
  };
}

/** What the visitor did in the two weeks before, in order of time. New customers did nothing. */
export function past(who: Visitor, rng: Rng): Action[] {
  if (who.attributes.customer === 'new') return [];
  const orders = poisson(rng, 0.35 * who.taste);
  return Array.from({ length: orders }, () => order(who, rng, -rng() * 13 * day - hour)).toSorted(
    (a, b) => a.after - b.after,
  );
}

/** What the visitor does from the checkout on, in order of time. */
export function behaviour(who: Visitor, layout: Layout, rng: Rng): Action[] {
  const actions: Action[] = [
    {
      after: 400,
      name: 'checkout_load',
      value: loadTime(layout, rng),
      properties: { platform: who.attributes.platform },
    },
  ];
  const appetite = Math.min(who.taste, 2.5);
  if (rng() < truth.addToCart[layout] * share(appetite))
    actions.push({ after: 40_000 * (0.5 + rng()), name: 'add_to_cart' });
  if (rng() < truth.checkout[layout] * share(appetite)) {
    const paid = order(who, rng, delay(rng));
    actions.push(paid);
    if (rng() < truth.refund[layout])
      actions.push({ after: paid.after + 2 * hour, name: 'refund', value: paid.value ?? 0 });
  }
  if (rng() < truth.paymentFailure[layout])
    actions.push({ after: 3 * minute, name: 'payment_failed' });
  for (const back of [1, 2, 4, 7, 10])
    if (rng() < 0.42 / Math.sqrt(back))
      actions.push({ after: back * day + rng() * 20 * hour, name: 'session' });
  return actions.toSorted((a, b) => a.after - b.after);
}

/** Visitors an hour as a share of the daily mean: quiet nights, busy evenings, fuller weekends. */
export function traffic(time: number): number {
  const hours = (time / hour + 8) % 24;
  const weekday = Math.floor(time / day + 4) % 7;
  return (
    (1 + 0.6 * Math.sin(((hours - 14) / 24) * 2 * Math.PI)) *
    (weekday === 0 || weekday === 6 ? 1.15 : 0.94)
  );
}

export function poisson(rng: Rng, mean: number): number {
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(rng)));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = rng(); product > limit; product *= rng()) count++;
  return count;
}

function order(who: Visitor, rng: Rng, after: number): Action {
  const value = Math.round(100 * (60 + 132 * who.taste * Math.exp(normal(rng) * 0.6 - 0.18))) / 100;
  return {
    after,
    name: 'order_paid',
    value,
    properties: { currency: 'CNY', sku: `sku-${1 + Math.floor(rng() * 400)}` },
  };
}

/** Taste shifts the chance around its mean; the mean over all visitors stays the truth. */
function share(appetite: number): number {
  return 0.55 + 0.45 * appetite * 1.01;
}

function delay(rng: Rng): number {
  return rng() < 0.8 ? 2 * minute + rng() * 20 * minute : rng() * 5 * day;
}

function loadTime(layout: Layout, rng: Rng): number {
  return Math.round(truth.loadMs[layout] * Math.exp(normal(rng) * 0.55));
}

function normal(rng: Rng): number {
  return Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng());
}

function pick(rng: Rng, options: readonly (readonly [string, number])[]): string {
  let left = rng();
  for (const [name, part] of options) {
    left -= part;
    if (left < 0) return name;
  }
  return options.at(-1)?.[0] ?? '';
}
