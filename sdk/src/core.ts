import type { Exposure } from './decision.ts';
import type { Draft } from './event.ts';
import { rememberExposures } from './exposures.ts';
import { failure } from './flag.ts';
import type { Program } from './program.ts';
import type { Rim } from './rim.ts';
import type { Hold, Outcome } from './rule.ts';
import type { Context } from './ruleset.ts';
import { keep, recall, type StickyStore } from './sticky.ts';

/** Ids of what is randomised, by type: `{ userId: 'u1', companyId: 'c9' }`. */
export type Units = { readonly [type: string]: string | number };
export type TrackOptions = { readonly value?: number; readonly properties?: Context };

const notReady = failure('PROVIDER_NOT_READY');

/** What all scopes of a client share: the program in force, and the way of their events. */
export class Core {
  program: Program | undefined;
  readonly #rim: Rim;
  readonly #add: (draft: Draft) => void;
  readonly #first: (exposure: Exposure, unit: string) => boolean;
  readonly #sticky: StickyStore | undefined;
  #hold: Hold | undefined;

  constructor(rim: Rim, add: (draft: Draft) => void, sticky: StickyStore | undefined) {
    this.#rim = rim;
    this.#add = add;
    this.#first = rememberExposures(rim.limits.exposures);
    this.#sticky = sticky;
    this.override(undefined);
  }

  decide(key: string, context: Context): Outcome {
    return this.program === undefined ? notReady : this.program.decide(key, context, this.#hold);
  }

  /** Forces variants by flag; undefined lets all go. */
  override(overrides: ReadonlyMap<string, string> | undefined): void {
    const store = this.#sticky;
    const kept = store && ((...of: [string, string, string]) => recall(store, ...of));
    this.#hold = overrides || kept ? { overrides, kept } : undefined;
  }

  expose(exposure: Exposure, context: Context): void {
    const unit = exposure.unit(context);
    if (unit === undefined || !this.#first(exposure, unit)) return;
    if (exposure.sticky && this.#sticky !== undefined) keep(this.#sticky, exposure, unit);
    this.#add({ at: this.#rim.clock.now(), unit, about: exposure, context });
  }

  /** One event per unit, so that experiments on any of them see it. */
  track(name: string, units: Units, { value, properties }: TrackOptions): void {
    const at = this.#rim.clock.now();
    const what = {
      name,
      value: Number.isFinite(value) ? value : undefined,
      properties: properties && { ...properties },
    };
    for (const [unitType, unit] of Object.entries(units))
      this.#add({ at, unit: String(unit), about: { ...what, unitType }, context: undefined });
  }
}
