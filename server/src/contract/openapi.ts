import { z } from 'zod';
import { operators } from './condition.ts';
import { problem } from './common.ts';
import type { RouteDef } from './route.ts';
import { routes } from './routes.ts';

const conditionSchema = {
  description: 'Who is meant.',
  oneOf: [
    {
      type: 'object',
      required: ['all'],
      properties: { all: { type: 'array', items: { $ref: '#/components/schemas/Condition' } } },
    },
    {
      type: 'object',
      required: ['any'],
      properties: { any: { type: 'array', items: { $ref: '#/components/schemas/Condition' } } },
    },
    {
      type: 'object',
      required: ['not'],
      properties: { not: { $ref: '#/components/schemas/Condition' } },
    },
    {
      type: 'object',
      required: ['segment'],
      properties: { segment: { $ref: '#/components/schemas/Key' } },
    },
    {
      type: 'object',
      required: ['attr', 'op'],
      properties: { attr: { type: 'string' }, op: { enum: operators }, value: {} },
    },
  ],
};

/** The OpenAPI 3.1 document, derived from `routes`. */
export function openapi(version: string): object {
  const components: Record<string, unknown> = { Condition: conditionSchema };
  const paths: Record<string, Record<string, object>> = {};
  for (const [route, def] of Object.entries<RouteDef>(routes)) {
    const [method = '', path = ''] = route.split(' ');
    const url = path.replaceAll(/:(\w+)/g, '{$1}');
    (paths[url] ??= {})[method.toLowerCase()] = operation(route, def, components);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Assay',
      version,
      description: 'A/B tests and feature flags, from the hypothesis to the decision.',
    },
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An API token.' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-sid' },
      },
    },
  };
}

function operation(route: string, def: RouteDef, components: Record<string, unknown>): object {
  const status = String(def.status ?? 200);
  return {
    operationId: route,
    summary: def.summary,
    'x-access': def.access,
    ...(def.access !== 'public' && { security: [{ token: [] }, { session: [] }] }),
    parameters: [...pathParameters(route), ...queryParameters(def, components), ...ifMatch(route)],
    ...(def.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(def.body, 'input', components) } },
      },
    }),
    responses: {
      [status]: {
        description: 'Done',
        ...(status !== '204' && {
          content: {
            [def.kind === 'sse' ? 'text/event-stream' : 'application/json']: {
              schema: schemaOf(def.response, 'output', components),
            },
          },
        }),
      },
      default: {
        description: 'Problem',
        content: {
          'application/problem+json': { schema: schemaOf(problem, 'output', components) },
        },
      },
    },
  };
}

function pathParameters(route: string): object[] {
  return [...route.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(def: RouteDef, components: Record<string, unknown>): object[] {
  if (def.query === undefined) return [];
  const schema = schemaOf(def.query, 'input', components) as {
    properties?: Record<string, object>;
    required?: string[];
  };
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: 'query',
    required: schema.required?.includes(name) ?? false,
    schema: property,
  }));
}

function ifMatch(route: string): object[] {
  return route.startsWith('PUT ') && route.endsWith('/:key')
    ? [
        {
          name: 'If-Match',
          in: 'header',
          required: true,
          schema: { type: 'string' },
          description: 'The revision that was read, in quotes.',
        },
      ]
    : [];
}

/** JSON schema of one zod schema; schemas with an id go to components once. */
function schemaOf(
  schema: z.ZodType,
  io: 'input' | 'output',
  components: Record<string, unknown>,
): object {
  const made = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as Record<
    string,
    unknown
  >;
  const defs = (made['$defs'] ?? {}) as Record<string, Record<string, unknown>>;
  for (const [id, def] of Object.entries(defs)) {
    delete def['id'];
    components[id] ??= relocate(def);
  }
  delete made['$defs'];
  delete made['$schema'];
  delete made['id'];
  return relocate(made) as object;
}

function relocate(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(relocate);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([k, v]) => [
      k,
      k === '$ref' && typeof v === 'string'
        ? v.replace('#/$defs/', '#/components/schemas/')
        : relocate(v),
    ]),
  );
}
