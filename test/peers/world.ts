import { expect } from 'vitest';
import { call } from '../support/server.ts';
import { checkout, metrics, onePage } from '../support/definitions.ts';

/** A flag that serves one of two values to everybody. */
export function booleanFlag(key: string, value: boolean) {
  return {
    key,
    name: key,
    type: 'boolean',
    clientVisible: true,
    variants: [
      { key: 'on', value: true },
      { key: 'off', value: false },
    ],
    environments: {
      production: {
        on: true,
        off: 'off',
        rules: [{ id: 'r1', variant: value ? 'on' : 'off' }],
        default: { variant: 'off' },
      },
    },
  };
}

const { production } = checkout.environments;

export const experiment = {
  /** Without its experiment: one country gets the new page. */
  flag: {
    ...checkout,
    environments: {
      production: {
        ...production,
        rules: [{ id: 'r1', if: { attr: 'country', op: 'eq', value: 'CN' }, variant: 'one-page' }],
      },
    },
  },
};

type Body = { readonly key: string; readonly [member: string]: unknown };

/** An environment on a real server, with keys for apps, and ways to define more. */
export async function adopt(url: string) {
  const make = async (kind: string, body: Body) => {
    const made = await call(url, `POST /api/${kind}`, { body });
    expect([made.status, made.body]).toEqual([201, expect.anything()]);
  };
  const keyOf = async (kind: 'client' | 'server') => {
    const body = { environment: 'production', kind, name: kind };
    const made = await call(url, 'POST /api/sdk-keys', { body });
    return (made.body as { key: string }).key;
  };
  await call(url, 'POST /api/environments', { body: { key: 'production', name: 'Production' } });
  return {
    make,
    serverKey: await keyOf('server'),
    clientKey: await keyOf('client'),
    async change(kind: string, body: Body) {
      const found = await call(url, `GET /api/${kind}/${body.key}`);
      const changed = await call(url, `PUT /api/${kind}/${body.key}`, {
        body,
        headers: {
          authorization: 'Bearer an-admin-token-for-tests',
          'if-match': `"${(found.body as { revision: number }).revision}"`,
        },
      });
      expect([changed.status, changed.body]).toEqual([200, expect.anything()]);
    },
    /** A flag with its experiment, running. */
    async run() {
      for (const metric of metrics) await make('metrics', { name: metric.key, ...metric });
      await make('flags', checkout);
      await make('experiments', onePage);
      const started = await call(url, `POST /api/experiments/${onePage.key}/start`, { body: {} });
      expect([started.status, started.body]).toEqual([200, expect.anything()]);
    },
  };
}
