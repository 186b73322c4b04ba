import type { Definition, Kind } from '../contract/definitions.ts';
import type { Clock } from '../http/handler.ts';
import type { Change, DefinitionStore, StoredRevision } from '../store/definitions/port.ts';
import { turnstile } from '../turnstile.ts';
import { definitionOf } from './document.ts';
import { lookup, type Definitions, type Tables } from './lookup.ts';

export interface CatalogueChange {
  readonly now: Definitions;
  readonly changed: readonly { readonly kind: Kind; readonly key: string }[];
}

/** The current definitions, in memory, and the only way to change them. */
export interface Catalogue extends Definitions {
  /** The definitions as they are at this moment: later changes do not reach it. */
  now(): Definitions;
  /**
   * Appends changes as one transaction and tells the listeners. `decide` sees the definitions as no other change can
   * alter them before its own is stored, so a rule that it has checked still holds.
   */
  change(decide: Decide | readonly Change[]): Promise<readonly StoredRevision[]>;
  /** Forgets definitions for good. */
  purge(...args: Parameters<DefinitionStore['purge']>): Promise<void>;
  /** Called after each change, in order; the result stops it. */
  onChange(listener: (change: CatalogueChange) => void): () => void;
}
export type Decide = (now: Definitions) => readonly Change[];

/** Loads everything; a new store gets the environments production and staging. */
export async function openCatalogue(store: DefinitionStore, clock: Clock): Promise<Catalogue> {
  let now = await load(store);
  const listeners = new Set<(change: CatalogueChange) => void>();
  const oneAtATime = turnstile();
  const swap = (next: Definitions, changed: CatalogueChange['changed']) => {
    now = next;
    for (const listener of listeners) listener({ now, changed });
  };
  const change = (decide: Decide | readonly Change[]) =>
    oneAtATime(async () => {
      const changes = typeof decide === 'function' ? decide(now) : decide;
      if (changes.length === 0) return [];
      for (const draft of changes) definitionOf(draft.kind, asStored(draft));
      const revisions = await store.append(changes);
      swap(updated(now, revisions), revisions);
      return revisions;
    });
  const purge = (...[items, by]: Parameters<DefinitionStore['purge']>) =>
    oneAtATime(async () => {
      await store.purge(items, by);
      swap(await load(store), items);
    });
  if (now.every('environments').length === 0) await change(firstEnvironments(clock()));
  return {
    ...current(() => now),
    get sequence() {
      return now.sequence;
    },
    now: () => now,
    change,
    purge,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function load(store: DefinitionStore): Promise<Definitions> {
  const { definitions, sequence } = await store.load();
  return lookup(tablesOf(definitions.map((d) => [d.kind, definitionOf(d.kind, d)])), sequence);
}

function updated(before: Definitions, revisions: readonly StoredRevision[]): Definitions {
  const kept = allKinds.flatMap((kind) => before.every(kind).map((d) => [kind, d] as const));
  const fresh = revisions.map((r) => [r.kind, definitionOf(r.kind, r)] as const);
  return lookup(
    tablesOf([...kept, ...fresh]),
    Math.max(before.sequence, ...revisions.map((r) => r.sequence)),
  );
}

const allKinds = [
  'environments',
  'flags',
  'experiments',
  'metrics',
  'segments',
  'layers',
  'holdouts',
] as const satisfies readonly Kind[];

function tablesOf(entries: Iterable<readonly [Kind, Definition<Kind>]>): Tables {
  const tables = new Map(
    allKinds.map((kind): [Kind, Map<string, Definition<Kind>>] => [
      kind,
      new Map<string, Definition<Kind>>(),
    ]),
  );
  for (const [kind, definition] of entries) tables.get(kind)?.set(definition.key, definition);
  return tables;
}

/** What a change will be once stored: enough to see that it can be read again. */
function asStored(change: Change) {
  const { kind, key, body, archived, at, author } = change;
  return {
    kind,
    key,
    body,
    archived,
    revision: (change.expected ?? 0) + 1,
    createdAt: at,
    updatedAt: at,
    updatedBy: author,
  };
}

function firstEnvironments(at: number): Change[] {
  const environments = [
    { key: 'production', name: 'Production', description: '', color: 'green' },
    { key: 'staging', name: 'Staging', description: '', color: 'amber' },
  ];
  return environments.map((body) => ({
    kind: 'environments',
    key: body.key,
    expected: null,
    body,
    archived: false,
    action: 'create',
    reason: 'first start',
    author: 'assay',
    requestId: 'start',
    at,
  }));
}

/** Readers that follow the latest definitions. */
function current(now: () => Definitions): Omit<Definitions, 'sequence'> {
  return {
    get: (kind, key) => now().get(kind, key),
    list: (kind) => now().list(kind),
    every: (kind) => now().every(kind),
    environment: (key) => now().environment(key),
    environments: () => now().environments(),
    flag: (key) => now().flag(key),
    flags: () => now().flags(),
    experiment: (key) => now().experiment(key),
    experiments: () => now().experiments(),
    metric: (key) => now().metric(key),
    metrics: () => now().metrics(),
    segment: (key) => now().segment(key),
    segments: () => now().segments(),
    layer: (key) => now().layer(key),
    layers: () => now().layers(),
    holdout: (key) => now().holdout(key),
    holdouts: () => now().holdouts(),
  };
}
