import { ConfigError, configFromEnvironment } from '../config.ts';
import { AppError } from '../errors.ts';
import { createServer, type Running } from '../server.ts';
import { FolderInUse } from '../store/open.ts';

/** Runs a server in this process until SIGINT or SIGTERM; a second signal does not wait. */
export async function serve(): Promise<Running> {
  const server = await createServer(configFromEnvironment());
  console.log(`Assay is at ${server.url}`);
  if (server.setupLink !== undefined)
    console.log(`Make the first admin with this link, which works once: ${server.setupLink}`);
  const stop = () => {
    process.once('SIGINT', leave).once('SIGTERM', leave);
    void server.close().then(() => process.exit(0), fail);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  return server;
}

/** The same with the demo shop running: `speed` simulated seconds a second. */
export async function serveDemo(speed: number | undefined): Promise<void> {
  const { demo, url } = await serve();
  const state = await demo.run({ speed }, { author: 'command line', requestId: 'demo' });
  console.log(`The demo runs: ${url}/experiments/${state.experiment}?env=${state.environment}`);
}

function leave(): never {
  process.exit(1);
}

/** Ends the process: in words where it is the operator's to mend, with the stack where it is ours. */
export function fail(error: unknown): never {
  const known =
    error instanceof ConfigError ||
    error instanceof FolderInUse ||
    error instanceof AppError ||
    (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE');
  console.error(known ? error.message : error);
  process.exit(1);
}
