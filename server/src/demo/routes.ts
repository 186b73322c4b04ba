import type { Call, Handlers } from '../http/handler.ts';
import type { By, Demo } from './service.ts';

export function demoHandlers(
  demo: Demo,
): Handlers<'GET /api/demo' | 'POST /api/demo' | 'DELETE /api/demo'> {
  return {
    'GET /api/demo': () => Promise.resolve(demo.state()),
    'POST /api/demo': ({ body }, call) => demo.run(body, by(call)),
    'DELETE /api/demo': (_, call) => demo.remove(by(call)),
  };
}

function by({ actor, requestId }: Call): By {
  return { author: actor.name, requestId };
}
