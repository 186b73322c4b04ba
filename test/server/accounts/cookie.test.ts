import { cookieForm, readCookie, setCookie } from '@assay/server/accounts/cookie';
import { describe, expect, it } from 'vitest';

describe('the cookie', () => {
  it.each([
    [
      'https://assay.test',
      'v',
      10,
      '__Host-sid=v; Path=/; HttpOnly; SameSite=Lax; Max-Age=10; Secure',
    ],
    ['http://localhost:4600', 'v', 0, 'sid=v; Path=/; HttpOnly; SameSite=Lax; Max-Age=0'],
  ])('at %s', (url, value, age, header) => {
    expect(setCookie(cookieForm(url), value, age)).toBe(header);
  });

  it.each([
    ['sid=a', 'a'],
    ['other=1; sid=a=b; sid=c', 'a=b'],
    ['xsid=a', undefined],
    ['sid', undefined],
    ['', undefined],
    [undefined, undefined],
    ['sid=j:{"$ne":null}', 'j:{"$ne":null}'],
  ])('in %j is %j, always text', (header, value) => {
    expect(readCookie(header, 'sid')).toBe(value);
  });
});
