import type { Logger } from 'pino';
import { createPasswords } from './accounts/passwords.ts';
import { accountRoutes } from './accounts/routes.ts';
import { createAccounts, type Accounts } from './accounts/service.ts';
import type { Config } from './config.ts';
import { routes, type RouteKey } from './contract/routes.ts';
import { openCatalogue } from './definitions/catalogue.ts';
import { definitionHandlers } from './definitions/routes.ts';
import { createDelivery } from './delivery/http.ts';
import { AppError } from './errors.ts';
import { experimentHandlers } from './experiments/routes.ts';
import type { DataHandler } from './http/data-plane.ts';
import type { Clock, Handlers, Random } from './http/handler.ts';
import type { Metrics } from './operations/metrics.ts';
import { aboutRoutes } from './operations/routes.ts';
import { planningRoutes } from './planning/routes.ts';
import { readoutRoutes } from './readout/routes.ts';
import { readouts } from './readout/service.ts';
import type { Stores } from './store/open.ts';

export interface RoomDeps {
  readonly config: Config;
  readonly url: string;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly metrics: Metrics;
}
export interface Rooms {
  readonly accounts: Accounts;
  readonly handlers: Handlers;
  readonly dataPlane: readonly DataHandler[];
  /** Ends what would never end by itself: open streams. */
  endStreams(): void;
  /** What was taken in is stored, what runs in the background stops. */
  close(): Promise<void>;
}

const flushEvery = 60_000;

/** Opens every room and puts their routes together. */
export async function openRooms(deps: RoomDeps): Promise<Rooms> {
  const { config, url, stores, clock, random, log } = deps;
  const { events } = stores;
  const accounts = await createAccounts(
    { store: stores.accounts, passwords: createPasswords(), clock, random },
    { ...config, url },
  );
  const catalogue = await openCatalogue(stores.definitions, clock);
  const delivery = createDelivery({
    catalogue,
    authenticate: (key) => accounts.sdkKeys.authenticate(key),
    clock,
    chance: () => (random(1)[0] ?? 0) / 256,
    bug: (err, requestId) => {
      log.error({ err, requestId }, 'bug');
    },
  });
  const flushing = setInterval(() => void accounts.flush(), flushEvery);
  return {
    accounts,
    handlers: {
      ...pending(),
      ...accountRoutes(accounts, (key) => catalogue.environments().some((e) => e.key === key)),
      ...definitionHandlers({ catalogue, store: stores.definitions, random, clock }),
      ...experimentHandlers({ catalogue, clock, random }),
      ...readoutRoutes(readouts({ definitions: catalogue, events, clock })),
      ...planningRoutes({ definitions: catalogue, events, clock }),
      ...aboutRoutes({ url, clock, events }),
    },
    dataPlane: [(req, res) => delivery.handle(req, res)],
    endStreams: () => {
      delivery.close();
    },
    close: async () => {
      clearInterval(flushing);
      await accounts.flush();
    },
  };
}

function pending(): Handlers {
  const made = (Object.keys(routes) as RouteKey[]).map((key) => [
    key,
    () => Promise.reject(new AppError('unavailable', `${key} is not built yet.`)),
  ]);
  return Object.fromEntries(made) as Handlers;
}
