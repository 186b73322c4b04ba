import type { Handlers } from '../http/handler.ts';
import { exportOf } from './export.ts';
import type { Readouts } from './service.ts';

type ReadoutRoutes =
  | 'GET /api/experiments/:key/readout'
  | 'GET /api/experiments/:key/series'
  | 'GET /api/experiments/:key/breakdown'
  | 'GET /api/experiments/:key/health'
  | 'GET /api/experiments/:key/export';

export function readoutRoutes(readouts: Readouts): Handlers<ReadoutRoutes> {
  return {
    'GET /api/experiments/:key/readout': async ({ params, query }) =>
      readouts.readout(params.key, query),
    'GET /api/experiments/:key/series': async ({ params, query }) =>
      readouts.series(params.key, query),
    'GET /api/experiments/:key/breakdown': async ({ params, query }) =>
      readouts.breakdown(params.key, query),
    'GET /api/experiments/:key/health': async ({ params }) => readouts.health(params.key),
    'GET /api/experiments/:key/export': async ({ params, query }, { res }) => {
      const { name, type, text } = exportOf(
        await readouts.readout(params.key, query.format === 'json' ? { explain: '1' } : {}),
        query.format,
      );
      res.setHeader('Content-Type', `${type}; charset=utf-8`);
      res.setHeader('Content-Disposition', `attachment; filename="${name}"`);
      return text;
    },
  };
}
