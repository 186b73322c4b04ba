import type { Call, Clock, Handlers, Random } from '../http/handler.ts';
import { AppError } from '../errors.ts';
import type { Catalogue } from '../definitions/catalogue.ts';
import { checklist } from './checklist.ts';
import { experimentService, type Deed } from './service.ts';

type LifeRoute =
  | 'GET /api/experiments/:key/checklist'
  | `POST /api/experiments/:key/${'start' | 'ramp' | 'stop' | 'decide' | 'amend'}`;

/** The life of an experiment over HTTP. */
export function experimentHandlers(deps: {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly random: Random;
}): Handlers<LifeRoute> {
  const { catalogue, clock } = deps;
  const service = experimentService(deps);
  const deed = (key: string, reason: string | undefined, call: Call): Deed => ({
    key,
    reason: reason ?? '',
    author: call.actor.name,
    requestId: call.requestId,
    ifMatch: call.ifMatch,
    at: clock(),
  });
  return {
    'GET /api/experiments/:key/checklist': async ({ params }) => {
      const experiment = catalogue.experiment(params.key);
      if (experiment === undefined)
        throw new AppError('not_found', `No experiment "${params.key}".`);
      const items = checklist(experiment, catalogue.now());
      return { ready: items.every((item) => item.ok || !item.blocking), items };
    },
    'POST /api/experiments/:key/start': ({ params, body }, call) =>
      service.start(deed(params.key, body.reason, call)),
    'POST /api/experiments/:key/ramp': ({ params, body }, call) =>
      service.ramp(deed(params.key, body.reason, call), body.coverage),
    'POST /api/experiments/:key/stop': ({ params, body }, call) =>
      service.stop(deed(params.key, body.reason, call)),
    'POST /api/experiments/:key/decide': ({ params, body }, call) =>
      service.decide(deed(params.key, body.note, call), body),
    'POST /api/experiments/:key/amend': ({ params, body }, call) =>
      service.amend(deed(params.key, body.reason, call), body.changes),
  };
}
