import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { call, startServer, temporaryFolder } from '../support/server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The `assay` command from its sources, with `input` piped in. */
async function assay(
  args: readonly string[],
  env: Record<string, string>,
  input = '',
): Promise<Ended> {
  const child = spawn(
    process.execPath,
    ['--conditions=source', '--import', 'tsx', 'server/src/cli.ts', ...args],
    { cwd: root, env: { PATH: process.env['PATH'], ...env } },
  );
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (text.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text.err += chunk.toString()));
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, ...text };
}

describe('assay', { timeout: 60_000 }, () => {
  it('creates an admin beside a running server, who can then sign in', async () => {
    const { url, data } = await startServer();
    const password = 'correct horse battery';
    const made = await assay(
      ['create-admin', 'Ada@example.com'],
      { ASSAY_DATA: data },
      `${password}\n`,
    );
    expect(made).toMatchObject({ code: 0, out: 'ada@example.com is an admin.\n' });
    expect(made.err).not.toContain(password);
    const body = { email: 'ada@example.com', password };
    const signedIn = await call(url, 'POST /api/session', { body, headers: {} });
    expect(signedIn).toMatchObject({ status: 200, body: { role: 'admin' } });
  });

  it('refuses a short password in words', async () => {
    const short = await assay(
      ['create-admin', 'ada@example.com'],
      { ASSAY_DATA: temporaryFolder() },
      'short\n',
    );
    expect(short.code).toBe(1);
    expect(short.err).toContain('password: a password has at least 12 characters');
    expect(short.err).not.toContain('at file:');
  });

  it('backs up a running server, and says what is wrong with a restore', async () => {
    const { data } = await startServer();
    const to = `${temporaryFolder()}/backup`;
    const made = await assay(['backup', to], { ASSAY_DATA: data });
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toMatch(/backup: \d+ files, \d+ bytes, each with its checksum\.\n$/);
    const over = await assay(['restore', to], { ASSAY_DATA: data });
    expect(over.code).toBe(1);
    expect(over.err).toBe(`${data} is not empty; restore into a new folder.\n`);
  });

  it('examines a data folder', async () => {
    const { data, port } = await startServer();
    const well = await assay(['doctor'], { ASSAY_DATA: data, PORT: String(port) });
    expect(well.code).toBe(0);
    expect(well.out).toContain(`ok   ${data}/assay.db: ok, `);
    expect(well.out).toContain('/readyz answers 200');
    const ill = await assay(['doctor'], { ASSAY_DATA: '/nowhere' });
    expect(ill.code).toBe(1);
    expect(ill.out).toContain('BAD  data folder: /nowhere is not there or not writable');
  });

  it('tells of settings that cannot be used', async () => {
    const { code, err } = await assay(['serve'], { PORT: 'http' });
    expect(code).toBe(1);
    expect(err).toContain('These settings cannot be used:\n  PORT');
  });
});
