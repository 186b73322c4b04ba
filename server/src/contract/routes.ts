import { z } from 'zod';
import * as accounts from './accounts.ts';
import * as calculator from './calculator.ts';
import * as calibrating from './calibration.ts';
import * as comparing from './compare.ts';
import { empty, key, listQuery, page, text, type Page } from './common.ts';
import * as definitions from './definitions.ts';
import * as looking from './looking.ts';
import * as planning from './planning.ts';
import * as readouts from './readout.ts';
import type { RouteDef } from './route.ts';

const { kinds } = definitions;

type DefinitionRoutes<K extends definitions.Kind> = {
  [P in `GET /api/${K}`]: {
    summary: string;
    access: 'viewer';
    query: typeof listQuery;
    response: Page<definitions.Definition<K>>;
  };
} & {
  [P in `POST /api/${K}`]: {
    summary: string;
    access: (typeof kinds)[K]['write'];
    readOnly: readonly string[];
    status: 201;
    body: (typeof kinds)[K]['body'];
    response: (typeof kinds)[K]['read'];
  };
} & {
  [P in `GET /api/${K}/:key`]: {
    summary: string;
    access: 'viewer';
    response: (typeof kinds)[K]['read'];
  };
} & {
  [P in `PUT /api/${K}/:key`]: {
    summary: string;
    access: (typeof kinds)[K]['write'];
    readOnly: readonly string[];
    query: typeof reasonQuery;
    body: (typeof kinds)[K]['body'];
    response: (typeof kinds)[K]['read'];
  };
} & {
  [P in `DELETE /api/${K}/:key`]: {
    summary: string;
    access: (typeof kinds)[K]['write'];
    query: typeof reasonQuery;
    response: (typeof kinds)[K]['read'];
  };
} & {
  [P in `GET /api/${K}/:key/revisions`]: {
    summary: string;
    access: 'viewer';
    query: typeof listQuery;
    response: typeof revisions;
  };
} & {
  [P in `POST /api/${K}/:key/revert`]: {
    summary: string;
    access: (typeof kinds)[K]['write'];
    body: typeof revertBody;
    response: (typeof kinds)[K]['read'];
  };
};

const reasonQuery = z.object({ reason: text.optional() });
const revisions = page(definitions.revisionEntry);
const revertBody = z.strictObject({ revision: z.int().min(1), reason: text.default('') });

/** The seven calls that every kind of definition answers. */
function definitionRoutes<K extends definitions.Kind>(kind: K): DefinitionRoutes<K> {
  const { body, read, readOnly, write } = kinds[kind];
  const base = `/api/${kind}`;
  const made: Record<string, RouteDef> = {
    [`GET ${base}`]: {
      summary: `List ${kind}`,
      access: 'viewer',
      query: listQuery,
      response: page(read),
    },
    [`POST ${base}`]: {
      summary: `Create one of ${kind}`,
      access: write,
      readOnly,
      status: 201,
      body,
      response: read,
    },
    [`GET ${base}/:key`]: { summary: `Read one of ${kind}`, access: 'viewer', response: read },
    [`PUT ${base}/:key`]: {
      summary: `Replace one of ${kind}; send If-Match`,
      access: write,
      readOnly,
      query: reasonQuery,
      body,
      response: read,
    },
    [`DELETE ${base}/:key`]: {
      summary: `Archive one of ${kind}`,
      access: write,
      query: reasonQuery,
      response: read,
    },
    [`GET ${base}/:key/revisions`]: {
      summary: 'Every version, newest first, with what it changed',
      access: 'viewer',
      query: listQuery,
      response: revisions,
    },
    [`POST ${base}/:key/revert`]: {
      summary: 'Make an earlier version current again',
      access: write,
      body: revertBody,
      response: read,
    },
  };
  return made as DefinitionRoutes<K>;
}

