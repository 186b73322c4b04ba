import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

/** Docstrings are examples: `@example expression // result`, run here. */
interface Example {
  readonly file: string;
  readonly expression: string;
  readonly result: string;
}
type Scope = Readonly<Record<string, unknown>>;

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const rooms = [
  { room: 'stats', files: sources('server/src/stats') },
  { room: 'sdk', files: sources('sdk/src') },
];

describe.each(rooms)('$room', ({ files }) => {
  const examples = files.flatMap(examplesOf);
  it.runIf(examples.length > 0).each(examples)(
    '$expression',
    async ({ file, expression, result }) => {
      const scope = await scopeOf(file);
      expect(run(expression, scope)).toAgree(run(result.replaceAll('…', ''), scope));
    },
  );
});

it('every exported function of stats has an example', () => {
  const bare = sources('server/src/stats').flatMap((file) =>
    undocumented(readFileSync(file, 'utf8')).map((name) => `${file.slice(ROOT.length)}: ${name}`),
  );
  expect(bare).toEqual([]);
});

expect.extend({
  /** Numbers to six digits (examples may be shortened), all else exactly. */
  toAgree: (got: unknown, wanted: unknown) => ({
    pass: agrees(got, wanted),
    message: () => `got ${JSON.stringify(got)}, the docstring says ${JSON.stringify(wanted)}`,
  }),
});

declare module 'vitest' {
  interface Matchers<T> {
    toAgree(wanted: unknown): T;
  }
}

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .toSorted()
    .map((name) => join(ROOT, folder, name));
}

function examplesOf(file: string): Example[] {
  const found = readFileSync(file, 'utf8').matchAll(/@example (.+?) \/\/ (.+?)(?: \*\/)?$/gm);
  return [...found]
    .map(([, expression = '', result = '']) => ({ file, expression, result }))
    .filter(({ result }) => !isShape(result));
}

/** `{ hash, bucket }` draws the shape of a result, not its value. */
function isShape(result: string): boolean {
  return /\{ [a-z]\w*,/.test(result);
}

/** Exported functions whose docstring just above shows no example. */
function undocumented(source: string): string[] {
  const exported = source.matchAll(/(\/\*\*(?:(?!\*\/)[^])*\*\/\n)?export function (\w+)/g);
  return [...exported].flatMap(([, doc = '', name = '']) =>
    doc.includes('@example') ? [] : [name],
  );
}

const scopes = new Map<string, Promise<Scope>>();
/** What an example may name: all exports of its room, its own file's first. */
function scopeOf(file: string): Promise<Scope> {
  const known = scopes.get(file) ?? loadScope(file);
  scopes.set(file, known);
  return known;
}

async function loadScope(file: string): Promise<Scope> {
  const room = rooms.find(({ files }) => files.includes(file));
  const stats = room?.room === 'stats' ? room.files : [file];
  const modules = await Promise.all([...stats, file].map((path) => load(path)));
  return Object.assign({}, world, ...modules) as Scope;
}

/** What the SDK's examples take for granted: a published ruleset and no segments. */
const world: Scope = {
  segments: () => () => false,
  ruleset: {
    schema: 1,
    version: 1,
    environment: 'production',
    flags: {
      checkout: {
        type: 'string',
        on: true,
        variants: { classic: 'classic', 'one-page': 'one-page' },
        off: 'classic',
        rules: [],
        default: { variant: 'one-page' },
      },
    },
    segments: {},
    holdouts: {},
    layers: {},
  },
};

function load(path: string): Promise<Scope> {
  return import(pathToFileURL(path).href) as Promise<Scope>;
}

function run(expression: string, scope: Scope): unknown {
  // The expressions are our own docstrings.
  // oxlint-disable-next-line typescript/no-implied-eval
  const body = new Function(...Object.keys(scope), `return (${expression});`) as (
    ...values: unknown[]
  ) => unknown;
  return body(...Object.values(scope));
}

function agrees(got: unknown, wanted: unknown): boolean {
  if (typeof got === 'number' && typeof wanted === 'number')
    return (
      Object.is(got, wanted) || Math.abs(got - wanted) <= 1e-6 * Math.max(Math.abs(wanted), 1e-9)
    );
  if (typeof got !== 'object' || typeof wanted !== 'object' || !got || !wanted)
    return Object.is(got, wanted);
  const keys = Object.keys(wanted);
  return (
    keys.length === Object.keys(got).length &&
    keys.every((key) => agrees(Reflect.get(got, key), Reflect.get(wanted, key)))
  );
}
