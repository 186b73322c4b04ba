import type { explain } from './explain.ts';
import type { Log } from './rim.ts';
import type { Context, Ruleset } from './ruleset.ts';
import type { Units } from './core.ts';
import type { StickyStore } from './sticky.ts';

export type Options = {
  /** The server's address, with a path when it is behind one: `https://shop.example/ab`. */
  readonly url: string;
  /** An SDK key of the environment. */
  readonly key: string;
  readonly unit?: Units;
  readonly attributes?: Context;
  /** A ruleset to start with: `ready` need not be awaited. */
  readonly ruleset?: Ruleset;
  /** False: nothing is sent or stored before `consent(true)`. Default true. */
  readonly consent?: boolean;
  /** Variants forced by flag, for QA: never exposed. */
  readonly overrides?: { readonly [flag: string]: string };
  /** Where sticky experiments keep what a unit was given. */
  readonly sticky?: StickyStore;
  /** False: only polling. Default true. */
  readonly stream?: boolean;
  /** Longest wait of `ready`, ms. Default 2,000. */
  readonly timeout?: number;
  /** How long events wait for company, ms. Default 1,000. */
  readonly flushInterval?: number;
  /** Between two questions for a new ruleset while no stream tells of it, ms. Default 30,000. */
  readonly pollInterval?: number;
  /** A change is fetched after a random part of this, so that many clients do not ask at once, ms. Default 100. */
  readonly refetchJitter?: number;
  /** Traces decisions for `explain`; Node has it built in, a page imports it from `@assay/sdk/explain`. */
  readonly explain?: typeof explain;
  /** Takes what goes wrong. Default `console.warn`. */
  readonly logger?: Log;
};
