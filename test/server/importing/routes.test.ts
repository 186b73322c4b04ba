import { describe, expect, it } from 'vitest';
import { asAdmin, call, startServer } from '../../support/server.ts';

const map = {
  unit: 'user',
  variant: 'group',
  outcomes: [
    { column: 'bought', event: 'order_paid', kind: 'boolean' },
    { column: 'rounds', event: 'rounds', kind: 'number' },
  ],
};
const csv = [
  'user,group,bought,rounds',
  'u1,classic,TRUE,3',
  'u2,one-page,FALSE,0',
  'u3,moon,TRUE,1',
]
  .join('\n')
  .concat('\n');

async function shop() {
  const server = await startServer();
  const { url } = server;
  const variants = [
    { key: 'classic', value: 'classic' },
    { key: 'one-page', value: 'one-page' },
  ];
  const environments = { production: { on: true, default: { variant: 'classic' } } };
  const flag = { key: 'checkout', type: 'string', variants, environments };
  expect((await call(url, 'POST /api/flags', { body: flag })).status).toBe(201);
  const experiment = {
    key: 'one-page-checkout',
    flag: 'checkout',
    environment: 'production',
    variants: [
      { key: 'classic', weight: 1 },
      { key: 'one-page', weight: 1 },
    ],
    control: 'classic',
  };
  expect((await call(url, 'POST /api/experiments', { body: experiment })).status).toBe(201);
  return url;
}
async function send(url: string, query: Record<string, string>, body: string) {
  const response = await fetch(`${url}/api/import?${new URLSearchParams(query).toString()}`, {
    method: 'POST',
    headers: asAdmin,
    body,
  });
  return { status: response.status, body: (await response.json()) as unknown };
}
const whole = {
  environment: 'production',
  format: 'csv',
  experiment: 'one-page-checkout',
  at: '2026-01-10T00:00:00Z',
  id: 'shop',
  map: JSON.stringify(map),
};

describe('an import over HTTP', () => {
  it('takes a file, names its bad lines, and counts nothing twice when it comes again', async () => {
    const url = await shop();
    const first = await send(url, whole, csv);
    expect(first).toMatchObject({
      status: 200,
      body: {
        id: 'shop',
        status: 'done',
        rows: 3,
        badRows: 1,
        bad: [{ line: 4 }],
        totalBytes: csv.length,
        error: null,
      },
    });
    const { accepted } = first.body as { accepted: number };
    expect(accepted).toBeGreaterThanOrEqual(4);
    expect((await send(url, whole, csv)).body).toMatchObject({ status: 'done', accepted });
    const listed = await call(url, 'GET /api/imports');
    expect(listed.body).toMatchObject({ items: [{ id: 'shop', accepted }] });
    expect(JSON.stringify(listed.body)).not.toContain('digest');
    const unit = await call(url, 'GET /api/units/userId/u1?environment=production');
    expect(unit.body).toMatchObject({
      assignments: [{ experiment: 'one-page-checkout', variant: 'classic' }],
    });
  });

  it.each([
    [{ environment: 'moon' }, 'environment', 'is "moon", which is no environment'],
    [{ experiment: 'nope' }, 'experiment', 'is "nope", which is no experiment'],
    [
      { environment: 'staging' },
      'experiment',
      'is "one-page-checkout", which runs in production, not in staging',
    ],
    [{ map: '{"unit":' }, 'map', 'is no JSON'],
    [{ map: '{"unit":7}' }, 'unit', 'is 7, must be a string'],
    [{ format: 'xlsx' }, 'format', 'is "xlsx", must be one of ndjson, csv'],
  ])('with %o is refused at %s', async (wrong, path, message) => {
    const url = await shop();
    const { status, body } = await send(url, { ...whole, ...wrong }, csv);
    expect(status).toBe(400);
    const { errors } = body as { errors: { path: string; message: string }[] };
    expect(errors[0]?.path).toBe(path);
    expect(errors[0]?.message).toContain(message);
  });
});
