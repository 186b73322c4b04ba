import { toStored } from '../intake/batch.ts';
import { checkEvent } from '../intake/event.ts';
import type { StoredEvent } from '../store/events/port.ts';
import type { Read, Target } from './target.ts';
import { judgeTime, readTime } from './time.ts';

/**
 * The event of one line, in the shape that apps send. What a line leaves out the import fills in: the id, the unit's type,
 * the time (`at` in ms, or `at` or `time` as ISO 8601), of an exposure the flag and experiment.
 */
export function readNdjsonRow(
  text: string,
  line: number,
  { target, now }: { readonly target: Target; readonly now: number },
): Read<StoredEvent> {
  let sent: unknown;
  try {
    sent = JSON.parse(text);
  } catch {
    return { bad: { code: 'invalid', detail: 'the line is not JSON' } };
  }
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent))
    return { bad: { code: 'invalid', detail: 'the line is not an object' } };
  const given = sent as Readonly<Record<string, unknown>>;
  const at = timeOf(given, target.at);
  if (at === undefined)
    return {
      bad: {
        code: 'invalid',
        detail: `the time is ${JSON.stringify(given['at'] ?? given['time'])}, must be milliseconds or ISO 8601`,
      },
    };
  const { experiment, environment, unitType, ids } = target;
  const checked = checkEvent({
    id: ids(line, 0),
    unitType,
    ...(experiment !== undefined && {
      flag: experiment.flag,
      experiment: experiment.key,
      phase: experiment.phase,
    }),
    ...given,
    at,
  });
  if ('rejection' in checked) {
    const { code, detail } = checked.rejection;
    return { bad: { code: code === 'too_large' ? code : 'invalid', detail } };
  }
  const wrong = judgeTime(at, now);
  if (wrong !== undefined) return { bad: wrong };
  return {
    events: [
      toStored(checked.event, { environment, source: 'import', received: now, at, time: at }),
    ],
  };
}

function timeOf(given: Readonly<Record<string, unknown>>, otherwise: number): number | undefined {
  const found = given['at'] ?? given['time'];
  if (found === undefined || found === null) return otherwise;
  if (typeof found === 'number') return Number.isFinite(found) ? Math.round(found) : undefined;
  return typeof found === 'string' ? readTime(found) : undefined;
}
