import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@assay/server/config';
import { createServer, type Running, type Surroundings } from '@assay/server/server';
import { onTestFinished } from 'vitest';

export const adminToken = 'an-admin-token-for-tests';
export const asAdmin = { authorization: `Bearer ${adminToken}` };

export interface TestServer extends Running {
  readonly data: string;
  readonly logs: readonly string[];
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-test-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A whole server on a free port, over a data folder of its own unless `ASSAY_DATA` names one; it stops after the test. */
export async function startServer(
  variables: Readonly<Record<string, string>> = {},
  surroundings: Surroundings = {},
): Promise<TestServer> {
  const data = variables['ASSAY_DATA'] ?? temporaryFolder();
  const config = readConfig({
    PORT: '0',
    ASSAY_ADMIN_TOKEN: adminToken,
    ...variables,
    ASSAY_DATA: data,
  });
  const logs: string[] = [];
  const server = await createServer(config, {
    logs: { write: (line) => logs.push(line) },
    ...surroundings,
  });
  onTestFinished(() => server.close());
  return { ...server, data, logs };
}

/** Sends JSON and reads JSON (null when there is none). */
export async function call(
  url: string,
  route: string,
  { body, headers = asAdmin }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<{ status: number; headers: Headers; body: unknown }> {
  const [method = 'GET', path = '/'] = route.split(' ');
  const response = await fetch(url + path, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed: unknown = text === '' ? null : JSON.parse(text);
  return { status: response.status, headers: response.headers, body: parsed };
}
