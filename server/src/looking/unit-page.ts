import { key as keySchema } from '../contract/common.ts';
import type { UnitPage } from '../contract/looking.ts';
import type { Definitions } from '../definitions/lookup.ts';
import { marksOf, showEvent, type Knows } from '../intake/live.ts';
import { metricQuery, rolesOf } from '../readout/plan.ts';
import type { StoredEvent, StoredTrack } from '../store/events/port.ts';
import { countedIn } from './counted.ts';
import { enrolmentsOf, type Enrolment } from './enrolment.ts';

type Counted = UnitPage['events'][number]['counted'][number];

/** Everything known of one unit: its events, oldest first, what each counted in and why, and what the unit was given. */
export function unitPage(
  { unitType, unit }: { readonly unitType: string; readonly unit: string },
  events: readonly StoredEvent[],
  definitions: Definitions,
  knows: Knows,
): UnitPage {
  const enrolments = enrolmentsOf(events, (key) => definitions.experiment(key));
  const tracks = events.filter((e) => e.type === 'track');
  const lines = new Map<StoredEvent, Counted[]>();
  for (const enrolment of enrolments)
    for (const [event, line] of linesOf(enrolment, tracks, definitions))
      lines.set(event, [...(lines.get(event) ?? []), line]);
  return {
    unitType,
    unit,
    events: events.map((event) => ({
      ...showEvent(event, marksOf(event, false, knows)),
      counted: lines.get(event) ?? [],
    })),
    assignments: assignmentsOf(events),
  };
}

function linesOf(
  enrolment: Enrolment,
  tracks: readonly StoredTrack[],
  definitions: Definitions,
): [StoredTrack, Counted][] {
  const { experiment } = enrolment;
  return rolesOf(experiment).flatMap(({ metric: key }) => {
    const metric = definitions.metric(key);
    if (metric === undefined) return [];
    const query = metricQuery(metric, experiment.analysis.cuped);
    return [...countedIn(query, enrolment, tracks)].map(
      ([event, verdict]): [StoredTrack, Counted] => [
        event,
        { experiment: experiment.key, metric: key, ...verdict },
      ],
    );
  });
}

/** The first exposure to each variant in each phase; an experiment's name that is no key cannot be one of ours. */
function assignmentsOf(events: readonly StoredEvent[]): UnitPage['assignments'] {
  const seen = new Set<string>();
  return events.flatMap((event) => {
    if (event.type !== 'exposure') return [];
    const { experiment, variant, phase, time, attributes = {} } = event;
    const id = JSON.stringify([experiment, phase, variant]);
    if (seen.has(id) || ![experiment, variant].every((k) => keySchema.safeParse(k).success))
      return [];
    seen.add(id);
    const firstExposure = new Date(time).toISOString();
    return [{ experiment, variant, phase, firstExposure, attributes: { ...attributes } }];
  });
}
