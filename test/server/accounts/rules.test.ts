import {
  afterFailure,
  changedUser,
  isAlive,
  normalEmail,
  waitMs,
  type Failures,
} from '@assay/server/accounts/rules';
import { describe, expect, it } from 'vitest';

const hour = 3_600_000;
const user = {
  id: 'usr_1',
  email: 'ada@example.com',
  name: 'Ada',
  role: 'editor' as const,
  active: true,
  password: 'hash',
  createdAt: 0,
  seenAt: null,
};

describe('a session', () => {
  it.each([
    { what: 'fresh', seen: 0, now: 1, alive: true },
    { what: 'idle for 12 h', seen: 0, now: 12 * hour, alive: false },
    { what: 'used a moment before', seen: 12 * hour - 1, now: 12 * hour, alive: true },
    { what: 'used for 7 d', seen: 7 * 24 * hour - 1, now: 7 * 24 * hour, alive: false },
  ])('$what lives: $alive', ({ seen, now, alive }) => {
    const session = { hash: new Uint8Array(), userId: 'u', createdAt: 0, seenAt: seen };
    expect(isAlive(session, now)).toBe(alive);
  });
});

describe('a change of a person', () => {
  it.each([
    [{ name: 'Ada L.' }, undefined, false],
    [{ role: 'viewer' as const }, undefined, true],
    [{ active: false }, undefined, true],
    [{}, 'new hash', true],
    [{ role: 'editor' as const }, undefined, false],
  ])('%o, password %s: sessions end is %s', (change, password, endSessions) => {
    const changed = changedUser(user, change, password);
    expect(changed).toEqual({
      user: { ...user, ...change, ...(password !== undefined && { password }) },
      endSessions,
    });
  });

  it('compares e-mail without case and blanks', () => {
    expect(normalEmail(' Ada@Example.COM ')).toBe('ada@example.com');
  });
});

describe('failed sign-ins', () => {
  const failed = (times: number, at = 0): Failures | undefined => {
    let failures: Failures | undefined;
    for (let i = 0; i < times; i++) failures = afterFailure(failures, at);
    return failures;
  };
  it.each([
    [0, 0],
    [4, 0],
    [5, 30_000],
    [6, 60_000],
    [9, 480_000],
    [10, 900_000],
    [60, 900_000],
  ])('%i of them: the next waits %i ms', (times, wait) => {
    expect(waitMs(failed(times), 0)).toBe(wait);
  });

  it('are forgotten after a quarter of an hour', () => {
    expect(afterFailure(failed(9), hour / 4)).toEqual({ count: 1, last: hour / 4 });
    expect(waitMs(failed(5), 29_999)).toBe(1);
    expect(waitMs(failed(5), 30_000)).toBe(0);
  });
});
