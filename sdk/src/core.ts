import type { Exposure } from './decision.ts';
import { scalars, type Draft, type Scalars } from './event.ts';
import type { explain as explainer } from './explain.ts';
import { rememberExposures } from './exposures.ts';
import { failure } from './flag.ts';
import type { Options } from './options.ts';
import type { Program } from './program.ts';
import type { Rim } from './rim.ts';
import type { Hold } from './rule.ts';
import type { Context } from './ruleset.ts';
import { keep, recall } from './sticky.ts';
import { tried } from './tried.ts';

/** Ids of what is randomised, by type: `{ userId: 'u1', companyId: 'c9' }`. */
export type Units = { readonly [type: string]: string | number };
export type TrackOptions = { readonly value?: number; readonly properties?: Scalars };

/** What all scopes of a client share. */
export type Core = {
  /** The program in force. */
  program: Program;
  readonly hold: Hold;
  readonly explain?: typeof explainer | undefined;
  readonly expose: (exposure: Exposure, context: Context, attributes: Context) => void;
  /** One event per unit, so that experiments on any of them see it. */
  readonly track: (name: string, units: Units, options: TrackOptions) => void;
};

const notReady = failure('PROVIDER_NOT_READY');

export function createCore(
  { clock, limits }: Rim,
  add: (draft: Draft) => void,
  { sticky: store, explain }: Options,
): Core {
  const isNew = rememberExposures(limits.exposures);
  return {
    program: { keys: [], decide: () => notReady, all: () => ({}) },
    hold: store ? { kept: (...of) => recall(store, ...of) } : {},
    explain,
    expose(about, context, attributes) {
      const { meeting } = about;
      const unit = meeting.unit(context);
      if (!unit || !isNew(meeting, unit)) return;
      if (store && meeting.sticky) keep(store, about, unit);
      add({ at: clock.now(), unit, about, attributes });
    },
    track(name, units, options) {
      const at = clock.now();
      const value = Number.isFinite(options.value) ? options.value : undefined;
      // A copy, because the app may change its own.
      const properties = tried(() => scalars(options.properties ?? {}));
      for (const [unitType, unit] of Object.entries(units))
        add({
          at,
          unit: String(unit),
          about: { type: 'track', unitType, name, value, properties },
        });
    },
  };
}
