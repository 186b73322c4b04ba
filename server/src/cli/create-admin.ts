import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { createPasswords } from '../accounts/passwords.ts';
import { addUser } from '../accounts/users.ts';
import type { Config } from '../config.ts';
import { userBody } from '../contract/accounts.ts';
import { parsed } from '../http/input.ts';
import { withAccounts } from '../store/open.ts';

/** `assay create-admin <email>`: the password comes from ASSAY_ADMIN_PASSWORD, else from the terminal or a pipe. */
export async function createAdmin(config: Config, email: string, name: string): Promise<void> {
  const password = config.adminPassword ?? (await ask(`Password for ${email}: `));
  const body = { email, name, role: 'admin', password };
  const given = parsed(userBody, body) as Parameters<typeof addUser>[1];
  const user = await withAccounts(config, (store) =>
    addUser({ store, passwords: createPasswords(), clock: Date.now, random: randomBytes }, given, {
      author: 'command line',
      requestId: 'create-admin',
    }),
  );
  console.log(`${user.email} is an admin.`);
}

/** One line, not shown while it is typed. */
async function ask(question: string): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });
  const terminal = process.stdin.isTTY;
  const lines = createInterface({ input: process.stdin, output: silent, terminal });
  const line = await lines.question('');
  lines.close();
  process.stderr.write('\n');
  return line;
}
