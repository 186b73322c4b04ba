import type { Random } from '../http/handler.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** 7 random characters of [a-z0-9]; bytes past the last whole alphabet are thrown away, so that each is as likely. */
export function makeSalt(random: Random): string {
  let salt = '';
  while (salt.length < 7)
    for (const byte of random(16))
      if (byte < 252 && salt.length < 7) salt += alphabet[byte % 36] ?? '';
  return salt;
}
