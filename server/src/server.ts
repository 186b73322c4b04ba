import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createApp } from './app.ts';
import { localUrl, type Config } from './config.ts';
import type { Demo } from './demo/service.ts';
import { createDataPlane } from './http/data-plane.ts';
import type { Clock, Random } from './http/handler.ts';
import { listen, type Listener } from './http/listener.ts';
import { makeBackup } from './operations/backup.ts';
import { openControl } from './operations/control.ts';
import { createHealth } from './operations/health.ts';
import { createLogger, routeLog } from './operations/log.ts';
import { createMetrics } from './operations/metrics.ts';
import { version } from './operations/version.ts';
import { openRooms, type RoomDeps } from './rooms.ts';
import { openStores } from './store/open.ts';

export interface Running {
  /** Where people and apps reach it. */
  readonly url: string;
  readonly port: number;
  /** Makes the first admin, once; undefined when there are people. */
  readonly setupLink: string | undefined;
  readonly demo: Demo;
  /** Answers what is in flight, stores it, and lets the data folder go. */
  readonly close: () => Promise<void>;
}
export interface Surroundings {
  readonly clock?: Clock;
  readonly random?: Random;
  /** Where logs go instead of stderr. */
  readonly logs?: { write(line: string): void };
}

const consoleFolder = fileURLToPath(new URL('../../console/dist', import.meta.url));
const inFlight = 10_000;

/** One whole server: stores, rooms, data plane, API and console on one port. Port 0 takes any that is free. */
export async function createServer(
  config: Config,
  { clock = Date.now, random = randomBytes, logs }: Surroundings = {},
): Promise<Running> {
  const log = createLogger(config.logLevel, logs);
  const stores = await openStores(config, clock);
  let listener: Listener | undefined;
  try {
    listener = await listen(config.host, config.port);
    return await compose({ config, clock, random, log, stores }, listener);
  } catch (error) {
    await listener?.stop(0);
    await stores.close();
    throw error;
  }
}

async function compose(
  deps: Omit<RoomDeps, 'url' | 'localUrl' | 'metrics'>,
  listener: Listener,
): Promise<Running> {
  const { config, log, stores } = deps;
  const local = localUrl({ host: config.host, port: listener.port });
  const url = config.url ?? local;
  const metrics = createMetrics(stores.walBytes);
  const rooms = await openRooms({ ...deps, url, localUrl: local, metrics });
  const health = createHealth(stores.probe);
  const app = createApp({
    handlers: rooms.handlers,
    identify: rooms.accounts.identify,
    origin: url,
    log: routeLog(log, metrics.observe),
    version,
    proxyHops: config.proxyHops,
    console: consoleFolder,
  });
  const dataPlane = createDataPlane([...rooms.dataPlane, health.handler, metrics.handler]);
  listener.serve((req, res) => {
    if (!dataPlane(req, res)) app(req, res);
  });
  const control = await openControl(config.data, {
    backup: async (to) =>
      makeBackup({ copy: stores.backup, clock: deps.clock, version }, String(to)),
  });
  log.info({ url, version, data: config.data }, 'listening');
  const { token } = rooms.accounts.setup;
  return {
    url,
    port: listener.port,
    demo: rooms.demo,
    setupLink: token === undefined ? undefined : `${url}/setup?token=${token}`,
    close: once(async () => {
      health.drain();
      await rooms.wind();
      await listener.stop(inFlight);
      await control?.close();
      await rooms.close();
      await stores.close();
      log.info('stopped');
    }),
  };
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}
