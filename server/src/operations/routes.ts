import { openapi } from '../contract/openapi.ts';
import { isInsecure } from '../config.ts';
import type { Clock, Handlers } from '../http/handler.ts';
import type { EventStore } from '../store/events/port.ts';
import { version } from './version.ts';

export interface AboutDeps {
  readonly url: string;
  readonly clock: Clock;
  readonly events: Pick<EventStore, 'status'>;
}

/** What this server is, and what its API is. */
export function aboutRoutes({
  url,
  clock,
  events,
}: AboutDeps): Handlers<'GET /api/about' | 'GET /api/openapi.json'> {
  const startedAt = new Date(clock()).toISOString();
  let document: Record<string, unknown> | undefined;
  return {
    'GET /api/about': async () => ({
      version,
      url,
      startedAt,
      store: await events.status(),
      insecure: isInsecure(url),
    }),
    'GET /api/openapi.json': async () => (document ??= openapi(version) as Record<string, unknown>),
  };
}
