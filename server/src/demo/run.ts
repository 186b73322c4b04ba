import type { Clock } from '../http/handler.ts';
import type { DemoApp } from './app.ts';
import type { Simulator } from './simulator.ts';

export interface RunOptions {
  readonly app: DemoApp;
  readonly shop: Simulator;
  readonly startedAt: number;
  /** What happened up to here was sent before a restart: it is gone through at once, in silence. ms. */
  readonly sentUntil: number;
  readonly clock: Clock;
  readonly log: (message: string) => void;
}
/** A shop whose time passes: `speed` simulated seconds a second, never past the present. */
export interface Run {
  /** Simulated time reached, ms. */
  readonly reached: number;
  readonly visitors: number;
  go(speed: number): Promise<void>;
  pause(): Promise<void>;
}

const tick = 50;
/** Simulated time passes in bites of at most this, so that a tick never holds the server up. ms. */
const bite = 3 * 3_600_000;

export function createRun({ app, shop, startedAt, sentUntil, clock, log }: RunOptions): Run {
  const state = { reached: startedAt, last: clock(), speed: 0 };
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();

  async function pass(): Promise<void> {
    const at = clock();
    const wished = state.reached + (at - state.last) * state.speed;
    const target = Math.min(at, Math.max(wished, sentUntil));
    state.last = at;
    while (state.reached < target && state.speed > 0) {
      state.reached = Math.min(target, state.reached + bite);
      shop.advance(state.reached);
      await app.roomy();
      await new Promise(setImmediate);
    }
  }

  function schedule(): void {
    timer = setTimeout(() => {
      working = pass().then(schedule, (error: unknown) => {
        log(`the demo stumbled: ${String(error)}`);
      });
    }, tick);
  }

  async function pause(): Promise<void> {
    state.speed = 0;
    clearTimeout(timer);
    await working;
    clearTimeout(timer);
  }

  return {
    get reached() {
      return state.reached;
    },
    get visitors() {
      return shop.visitors;
    },
    async go(speed) {
      await pause();
      state.speed = speed;
      state.last = clock();
      schedule();
    },
    pause,
  };
}
