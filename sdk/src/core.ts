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

/** What all scopes of a client share. */
export type Core = {
  /** The program in force. */
  program: Program | undefined;
  /** Forces variants by flag. */
  force(overrides: ReadonlyMap<string, string>): void;
  decide(key: string, context: Context): Outcome;
  expose(exposure: Exposure, context: Context): void;
  /** One event per unit, so that experiments on any of them see it. */
  track(name: string, units: Units, options: TrackOptions): void;
};

const notReady = failure('PROVIDER_NOT_READY');

export function createCore(
  { clock, limits }: Rim,
  add: (draft: Draft) => void,
  store: StickyStore | undefined,
): Core {
  const isNew = rememberExposures(limits.exposures);
  const kept: Hold['kept'] = store && ((...of) => recall(store, ...of));
  let hold: Hold | undefined;
  const core: Core = {
    program: undefined,
    force(overrides) {
      hold = overrides.size > 0 ? { overrides, kept } : kept && { kept };
    },
    decide: (key, context) => core.program?.decide(key, context, hold) ?? notReady,
    expose(exposure, context) {
      const unit = exposure.unit(context);
      if (unit === undefined || !isNew(exposure, unit)) return;
      if (exposure.sticky && store) keep(store, exposure, unit);
      add({ at: clock.now(), unit, about: exposure, context });
    },
    track(name, units, { value, properties }) {
      const at = clock.now();
      const about = {
        name,
        value: Number.isFinite(value) ? value : undefined,
        properties: properties && { ...properties },
      };
      for (const [unitType, unit] of Object.entries(units))
        add({ at, unit: String(unit), about: { ...about, unitType }, context: {} });
    },
  };
  return core;
}
