import type { Experiment, ExperimentBody } from '../contract/definitions.ts';
import type { Finding } from '../errors.ts';
import type { Definitions } from '../definitions/lookup.ts';

type Range = readonly [from: number, to: number];

/** What is wrong with the slots that an experiment wants: empty, twice its own, or another's in the same environment. */
export function checkSlots(body: ExperimentBody, now: Definitions): Finding[] {
  const { layer } = body;
  if (layer === undefined) return [];
  const others = now.experiments().filter((e) => owns(e, body));
  return layer.slots.flatMap((range, i) => {
    const path = `layer.slots.${i}`;
    if (range[0] >= range[1])
      return [{ path, message: `is ${shown(range)}, must be [from, to) with from below to` }];
    const taken = [
      ...layer.slots.slice(0, i).map((r) => ({ range: r, whose: 'above' })),
      ...others.flatMap(slotsOf),
    ];
    return taken
      .filter((t) => overlap(t.range, range))
      .map((t) => ({ path, message: `${shown(range)} overlaps ${shown(t.range)} ${t.whose}` }));
  });
}

function slotsOf({ key, status, layer }: Experiment) {
  const whose = `of the experiment "${key}" (${status})`;
  return (layer?.slots ?? []).map((range) => ({ range, whose }));
}

function shown([from, to]: Range): string {
  return `[${from}, ${to}]`;
}

/** A draft holds its slots already, so that two plans cannot both count on them. A stopped one has given them back. */
function owns(other: Experiment, body: ExperimentBody): boolean {
  return (
    other.key !== body.key &&
    (other.status === 'draft' || other.status === 'running') &&
    other.environment === body.environment &&
    other.layer?.key === body.layer?.key
  );
}

function overlap(a: Range, b: Range): boolean {
  return a[0] < b[1] && b[0] < a[1];
}
