import type { Handlers } from '../http/handler.ts';
import type { Calibrations } from './service.ts';

type CalibrationRoutes = 'GET /api/metrics/:key/calibration' | 'POST /api/metrics/:key/calibration';

export function calibrationRoutes(found: Calibrations): Handlers<CalibrationRoutes> {
  return {
    'GET /api/metrics/:key/calibration': ({ params, query }) =>
      Promise.resolve(found.latest(params.key, query.environment)),
    'POST /api/metrics/:key/calibration': ({ params, query }) =>
      found.run(params.key, query.environment),
  };
}
