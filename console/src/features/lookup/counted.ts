import type { UnitPage } from '@assay/server/contract';
import type { LookupWords } from './text.ts';

type Event = UnitPage['events'][number];
export type EventRow = {
  readonly event: Event;
  readonly state: 'counted' | 'leftOut' | 'seen';
  readonly whys: readonly string[];
};

/** The unit's events with what each did; with `experiment`, only what concerns that one. Newest first. */
export function eventRows(
  page: Pick<UnitPage, 'events'>,
  experiment: string | undefined,
  words: { readonly t: LookupWords; readonly metricName: (key: string) => string },
): EventRow[] {
  const first = new Map<string, Event>();
  for (const event of page.events)
    if (event.type === 'exposure' && !first.has(event.name)) first.set(event.name, event);
  return page.events
    .filter((event) => experiment === undefined || concerns(event, experiment))
    .map((event) =>
      event.type === 'exposure'
        ? exposureRow(event, first.get(event.name), words.t)
        : trackRow(event, experiment, words),
    )
    .toReversed();
}

function concerns(event: Event, experiment: string): boolean {
  return event.type === 'exposure'
    ? event.name === experiment
    : event.counted.some((line) => line.experiment === experiment);
}

function exposureRow(event: Event, first: Event | undefined, t: LookupWords): EventRow {
  if (event === first) return { event, state: 'counted', whys: [t.counted.firstExposure] };
  const other = first !== undefined && first.variant !== event.variant;
  return {
    event,
    state: other ? 'leftOut' : 'seen',
    whys: [other ? t.counted.otherVariant : t.counted.laterExposure],
  };
}

/** Metrics it counts in, by name; then every other reason with the metrics it holds for. */
function trackRow(
  event: Event,
  experiment: string | undefined,
  { t, metricName }: { t: LookupWords; metricName: (key: string) => string },
): EventRow {
  const lines = event.counted.filter(
    (line) => experiment === undefined || line.experiment === experiment,
  );
  if (lines.length === 0) return { event, state: 'seen', whys: [t.counted.unused] };
  const byWhy = new Map<string, Set<string>>();
  for (const line of lines) {
    const why = line.counts ? 'counted' : line.why;
    byWhy.set(why, (byWhy.get(why) ?? new Set()).add(metricName(line.metric)));
  }
  const whys = [...byWhy].map(([why, metrics]) => {
    const names = [...metrics].join(' · ');
    const said = why in t.counted.whys ? t.counted.whys[why as keyof typeof t.counted.whys] : why;
    return said === '' ? names : t.counted.because(said, names);
  });
  return { event, state: byWhy.has('counted') ? 'counted' : 'leftOut', whys };
}
