import { createPasswords, isOutdated } from '@assay/server/accounts/passwords';
import { describe, expect, it } from 'vitest';

// printf 'correct horse battery' | argon2 saltsaltsalt -id -m 8 -t 1 -p 1 -e would make one like this: other parameters.
const weak = '$argon2id$v=19$m=256,t=1,p=1$c2FsdHNhbHRzYWx0$';

describe('passwords', () => {
  it('are kept as argon2id, 64 MiB and 3 passes, salted each time', async () => {
    const passwords = createPasswords();
    const [a, b] = await Promise.all([
      passwords.hash('correct horse battery'),
      passwords.hash('correct horse battery'),
    ]);
    expect(a).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(a).not.toBe(b);
    expect(await passwords.verify(a, 'correct horse battery')).toBe(true);
    expect(await passwords.verify(a, 'correct horse batterx')).toBe(false);
    expect(isOutdated(a)).toBe(false);
    expect(isOutdated(weak)).toBe(true);
  });

  it('of nobody never fit', async () => {
    expect(await createPasswords().verify(undefined, 'nobody has this password')).toBe(false);
  });

  it('are not hashed without end: past a queue of twenty the caller has to come again', async () => {
    const passwords = createPasswords();
    const tries = await Promise.allSettled(
      Array.from({ length: 24 }, () => passwords.verify(undefined, 'x')),
    );
    const refused = tries.filter((t) => t.status === 'rejected');
    expect(refused).toHaveLength(2);
    expect(refused[0]?.reason).toMatchObject({ code: 'rate_limited' });
    expect(await passwords.verify(undefined, 'x')).toBe(false);
  });
});
