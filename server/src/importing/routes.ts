import { columnMap, type ImportQuery } from '../contract/looking.ts';
import type { Experiment } from '../contract/definitions.ts';
import type { Definitions } from '../definitions/lookup.ts';
import { AppError } from '../errors.ts';
import type { Clock, Handlers, Random } from '../http/handler.ts';
import { parsed } from '../http/input.ts';
import type { EventStore } from '../store/events/port.ts';
import { importFile } from './import-file.ts';
import type { ImportJobs } from './jobs.ts';
import type { ColumnMap, ImportExperiment } from './target.ts';

export interface ImportDeps {
  readonly definitions: Definitions;
  readonly store: Pick<EventStore, 'append'>;
  readonly jobs: ImportJobs;
  readonly clock: Clock;
  readonly random: Random;
}

/** Files into the store: the body is the file, read as it comes. */
export function importRoutes(deps: ImportDeps): Handlers<'POST /api/import' | 'GET /api/imports'> {
  const { definitions, store, jobs, clock, random } = deps;
  return {
    'POST /api/import': ({ query }, { req }) => {
      const { environment, format, unitType, at } = query;
      if (definitions.environment(environment) === undefined)
        refuse('environment', `is ${JSON.stringify(environment)}, which is no environment`);
      const length = Number(req.headers['content-length']);
      return importFile({
        store,
        jobs,
        id: query.id ?? `import-${Buffer.from(random(9)).toString('base64url')}`,
        environment,
        format,
        unitType,
        map: mapOf(query.map),
        experiment: experimentOf(query, definitions),
        at: at === undefined ? undefined : Date.parse(at),
        stream: req,
        totalBytes: Number.isFinite(length) ? length : undefined,
        clock,
      });
    },
    'GET /api/imports': async () => ({
      items: (await jobs.list()).map(({ at: _at, digest: _digest, ...state }) => state),
    }),
  };
}

function mapOf(text: string | undefined): ColumnMap | undefined {
  if (text === undefined) return undefined;
  try {
    return parsed(columnMap, JSON.parse(text)) as ColumnMap;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse('map', `is no JSON: ${error.message}`);
  }
}

function experimentOf(
  { experiment: key, environment }: ImportQuery,
  definitions: Definitions,
): ImportExperiment | undefined {
  if (key === undefined) return undefined;
  const experiment = definitions.experiment(key);
  if (experiment === undefined)
    return refuse('experiment', `is ${JSON.stringify(key)}, which is no experiment`);
  if (experiment.environment !== environment)
    return refuse(
      'experiment',
      `is ${JSON.stringify(key)}, which runs in ${experiment.environment}, not in ${environment}`,
    );
  return target(experiment);
}

/** What a file has belongs to the newest phase; before the start, to the first. */
function target({ key, flag, phases, variants }: Experiment): ImportExperiment {
  return {
    key,
    flag,
    phase: phases.at(-1)?.number ?? 1,
    variants: variants.map((variant) => variant.key),
  };
}

function refuse(path: string, message: string): never {
  throw new AppError('invalid', `${path} ${message}.`, { errors: [{ path, message }] });
}
