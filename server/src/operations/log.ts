import { pino, type Logger } from 'pino';
import type { RouteLog } from '../http/bind.ts';
import type { Config } from '../config.ts';

const secrets = /\b(?:ak|ck|sk)_[\w-]{51}/g;

/** Structured logs, one JSON line each, to stderr unless told where. Whatever looks like a key of ours is struck out. */
export function createLogger(
  level: Config['logLevel'],
  to: { write(line: string): void } = pino.destination(2),
): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      hooks: { streamWrite: (line) => line.replaceAll(secrets, '[secret]') },
    },
    to,
  );
}

/** Logs and measures every answer of the API. */
export function routeLog(
  log: Logger,
  observe: (route: string, status: number, seconds: number) => void,
): RouteLog {
  return {
    done(entry) {
      observe(entry.route, entry.status, entry.ms / 1_000);
      log.info({ ...entry, ms: Math.round(entry.ms * 10) / 10 }, 'request');
    },
    bug(error, requestId) {
      log.error({ err: error, requestId }, 'bug');
    },
  };
}
