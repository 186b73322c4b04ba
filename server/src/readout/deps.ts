import type { Experiment, Metric } from '../contract/definitions.ts';
import type { Clock } from '../http/handler.ts';
import type { EventStore } from '../store/events/port.ts';
import type { LookLog } from '../store/looks/port.ts';

/** What a readout needs to know of the definitions; the current ones are in memory. */
export interface ReadoutDefinitions {
  experiment(key: string): Experiment | undefined;
  /** Archived ones too: a decided experiment keeps its figures. */
  metric(key: string): Metric | undefined;
}

export interface ReadoutDeps {
  readonly definitions: ReadoutDefinitions;
  readonly events: Pick<EventStore, 'moments' | 'counts' | 'rejected'>;
  /** Where looks are logged; without it planned experiments are read by confidence sequences too. */
  readonly looks?: LookLog;
  readonly clock: Clock;
  /** The time of a simulated environment, ms; undefined where it is the clock's. */
  readonly simulated?: (environment: string) => number | undefined;
}
