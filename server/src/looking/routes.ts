import { createHash } from 'node:crypto';
import type { Catalogue } from '../definitions/catalogue.ts';
import { sentence } from '../definitions/refuse.ts';
import { unknownName } from '../definitions/suggest.ts';
import type { Publisher } from '../delivery/publisher.ts';
import { AppError } from '../errors.ts';
import type { Call, Clock, Handlers } from '../http/handler.ts';
import { eventsOf, knowsOf } from '../intake/knows.ts';
import { marksOf, showEvent } from '../intake/live.ts';
import type { DefinitionStore } from '../store/definitions/port.ts';
import type { EventStore } from '../store/events/port.ts';
import { activityOf } from './activity.ts';
import { explained } from './explain.ts';
import { createLiveStreams, type Subscribe } from './live-stream.ts';
import { unitPage } from './unit-page.ts';

export interface LookingDeps {
  readonly catalogue: Catalogue;
  readonly publisher: Pick<Publisher, 'current'>;
  readonly events: EventStore;
  readonly subscribe: Subscribe;
  readonly audit: Pick<DefinitionStore, 'noteAudit'>;
  readonly clock: Clock;
}
export interface Looking {
  readonly handlers: Handlers<LookingRoute>;
  /** Ends the live views. */
  close(): void;
}
type LookingRoute =
  | `GET /api/events/${'live' | 'recent' | 'rejected' | 'seen' | 'activity'}`
  | 'POST /api/explain'
  | `${'GET' | 'DELETE'} /api/units/:type/:id`;

/** Looking at what arrived, and why somebody gets what they get. */
export function createLooking(deps: LookingDeps): Looking {
  const { catalogue, events, clock } = deps;
  const knows = knowsOf(catalogue);
  const live = createLiveStreams(deps.subscribe);
  const refuseUnknown = (environment: string) => {
    if (catalogue.environment(environment) !== undefined) return;
    const known = catalogue.environments().map((e) => e.key);
    throw new AppError('not_found', sentence(unknownName('environment', environment, known)));
  };
  return {
    close: () => {
      live.close();
    },
    handlers: {
      'GET /api/events/live': async ({ query }, { res }) => {
        refuseUnknown(query.environment);
        live.open(res, query.environment);
        // The answer is the stream: the binder sends nothing after it.
        return undefined as never;
      },
      'GET /api/events/recent': async ({ query }) => {
        refuseUnknown(query.environment);
        const found = await events.recent(query.environment, query.limit);
        return { items: found.map((event) => showEvent(event, marksOf(event, false, knows))) };
      },
      'GET /api/events/rejected': async ({ query }) => {
        refuseUnknown(query.environment);
        const found = await events.rejected(query.environment, query.limit);
        return {
          items: found.map(({ at, code, detail, body }) => ({ at: iso(at), code, detail, body })),
        };
      },
      'GET /api/events/seen': async ({ query }) => {
        refuseUnknown(query.environment);
        const found = await events.seen(query.environment);
        return {
          items: found.map(
            ({ name, events: count, firstSeen, lastSeen, hasValue, properties }) => ({
              name,
              events: count,
              firstSeen: iso(firstSeen),
              lastSeen: iso(lastSeen),
              hasValue,
              properties: [...properties],
              metrics: metricsOf(name, catalogue),
            }),
          ),
        };
      },
      'GET /api/events/activity': ({ query }) => {
        refuseUnknown(query.environment);
        return activityOf(events, query.environment, { days: query.days, now: clock() });
      },
      'POST /api/explain': async ({ body }) => {
        refuseUnknown(body.environment);
        const published = deps.publisher.current(body.environment, 'server');
        return explained(published?.ruleset, body);
      },
      'GET /api/units/:type/:id': async ({ params, query }) => {
        refuseUnknown(query.environment);
        const found = await events.unit(query.environment, params.type, params.id);
        const unit = { unitType: params.type, unit: params.id };
        return unitPage(unit, found, catalogue.now(), knows);
      },
      'DELETE /api/units/:type/:id': async ({ params }, call) => {
        const receipt = await events.erase(params.type, params.id);
        await noteErasure(deps, params, receipt, call);
        return { ...receipt, erasedAt: iso(receipt.erasedAt) };
      },
    },
  };
}

function metricsOf(event: string, catalogue: Catalogue): string[] {
  return catalogue
    .metrics()
    .filter((metric) => eventsOf(metric).includes(event))
    .map((metric) => metric.key);
}

/** That a unit was erased stays on record, but not which: only its hash, by which it can be recognised. */
async function noteErasure(
  { audit, clock }: LookingDeps,
  { type, id }: { readonly type: string; readonly id: string },
  { events, exposures }: { readonly events: number; readonly exposures: number },
  { actor, requestId }: Call,
): Promise<void> {
  await audit.noteAudit({
    at: clock(),
    author: actor.name,
    action: 'erase',
    kind: 'units',
    key: `sha256:${createHash('sha256').update(`${type}:${id}`).digest('hex')}`,
    reason: '',
    requestId,
    before: null,
    after: { unitType: type, events, exposures },
  });
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
