import { isInsecure, readConfig } from '@assay/server/config';
import { describe, expect, it } from 'vitest';

describe('settings', () => {
  it('have defaults', () => {
    expect(readConfig({ ASSAY_DATA: '/srv/assay', ASSAY_URL: '' })).toEqual({
      port: 4600,
      host: '127.0.0.1',
      data: '/srv/assay',
      url: undefined,
      allowInsecureHttp: false,
      proxyHops: 0,
      adminEmail: undefined,
      adminPassword: undefined,
      adminToken: undefined,
      maxLateDays: 35,
      logLevel: 'info',
    });
  });

  it.each([
    [{ PORT: '70000' }, 'PORT'],
    [{ PORT: 'http' }, 'PORT'],
    [{ ASSAY_URL: 'assay.example.com' }, 'ASSAY_URL must be an address'],
    [{ ASSAY_URL: 'https://example.com/assay' }, 'ASSAY_URL must have no path'],
    [{ ASSAY_ADMIN_EMAIL: 'a@b.cd' }, 'ASSAY_ADMIN_PASSWORD go together'],
    [{ ASSAY_ADMIN_EMAIL: 'a@b.cd', ASSAY_ADMIN_PASSWORD: 'short-one' }, 'ASSAY_ADMIN_PASSWORD'],
    [{ ASSAY_ADMIN_TOKEN: 'has a space' }, 'ASSAY_ADMIN_TOKEN has a space'],
    [{ ASSAY_LOG_LEVEL: 'loud' }, 'ASSAY_LOG_LEVEL'],
    [{ ASSAY_URL: 'http://assay.example.com' }, 'ASSAY_ALLOW_INSECURE_HTTP=1'],
    [{ ASSAY_URL: 'http://192.168.1.5:4600' }, 'ASSAY_ALLOW_INSECURE_HTTP=1'],
  ])('%o cannot be used', (variables, message) => {
    expect(() => readConfig(variables)).toThrow(message);
  });

  it('never repeat a secret', () => {
    const variables = { ASSAY_ADMIN_EMAIL: 'a@b.cd', ASSAY_ADMIN_PASSWORD: 'hunter2' };
    expect(() => readConfig(variables)).not.toThrow('hunter2');
  });

  it.each([
    ['http://localhost:4600', false],
    ['http://127.0.0.1:4600', false],
    ['http://[::1]:4600', false],
    ['https://assay.example.com', false],
    ['http://assay.example.com', true],
    ['http://localhost.example.com', true],
  ])('%s is insecure: %s', (url, insecure) => {
    expect(isInsecure(url)).toBe(insecure);
    const allowed = { ASSAY_URL: url, ASSAY_ALLOW_INSECURE_HTTP: '1' };
    expect(readConfig(allowed).url).toBe(url);
  });
});
