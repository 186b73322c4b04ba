import type { DemoState } from '../contract/looking.ts';
import type { SdkKeys } from '../accounts/sdk-keys.ts';
import type { Catalogue } from '../definitions/catalogue.ts';
import { makeSalt } from '../definitions/salt.ts';
import type { Clock, Random } from '../http/handler.ts';
import type { EventStore } from '../store/events/port.ts';
import {
  demoChanges,
  demoEnvironment,
  demoExperiment,
  demoKeys,
  demoVisitorsPerDay,
} from './definitions.ts';
import { createDemoApp, type DemoApp } from './app.ts';
import { turnstile } from '../turnstile.ts';
import { createRun, type Run } from './run.ts';
import { createSimulator } from './simulator.ts';

export interface DemoDeps {
  readonly catalogue: Catalogue;
  readonly events: EventStore;
  readonly sdkKeys: SdkKeys;
  /** Where the server answers: the demo's app is a client like any other. */
  readonly url: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: (message: string) => void;
}
export interface By {
  readonly author: string;
  readonly requestId: string;
}
export interface Wish {
  readonly speed?: number | undefined;
  readonly paused?: boolean | undefined;
}
export interface Demo {
  state(): DemoState;
  /** Creates the demo where there is none, or goes on with the one there is; changes its speed, or pauses it. */
  run(
    wish: { speed?: number | undefined; paused?: boolean | undefined },
    by: By,
  ): Promise<DemoState>;
  /** Removes the demo with every definition and event of it. */
  remove(by: By): Promise<DemoState>;
  /** The demo's simulated time, ms; undefined outside the demo's environment or while none runs. */
  now(environment: string): number | undefined;
  close(): Promise<void>;
}

const day = 86_400_000;
/** The experiment is said to have started so long ago: at the default speed it is caught up with in three minutes. */
const headStart = 17 * day;
/** A day in ten seconds. */
const defaultSpeed = 8_640;
const seed = 20_261_111;

interface Open {
  readonly run: Run;
  readonly app: DemoApp;
  readonly startedAt: number;
}

/** The demo shop of this server: at most one. */
export function createDemo(deps: DemoDeps): Demo {
  const inTurn = turnstile();
  let open: Open | undefined;
  let speed = defaultSpeed;
  let paused = false;

  const exists = () => deps.catalogue.environments().some((e) => e.key === demoEnvironment);

  function state(): DemoState {
    return {
      status: !exists() ? 'absent' : open === undefined || paused ? 'paused' : 'running',
      environment: demoEnvironment,
      experiment: demoExperiment,
      speed,
      visitors: open?.run.visitors ?? 0,
      simulatedDays: open === undefined ? 0 : (open.run.reached - open.startedAt) / day,
    };
  }

  async function go(wish: Wish, by: By): Promise<DemoState> {
    speed = wish.speed ?? speed;
    paused = wish.paused ?? false;
    open ??= await start(deps, by);
    if (paused) await open.run.pause();
    else await open.run.go(speed);
    return state();
  }

  async function stop(): Promise<void> {
    const now = open;
    open = undefined;
    if (now === undefined) return;
    await now.run.pause();
    await now.app.close();
    await revokeKeys(deps, { author: 'demo', requestId: 'demo' });
  }

  async function remove(by: By): Promise<DemoState> {
    await stop();
    paused = false;
    speed = defaultSpeed;
    if (exists()) {
      await revokeKeys(deps, by);
      await deps.catalogue.purge(demoKeys, { ...by, at: deps.clock() });
      await deps.events.clear(demoEnvironment);
    }
    return state();
  }

  return {
    state,
    run: (wish, by) => inTurn(() => go(wish, by)),
    remove: (by) => inTurn(() => remove(by)),
    now: (environment) => (environment === demoEnvironment ? open?.run.reached : undefined),
    close: () => inTurn(stop),
  };
}

/** Defines the demo where it is not, and opens the shop where it left off. */
async function start(deps: DemoDeps, by: By): Promise<Open> {
  const { catalogue, clock, log } = deps;
  const now = clock();
  if (catalogue.experiment(demoExperiment) === undefined)
    await catalogue.change(
      demoChanges({ startedAt: now - headStart, now, salt: makeSalt(deps.random), ...by }),
    );
  const startedAt = Date.parse(catalogue.experiment(demoExperiment)?.startedAt ?? '');
  await revokeKeys(deps, by);
  const key = { environment: demoEnvironment, kind: 'server', name: 'demo shop' } as const;
  const { text } = await deps.sdkKeys.make(key, by);
  const [newest] = await deps.events.recent(demoEnvironment, 1);
  const sentUntil = newest?.time ?? startedAt - 1;
  const app = createDemoApp({ url: deps.url, key: text, log, sentUntil });
  await app.ready();
  const shop = createSimulator({ app, seed, startedAt, visitorsPerDay: demoVisitorsPerDay });
  return { run: createRun({ app, shop, startedAt, sentUntil, clock, log }), app, startedAt };
}

/** Also those that a crash left behind. */
async function revokeKeys({ sdkKeys }: DemoDeps, by: By): Promise<void> {
  const keys = await sdkKeys.list();
  for (const key of keys.filter((k) => k.environment === demoEnvironment))
    await sdkKeys.revoke(key.id, by);
}
