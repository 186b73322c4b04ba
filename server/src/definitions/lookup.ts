import type {
  Definition,
  Environment,
  Experiment,
  Flag,
  Holdout,
  Kind,
  Layer,
  Metric,
  Segment,
} from '../contract/definitions.ts';

export type Tables = ReadonlyMap<Kind, ReadonlyMap<string, Definition<Kind>>>;

/** Read access to the definitions. One by its key: archived ones too. Lists, by key: only those that are not archived. */
export interface Definitions {
  /** Number of the last change of anything: the version of rulesets. */
  readonly sequence: number;
  get<K extends Kind>(kind: K, key: string): Definition<K> | undefined;
  list<K extends Kind>(kind: K): readonly Definition<K>[];
  /** Archived ones too. */
  every<K extends Kind>(kind: K): readonly Definition<K>[];
  environment(key: string): Environment | undefined;
  environments(): readonly Environment[];
  flag(key: string): Flag | undefined;
  flags(): readonly Flag[];
  experiment(key: string): Experiment | undefined;
  experiments(): readonly Experiment[];
  metric(key: string): Metric | undefined;
  metrics(): readonly Metric[];
  segment(key: string): Segment | undefined;
  segments(): readonly Segment[];
  layer(key: string): Layer | undefined;
  layers(): readonly Layer[];
  holdout(key: string): Holdout | undefined;
  holdouts(): readonly Holdout[];
}

/** Readers over one unchanging set of definitions. */
export function lookup(tables: Tables, sequence: number): Definitions {
  const sorted = new Map<Kind, readonly Definition<Kind>[]>();
  // The tables hold each kind under its own name, which the map's type cannot say.
  const get = <K extends Kind>(kind: K, key: string) =>
    tables.get(kind)?.get(key) as Definition<K> | undefined;
  const every = <K extends Kind>(kind: K) => {
    const made = sorted.get(kind) ?? [...(tables.get(kind)?.values() ?? [])].toSorted(byKey);
    sorted.set(kind, made);
    return made as readonly Definition<K>[];
  };
  const live = new Map<Kind, readonly Definition<Kind>[]>();
  const list = <K extends Kind>(kind: K) => {
    const made = live.get(kind) ?? every(kind).filter((d) => !d.archived);
    live.set(kind, made);
    return made as readonly Definition<K>[];
  };
  return {
    sequence,
    get,
    list,
    every,
    environment: (key) => get('environments', key),
    environments: () => list('environments'),
    flag: (key) => get('flags', key),
    flags: () => list('flags'),
    experiment: (key) => get('experiments', key),
    experiments: () => list('experiments'),
    metric: (key) => get('metrics', key),
    metrics: () => list('metrics'),
    segment: (key) => get('segments', key),
    segments: () => list('segments'),
    layer: (key) => get('layers', key),
    layers: () => list('layers'),
    holdout: (key) => get('holdouts', key),
    holdouts: () => list('holdouts'),
  };
}

/** By code units, so that the order (and with it a ruleset's hash) is the same on every machine. */
function byKey(a: { readonly key: string }, b: { readonly key: string }): number {
  if (a.key === b.key) return 0;
  return a.key < b.key ? -1 : 1;
}
