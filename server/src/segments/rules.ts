import type { SegmentBody } from '../contract/definitions.ts';
import type { Finding } from '../errors.ts';
import { checkCondition, segmentsOf } from '../definitions/condition-rules.ts';
import { findCycle } from '../definitions/cycle.ts';
import type { KindRules } from '../definitions/kind-rules.ts';
import type { Definitions } from '../definitions/lookup.ts';
import { usersOfSegment } from '../definitions/uses.ts';

export const segmentRules: KindRules<'segments'> = {
  check(body, now) {
    const cycle = checkCycle(body, now);
    // A segment that names itself is not there yet when it is created: the cycle says more than "unknown".
    return cycle.length > 0 ? cycle : checkCondition(body.if, now, 'if');
  },
  users: usersOfSegment,
};

function checkCycle(body: SegmentBody, now: Definitions): Finding[] {
  const way = findCycle(body.key, (key) =>
    segmentsOf(key === body.key ? body.if : now.segment(key)?.if),
  );
  if (way === undefined) return [];
  return [{ path: 'if', message: `Segments cannot contain each other: ${way.join(' → ')}` }];
}
