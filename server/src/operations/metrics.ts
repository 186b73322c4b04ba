import type { ServerResponse } from 'node:http';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { DataHandler } from '../http/data-plane.ts';

export interface Metrics {
  readonly observe: (route: string, status: number, seconds: number) => void;
  /** What the intake did with a batch. */
  readonly events: (counts: {
    readonly accepted: number;
    readonly duplicates: number;
    readonly rejected: readonly string[];
  }) => void;
  /** GET /metrics, in the form of Prometheus. */
  readonly handler: DataHandler;
}

/** Counters of one server: Node's own, answers by route, events by outcome, size of the write-ahead log. */
export function createMetrics(walBytes: () => Promise<number>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const answers = new Histogram({
    name: 'assay_http_request_seconds',
    help: 'Time to answer a call of the API',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  const events = new Counter({
    name: 'assay_events_total',
    help: 'Events that came, by what became of them',
    labelNames: ['outcome'],
    registers,
  });
  const rejected = new Counter({
    name: 'assay_events_rejected_total',
    help: 'Events that were not accepted, by reason',
    labelNames: ['code'],
    registers,
  });
  const wal = new Gauge({
    name: 'assay_wal_bytes',
    help: 'Size of the write-ahead logs; past 256 MB something holds a read open',
    registers: [],
    async collect() {
      this.set(await walBytes());
    },
  });
  registry.registerMetric(wal);
  return {
    observe: (route, status, seconds) => {
      answers.observe({ route, status }, seconds);
    },
    events: (counts) => {
      events.inc({ outcome: 'accepted' }, counts.accepted);
      events.inc({ outcome: 'duplicate' }, counts.duplicates);
      events.inc({ outcome: 'rejected' }, counts.rejected.length);
      for (const code of counts.rejected) rejected.inc({ code });
    },
    handler: (req, res) => {
      if (req.url !== '/metrics' || req.method !== 'GET') return false;
      // The console has a page of that name; scrapers do not ask for HTML.
      if (req.headers.accept?.includes('text/html') === true) return false;
      void answer(registry, res);
      return true;
    },
  };
}

async function answer(registry: Registry, res: ServerResponse): Promise<void> {
  try {
    const text = await registry.metrics();
    res.writeHead(200, { 'Content-Type': registry.contentType }).end(text);
  } catch {
    res.writeHead(500).end();
  }
}
