import {
  behaviour,
  past,
  poisson,
  seeded,
  traffic,
  visitor,
  type Action,
  type Layout,
  type Visitor,
} from './shop.ts';

/** What the shop's app does with the SDK. Times are simulated, ms since the epoch. */
export interface ShopApp {
  /** Meets the checkout: evaluates the flag, which logs the exposure. */
  enter(who: Visitor, at: number): Layout;
  act(who: Visitor, action: Action, at: number): void;
}

export interface SimulatorOptions {
  readonly app: ShopApp;
  readonly seed: number;
  readonly startedAt: number;
  readonly visitorsPerDay: number;
}

interface Pending {
  readonly at: number;
  readonly who: Visitor;
  readonly action: Action;
}

const day = 86_400_000;
/** Simulated time moves in whole steps of this length, so that the seed alone decides what happens, never the speed. */
const step = 60_000;

/** The shop's life, driven by `advance`: deterministic for a seed, whatever the speed. */
export function createSimulator({ app, seed, startedAt, visitorsPerDay }: SimulatorOptions) {
  const rng = seeded(seed);
  const agenda = new Agenda();
  let now = startedAt;
  let visitors = 0;

  function arrive(at: number): void {
    const who = visitor(visitors, rng);
    visitors += 1;
    for (const action of past(who, rng)) app.act(who, action, at + action.after);
    const layout = app.enter(who, at);
    for (const action of behaviour(who, layout, rng))
      agenda.add({ at: at + action.after, who, action });
  }

  return {
    /** Lets whole steps pass up to `until`, ms; returns how many visitors came. */
    advance(until: number): number {
      const before = visitors;
      while (now + step <= until) {
        const end = now + step;
        const expected = (visitorsPerDay * traffic(now) * (end - now)) / day;
        const arrivals = Array.from(
          { length: poisson(rng, expected) },
          () => now + rng() * (end - now),
        );
        for (const at of arrivals.toSorted((a, b) => a - b)) arrive(at);
        for (const due of agenda.until(end)) app.act(due.who, due.action, due.at);
        now = end;
      }
      return visitors - before;
    },
    get now() {
      return now;
    },
    get visitors() {
      return visitors;
    },
  };
}
export type Simulator = ReturnType<typeof createSimulator>;

/** What is still to happen, by the hour: cheap to add to, sorted only when its hour comes. */
class Agenda {
  readonly #hours = new Map<number, Pending[]>();
  #next = Number.POSITIVE_INFINITY;

  add(pending: Pending): void {
    const hour = Math.floor(pending.at / 3_600_000);
    const bucket = this.#hours.get(hour);
    if (bucket === undefined) this.#hours.set(hour, [pending]);
    else bucket.push(pending);
    this.#next = Math.min(this.#next, hour);
  }

  /** Removes and returns everything due before `end`, in order of time. */
  until(end: number): Pending[] {
    const due: Pending[] = [];
    const last = Math.floor(end / 3_600_000);
    for (let hour = this.#next; hour <= last; hour++) {
      const bucket = this.#hours.get(hour);
      if (bucket === undefined) continue;
      due.push(...bucket.filter((p) => p.at < end));
      const left = bucket.filter((p) => p.at >= end);
      if (left.length === 0) this.#hours.delete(hour);
      else this.#hours.set(hour, left);
    }
    this.#next = this.#hours.size === 0 ? Number.POSITIVE_INFINITY : last;
    return due.toSorted((a, b) => a.at - b.at);
  }
}
