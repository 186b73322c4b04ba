import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Takes a request and answers it, or returns false at once and leaves it alone. Apps are served this way, before and
 * without Express, which would double the cost.
 */
export type DataHandler = (req: IncomingMessage, res: ServerResponse) => boolean;

export function createDataPlane(handlers: readonly DataHandler[]): DataHandler {
  return (req, res) => handlers.some((handle) => handle(req, res));
}
