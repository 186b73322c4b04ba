import { build } from 'esbuild';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles the ingest server with its threads, as quick to start as the product; returns its folder. */
export async function buildIngestServer(): Promise<string> {
  await mkdir(join(root, 'test/.artifacts'), { recursive: true });
  const outdir = await mkdtemp(join(root, 'test/.artifacts/ingest-'));
  const embedded = join(root, 'server/src/store/events/embedded');
  await build({
    entryPoints: [
      join(root, 'test/support/ingest-server.ts'),
      join(embedded, 'writer.ts'),
      join(embedded, 'reader.ts'),
    ],
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['source'],
    external: ['better-sqlite3'],
    outdir,
    logLevel: 'warning',
  });
  return outdir;
}

export interface IngestServer {
  readonly url: string;
  readonly process: ChildProcess;
}

/** Starts it over a folder of events; resolves when it listens. */
export function startIngestServer(built: string, folder: string): Promise<IngestServer> {
  const child = spawn(process.execPath, [join(built, 'ingest-server.js'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => {
      const { port } = JSON.parse(line.toString()) as { readonly port: number };
      resolve({ url: `http://127.0.0.1:${port}/sdk/v1/events`, process: child });
    });
    child.once('exit', (code, signal) => {
      reject(new Error(`the ingest server ended with ${code ?? signal ?? ''} before it listened`));
    });
  });
}
