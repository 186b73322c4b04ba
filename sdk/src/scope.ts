import type { Core, TrackOptions, Units } from './core.ts';
import type { Decision } from './decision.ts';
import { fits, settle } from './evaluate.ts';
import type { Explanation } from './explain.ts';
import type { Values } from './program.ts';
import type { Context, FlagValue } from './ruleset.ts';
import { tried } from './tried.ts';

/** The type of a flag's value, as its default tells it: `'classic'` asks for any string. */
export type ValueOf<T extends FlagValue> = T extends string
  ? string
  : T extends number
    ? number
    : T extends boolean
      ? boolean
      : T;

/** A decision, and how it came about. */
export type Explained = Decision & {
  readonly trace: Explanation | undefined;
};

/** The flags of one user: synchronous verbs that never throw. Cheap enough to make one per request. */
export class Scope {
  readonly #core: Core;
  #units: Units = {};
  #attributes: Context = {};
  #context: Context = {};

  constructor(core: Core, units?: Units, attributes?: Context) {
    this.#core = core;
    this.setUser(units, attributes);
  }

  /** The flag's value, or `fallback`; logs the exposure when the flag runs an experiment, once per unit. */
  get<T extends FlagValue>(key: string, fallback: T): ValueOf<T> {
    return this.#value(key, fallback, true);
  }

  /** The flag's value without an exposure: for decisions that the user does not meet. */
  peek<T extends FlagValue>(key: string, fallback: T): ValueOf<T> {
    return this.#value(key, fallback, false);
  }

  /** The whole decision, without an exposure. */
  decide(key: string, fallback: FlagValue): Decision {
    return settle(this.#core.program.decide(key, this.#context), fallback);
  }

  /** Why the flag serves what it serves; without the `explain` option only the decision, not the steps. */
  explain(key: string): Explained {
    const { program, explain } = this.#core;
    const trace = tried(() => explain?.(program.ruleset!, key, this.#context));
    return { ...this.decide(key, null), trace };
  }

  /** Every flag's value for this user, without exposures; a flag that has none is left out. */
  all(): Values {
    return this.#core.program.all(this.#context);
  }

  /** Logs something this user did, once for each of the user's units; a value that is no finite number is left out. */
  track(name: string, options?: TrackOptions): void {
    this.#core.track(name, this.#units, options ?? {});
  }

  /** Who the user is from now on, as when a visitor signs in. */
  setUser(units?: Units, attributes?: Context): void {
    try {
      this.#units = { ...units };
      this.#attributes = { ...attributes };
      this.#context = { ...attributes, ...units };
    } catch {
      // Attributes that throw when read are as good as none.
    }
  }

  #value<T extends FlagValue>(key: string, fallback: T, met: boolean): ValueOf<T> {
    const { value, exposure } = this.#core.program.decide(key, this.#context);
    if (value === undefined || !fits(value, fallback)) return fallback as ValueOf<T>;
    if (met && exposure) this.#core.expose(exposure, this.#context, this.#attributes);
    return value as ValueOf<T>;
  }
}
