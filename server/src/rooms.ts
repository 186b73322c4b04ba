import { join } from 'node:path';
import type { Logger } from 'pino';
import { createPasswords } from './accounts/passwords.ts';
import { accountRoutes } from './accounts/routes.ts';
import { createAccounts, type Accounts } from './accounts/service.ts';
import { openKept } from './calibration/kept.ts';
import { nightly } from './calibration/nightly.ts';
import { calibrationRoutes } from './calibration/routes.ts';
import { calibrations } from './calibration/service.ts';
import type { Config } from './config.ts';
import { openCatalogue } from './definitions/catalogue.ts';
import { definitionHandlers } from './definitions/routes.ts';
import { createDelivery } from './delivery/http.ts';
import { demoEnvironment } from './demo/definitions.ts';
import { demoHandlers } from './demo/routes.ts';
import { createDemo, type Demo } from './demo/service.ts';
import { experimentHandlers } from './experiments/routes.ts';
import type { DataHandler } from './http/data-plane.ts';
import type { Clock, Handlers, Random } from './http/handler.ts';
import { openImportJobs } from './importing/jobs.ts';
import { importRoutes } from './importing/routes.ts';
import { createIntake } from './intake/http.ts';
import { knowsOf } from './intake/knows.ts';
import { watchLag } from './intake/shed.ts';
import { createLooking } from './looking/routes.ts';
import type { Metrics } from './operations/metrics.ts';
import { aboutRoutes } from './operations/routes.ts';
import { planningRoutes } from './planning/routes.ts';
import { readoutRoutes } from './readout/routes.ts';
import { readouts } from './readout/service.ts';
import type { Stores } from './store/open.ts';

export interface RoomDeps {
  readonly config: Config;
  /** Where people reach the server, and where it reaches itself. */
  readonly url: string;
  readonly localUrl: string;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly metrics: Metrics;
}
export interface Rooms {
  readonly accounts: Accounts;
  readonly demo: Demo;
  readonly handlers: Handlers;
  readonly dataPlane: readonly DataHandler[];
  /** Ends what would never end by itself, while the server still answers: the demo, open streams. */
  wind(): Promise<void>;
  /** What was taken in is stored. Nothing calls any more. */
  close(): Promise<void>;
}

const day = 86_400_000;
const flushEvery = 60_000;

/** Opens every room and puts their routes together. */
export async function openRooms(deps: RoomDeps): Promise<Rooms> {
  const { config, url, localUrl, stores, clock, random, log, metrics } = deps;
  const { events } = stores;
  const chance = () => (random(1)[0] ?? 0) / 256;
  const bug = (err: unknown, requestId: string) => {
    log.error({ err, requestId }, 'bug');
  };
  const accounts = await createAccounts(
    { store: stores.accounts, passwords: createPasswords(), clock, random },
    { ...config, url },
  );
  const { sdkKeys } = accounts;
  const authenticate = (key: string) => sdkKeys.authenticate(key);
  const catalogue = await openCatalogue(stores.definitions, clock);
  // Who is refused an evaluation serves its default: only a lag that lasts (five samples) is worth that.
  const load = watchLag({ now: () => performance.now(), random: () => 0.5 + chance() / 2 });
  const delivery = createDelivery({
    catalogue,
    authenticate,
    clock,
    chance,
    bug,
    prefix: new URL(url).pathname.replace(/\/$/, ''),
    isBusy: load.refuses,
  });
  const intake = createIntake({
    store: events,
    authenticate,
    clock,
    chance,
    bug,
    knows: knowsOf(catalogue),
    sourceOf: (environment) => (environment === demoEnvironment ? 'demo' : 'sdk'),
    maxLateMs: config.maxLateDays * day,
    count: metrics.events,
  });
  const looking = createLooking({
    catalogue,
    publisher: delivery.publisher,
    events,
    subscribe: (environment, listener) => intake.subscribe(environment, listener),
    audit: stores.definitions,
    clock,
  });
  const jobs = await openImportJobs(join(config.data, 'imports'));
  const demo = createDemo({
    catalogue,
    events,
    sdkKeys,
    url: localUrl,
    clock,
    random,
    log: (message) => {
      log.info(message);
    },
  });
  const calibrating = calibrations({
    definitions: catalogue,
    events,
    kept: await openKept(config.data),
    clock,
    random,
  });
  const stopNightly = nightly(
    () =>
      calibrating.runAll((err, metric) => {
        log.warn({ err, metric }, 'not calibrated');
      }),
    clock,
  );
  const flushing = setInterval(() => {
    accounts.flush().catch((error: unknown) => {
      bug(error, 'flush');
    });
  }, flushEvery).unref();
  return {
    accounts,
    demo,
    handlers: {
      ...accountRoutes(accounts, (key) => catalogue.environments().some((e) => e.key === key)),
      ...definitionHandlers({ catalogue, store: stores.definitions, random, clock }),
      ...experimentHandlers({ catalogue, clock, random }),
      ...readoutRoutes(
        readouts({
          definitions: catalogue,
          events,
          looks: stores.looks,
          clock,
          simulated: (environment) => demo.now(environment),
        }),
      ),
      ...calibrationRoutes(calibrating),
      ...planningRoutes({ definitions: catalogue, events, clock }),
      ...importRoutes({ definitions: catalogue, store: events, jobs, clock, random }),
      ...looking.handlers,
      ...demoHandlers(demo),
      ...aboutRoutes({ url, clock, events }),
    },
    dataPlane: [(req, res) => intake.handle(req, res), (req, res) => delivery.handle(req, res)],
    async wind() {
      clearInterval(flushing);
      stopNightly();
      await demo.close();
      looking.close();
      load.close();
      delivery.close();
    },
    async close() {
      await intake.close();
      await accounts.flush();
    },
  };
}
