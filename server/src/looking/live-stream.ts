import type { ServerResponse } from 'node:http';
import type { LiveEvent } from '../contract/looking.ts';

const heartbeatMs = 20_000;
/** A browser comes back by itself; who has been signed out meanwhile does not get in again. */
const longestMs = 30 * 60_000;
/** Behind by this much, a reader is not watching. */
const mostUnread = 1_048_576;

export type Subscribe = (
  environment: string,
  listener: (events: readonly LiveEvent[], skipped: number) => void,
) => () => void;
export interface LiveStreams {
  open(res: ServerResponse, environment: string): void;
  close(): void;
}

/** Events as they arrive, by server-sent events: one message an event, and `skipped` where there were too many to show. */
export function createLiveStreams(subscribe: Subscribe): LiveStreams {
  const open = new Set<ServerResponse>();
  return {
    open(res, environment) {
      res.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store, no-transform',
        'X-Accel-Buffering': 'no',
      });
      const write = (text: string) => {
        if (res.writableLength > mostUnread) res.destroy();
        else if (!res.writableEnded) res.write(text);
      };
      write('retry: 3000\n\n');
      const stop = subscribe(environment, (events, skipped) => {
        if (skipped > 0) write(`event: skipped\ndata: ${skipped}\n\n`);
        for (const event of events) write(`data: ${JSON.stringify(event)}\n\n`);
      });
      const heartbeat = setInterval(write, heartbeatMs, ':\n\n');
      const end = setTimeout(() => res.end(), longestMs);
      open.add(res);
      res.once('close', () => {
        stop();
        clearInterval(heartbeat);
        clearTimeout(end);
        open.delete(res);
      });
    },
    close() {
      for (const res of open) res.end();
    },
  };
}
