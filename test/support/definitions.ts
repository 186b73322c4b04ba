import { kinds, type Body, type Definition, type Kind } from '@assay/server/contract/definitions';
import { openCatalogue } from '@assay/server/definitions/catalogue';
import { definitionOf } from '@assay/server/definitions/document';
import { lookup, type Definitions } from '@assay/server/definitions/lookup';
import { notStarted } from '@assay/server/experiments/life';
import { openDatabase } from '@assay/server/store/definitions/database';
import { migrate } from '@assay/server/store/definitions/migrate';
import { sqliteDefinitions } from '@assay/server/store/definitions/sqlite';

export const noon = Date.UTC(2026, 2, 2, 12);

type Bodies = { readonly [K in Kind]?: readonly Record<string, unknown>[] };

/** Definitions from what people would write; experiments may say more of their life. */
export function definitions(bodies: Bodies, sequence = 1): Definitions {
  const all = { environments: [{ key: 'production' }, { key: 'staging' }], ...bodies };
  const tables = new Map<Kind, Map<string, Definition<Kind>>>();
  for (const kind of Object.keys(kinds) as Kind[])
    tables.set(
      kind,
      new Map((all[kind] ?? []).map((body) => [String(body['key']), made(kind, body)])),
    );
  return lookup(tables, sequence);
}

/** One definition as it would be read. */
export function made<K extends Kind>(kind: K, given: Record<string, unknown>): Definition<K> {
  const { archived = false, revision = 1, ...body } = given;
  return definitionOf(kind, {
    kind,
    key: String(body['key']),
    revision: Number(revision),
    body: {
      ...(kind === 'experiments' && notStarted),
      ...(saltless(kind) && { salt: 'k3v9x1a' }),
      ...body,
    },
    archived: archived === true,
    createdAt: noon,
    updatedAt: noon,
    updatedBy: 'ada@example.com',
  });
}

function saltless(kind: Kind): boolean {
  return kind === 'layers' || kind === 'holdouts';
}

/** A catalogue on the real store, in memory. */
export async function freshCatalogue() {
  const db = openDatabase(':memory:');
  migrate(db);
  const store = sqliteDefinitions(db);
  return { store, catalogue: await openCatalogue(store, () => noon) };
}

/** Bytes 0, 1, 2 …: salts can be foretold. */
export function countingBytes(): (bytes: number) => Uint8Array {
  let next = 0;
  return (bytes) => Uint8Array.from({ length: bytes }, () => next++ % 256);
}

export const checkout = {
  key: 'checkout',
  name: 'Checkout',
  type: 'string',
  clientVisible: true,
  variants: [
    { key: 'classic', value: 'classic' },
    { key: 'one-page', value: 'one_page' },
  ],
  environments: {
    production: { on: true, off: 'classic', rules: [], default: { variant: 'classic' } },
  },
};

export const onePage = {
  key: 'one-page-checkout',
  name: 'One-page checkout',
  flag: 'checkout',
  environment: 'production',
  hypothesis: { because: 'pages cost patience', change: 'one page', expect: 'more orders' },
  variants: [
    { key: 'classic', weight: 1 },
    { key: 'one-page', weight: 1 },
  ],
  control: 'classic',
  metrics: {
    primary: 'conversion',
    secondary: ['revenue'],
    guardrails: [{ metric: 'refunds', margin: 0.05 }],
  },
  plan: { mde: 0.05, unitsPerVariant: 19_780, days: 21 },
};

export const metrics = [
  { key: 'conversion', kind: 'proportion', event: 'order_paid', window: { days: 7 } },
  { key: 'revenue', kind: 'mean', event: 'order_paid', window: { days: 7 } },
  { key: 'refunds', kind: 'proportion', event: 'refund', direction: 'down' },
];

/** The body of a request, with the contract's defaults. */
export function bodyOf<K extends Kind>(kind: K, body: Record<string, unknown>) {
  return kinds[kind].body.parse(body) as Body<K>;
}