/** Every route under /api, keyed the way it is called. Server, console, OpenAPI and tests all read this. */
export const routes = {
  'GET /api/setup': {
    summary: 'Is the first admin still to be made?',
    access: 'public',
    response: accounts.setupState,
  },
  'POST /api/setup': {
    summary: 'Make the first admin with the one-time link',
    access: 'public',
    body: accounts.setupBody,
    response: accounts.me,
  },
  'POST /api/session': {
    summary: 'Sign in',
    access: 'public',
    body: accounts.signInBody,
    response: accounts.me,
  },
  'DELETE /api/session': { summary: 'Sign out', access: 'public', status: 204, response: empty },
  'GET /api/me': { summary: 'Who am I', access: 'viewer', response: accounts.me },
  'POST /api/me/password': {
    summary: 'Change my password',
    access: 'viewer',
    body: accounts.passwordChange,
    status: 204,
    response: empty,
  },

  'GET /api/users': {
    summary: 'People',
    access: 'viewer',
    query: listQuery,
    response: page(accounts.user),
  },
  'POST /api/users': {
    summary: 'Add a person',
    access: 'admin',
    status: 201,
    body: accounts.userBody,
    response: accounts.user,
  },
  'PUT /api/users/:id': {
    summary: 'Change role, name, password or activity',
    access: 'admin',
    body: accounts.userChange,
    response: accounts.user,
  },
  'DELETE /api/users/:id': {
    summary: 'Deactivate a person',
    access: 'admin',
    status: 204,
    response: empty,
  },
  'GET /api/tokens': {
    summary: 'API tokens',
    access: 'admin',
    query: listQuery,
    response: page(accounts.token),
  },
  'POST /api/tokens': {
    summary: 'Make an API token; it is shown once',
    access: 'admin',
    status: 201,
    body: accounts.tokenBody,
    response: accounts.tokenMade,
  },
  'DELETE /api/tokens/:id': {
    summary: 'Revoke a token',
    access: 'admin',
    status: 204,
    response: empty,
  },
  'GET /api/sdk-keys': {
    summary: 'SDK keys',
    access: 'viewer',
    query: listQuery,
    response: page(accounts.sdkKey),
  },
  'POST /api/sdk-keys': {
    summary: 'Make an SDK key; it is shown once',
    access: 'editor',
    status: 201,
    body: accounts.sdkKeyBody,
    response: accounts.sdkKeyMade,
  },
  'DELETE /api/sdk-keys/:id': {
    summary: 'Revoke an SDK key',
    access: 'editor',
    status: 204,
    response: empty,
  },

  ...definitionRoutes('environments'),
  ...definitionRoutes('flags'),
  ...definitionRoutes('experiments'),
  ...definitionRoutes('metrics'),
  ...definitionRoutes('segments'),
  ...definitionRoutes('layers'),
  ...definitionRoutes('holdouts'),

  'GET /api/experiments/:key/checklist': {
    summary: 'What is still missing before start',
    access: 'viewer',
    response: z.object({
      ready: z.boolean(),
      items: z.array(
        z.object({ id: z.string(), ok: z.boolean(), blocking: z.boolean(), detail: z.string() }),
      ),
    }),
  },
  'POST /api/experiments/:key/start': {
    summary: 'Lock the plan and start',
    access: 'editor',
    body: z.strictObject({ reason: text.optional() }).default({}),
    response: definitions.experiment,
  },
  'POST /api/experiments/:key/ramp': {
    summary: 'Change coverage; growing moves nobody',
    access: 'editor',
    body: z.strictObject({ coverage: definitions.coverage, reason: text.optional() }),
    response: definitions.experiment,
  },
  'POST /api/experiments/:key/stop': {
    summary: 'Stop enrolment; everyone gets the control',
    access: 'editor',
    body: z.strictObject({ reason: text.optional() }).default({}),
    response: definitions.experiment,
  },
  'POST /api/experiments/:key/decide': {
    summary: 'Record the decision and serve its outcome',
    access: 'editor',
    body: z.strictObject({
      outcome: z.enum(['ship', 'rollback', 'inconclusive']),
      variant: key.optional(),
      note: text.default(''),
    }),
    response: definitions.experiment,
  },
  'POST /api/experiments/:key/amend': {
    summary: 'Change a running plan, with a reason; what moves units starts a new phase',
    access: 'editor',
    body: z.strictObject({
      reason: text.min(1),
      changes: z.record(z.string().max(100), z.unknown()),
    }),
    response: definitions.experiment,
  },

  'GET /api/experiments/:key/readout': {
    summary: 'Results, checks and verdict',
    access: 'viewer',
    query: readouts.readoutQuery,
    response: readouts.readout,
  },
  'GET /api/experiments/:key/series': {
    summary: 'One metric by day',
    access: 'viewer',
    query: readouts.seriesQuery,
    response: readouts.series,
  },
  'GET /api/experiments/:key/breakdown': {
    summary: 'One metric by one or two exposure attributes',
    access: 'viewer',
    query: readouts.breakdownQuery,
    response: readouts.breakdown,
  },
  'GET /api/experiments/:key/health': {
    summary: 'Sample ratio and other checks, by day',
    access: 'viewer',
    response: readouts.health,
  },
  'GET /api/experiments/:key/export': {
    summary: 'The readout as CSV, JSON or Markdown',
    access: 'viewer',
    kind: 'file',
    query: z.object({ format: z.enum(['csv', 'json', 'md']) }),
    response: z.string(),
  },

  'GET /api/metrics/:key/calibration': {
    summary: 'Whether the metric’s test held its level on random splits of own units',
    access: 'viewer',
    query: calibrating.calibrationQuery,
    response: calibrating.calibration,
  },
  'POST /api/metrics/:key/calibration': {
    summary: 'Split the units of the last 28 days now',
    access: 'analyst',
    query: calibrating.calibrationQuery,
    response: calibrating.calibration,
  },
  'POST /api/plan': {
    summary: 'Sample size, duration, power, MDE by day',
    access: 'viewer',
    body: planning.planBody,
    response: planning.plan,
  },
  'POST /api/plan/boundaries': {
    summary: 'Bounds of planned looks, what they spend and cost',
    access: 'viewer',
    body: planning.boundariesBody,
    response: planning.boundaries,
  },
  'POST /api/plan/simulate': {
    summary: 'Power, false positives and the stop, by simulation through the plan’s looks',
    access: 'viewer',
    body: planning.simulateBody,
    response: planning.simulation,
  },
  'POST /api/plan/baseline': {
    summary: 'What a metric is today, from the logged events',
    access: 'viewer',
    body: planning.baselineBody,
    response: planning.baseline,
  },
  'POST /api/stats/compare': {
    summary: 'Compare two variants from sufficient statistics',
    access: 'viewer',
    body: comparing.compareBody,
    response: comparing.comparison,
  },
  'POST /api/stats/srm': {
    summary: 'Sample-ratio check from counts',
    access: 'viewer',
    body: calculator.srmBody,
    response: calculator.srmResult,
  },
  'POST /api/stats/adjust': {
    summary: 'Adjust a family of p-values, e-values or intervals',
    access: 'viewer',
    body: calculator.adjustBody,
    response: calculator.adjusted,
  },
  'POST /api/stats/effects': {
    summary: 'Many effects together: heterogeneity, shrinkage, impact, selection, trend',
    access: 'viewer',
    body: calculator.effectsBody,
    response: calculator.effectsResult,
  },
  'POST /api/stats/bandit': {
    summary: 'Where a bandit sends traffic, and what its logged units say',
    access: 'viewer',
    body: calculator.banditBody,
    response: calculator.banditResult,
  },
  'POST /api/stats/decision': {
    summary: 'The decision rule, and the levels that make it hold',
    access: 'viewer',
    body: calculator.decisionBody,
    response: calculator.decisionResult,
  },
  'POST /api/stats/values': {
    summary: 'Moments, quantiles and cap of raw values',
    access: 'viewer',
    body: calculator.valuesBody,
    response: calculator.valuesResult,
  },
  'POST /api/stats/trust': {
    summary: 'False-positive risk, calibration of null p-values, balance of a split',
    access: 'viewer',
    body: calculator.trustBody,
    response: calculator.trustResult,
  },

  'GET /api/events/live': {
    summary: 'Events as they arrive (SSE)',
    access: 'analyst',
    kind: 'sse',
    query: z.object({ environment: key }),
    response: looking.liveEvent,
  },
  'GET /api/events/recent': {
    summary: 'The newest events',
    access: 'analyst',
    query: z.object({
      environment: key,
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    response: z.object({ items: z.array(looking.liveEvent) }),
  },
  'GET /api/events/rejected': {
    summary: 'Events that were not accepted, with reasons',
    access: 'analyst',
    query: z.object({
      environment: key,
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    response: z.object({ items: z.array(looking.rejectedEvent) }),
  },
  'GET /api/events/seen': {
    summary: 'Event names seen so far',
    access: 'viewer',
    query: z.object({ environment: key }),
    response: z.object({ items: z.array(looking.seenEvent) }),
  },
  'GET /api/events/activity': {
    summary: 'Events and exposures by day',
    access: 'viewer',
    query: z.object({ environment: key, days: z.coerce.number().int().min(1).max(90).default(28) }),
    response: looking.activity,
  },
  'POST /api/explain': {
    summary: 'Why a unit gets what it gets, rule by rule',
    access: 'viewer',
    body: looking.explainBody,
    response: looking.explanation,
  },
  'GET /api/units/:type/:id': {
    summary: 'One unit: timeline, assignments, what counted and why',
    access: 'analyst',
    query: z.object({ environment: key }),
    response: looking.unitPage,
  },
  'DELETE /api/units/:type/:id': {
    summary: 'Erase one unit',
    access: 'admin',
    response: looking.eraseReceipt,
  },

  'POST /api/import': {
    summary: 'Import NDJSON or CSV; the body is the file, streamed',
    access: 'editor',
    kind: 'upload',
    query: looking.importQuery,
    status: 200,
    response: looking.importState,
  },
  'GET /api/imports': {
    summary: 'Imports and how far they are',
    access: 'viewer',
    response: z.object({ items: z.array(looking.importState) }),
  },
  'GET /api/demo': { summary: 'The demo shop', access: 'viewer', response: looking.demoState },
  'POST /api/demo': {
    summary: 'Start the demo, change its speed or pause it',
    access: 'editor',
    body: looking.demoBody,
    response: looking.demoState,
  },
  'DELETE /api/demo': {
    summary: 'Remove the demo with all its data',
    access: 'editor',
    response: looking.demoState,
  },
  'GET /api/about': {
    summary: 'Version and health of this server',
    access: 'viewer',
    response: looking.about,
  },
  'GET /api/openapi.json': {
    summary: 'This document',
    access: 'public',
    response: z.object({}).loose(),
  },
} as const satisfies Record<string, RouteDef>;

export type Routes = typeof routes;
export type RouteKey = keyof Routes;

type Path<K extends string> = K extends `${string} ${infer P}` ? P : never;
type ParamNames<P extends string> = P extends `${string}:${infer N}/${infer R}`
  ? N | ParamNames<R>
  : P extends `${string}:${infer N}`
    ? N
    : never;
type Part<K extends RouteKey, F extends 'query' | 'body', Side extends 'in' | 'out'> =
  Routes[K] extends Record<F, infer S extends z.ZodType>
    ? { [X in F]: Side extends 'in' ? z.input<S> : z.output<S> }
    : unknown;
type Params<K extends RouteKey> = [ParamNames<Path<K>>] extends [never]
  ? unknown
  : { params: Record<ParamNames<Path<K>>, string> };
/** What a caller sends. */
export type Input<K extends RouteKey> = Params<K> & Part<K, 'query', 'in'> & Part<K, 'body', 'in'>;
/** What a handler receives, after parsing. */
export type Parsed<K extends RouteKey> = Params<K> &
  Part<K, 'query', 'out'> &
  Part<K, 'body', 'out'>;
export type Output<K extends RouteKey> = z.output<Routes[K]['response']>;
