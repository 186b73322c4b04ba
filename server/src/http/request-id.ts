import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

const header = 'X-Request-Id';

/** Names a request; the answer's own header carries the name to whoever handles it. */
export function giveRequestId(res: ServerResponse): string {
  const id = randomUUID();
  res.setHeader(header, id);
  return id;
}

export function requestIdOf(res: ServerResponse): string {
  const id = res.getHeader(header);
  return typeof id === 'string' ? id : giveRequestId(res);
}
