import { Router } from 'express';
import { openapi } from '../contract/openapi.ts';

interface Operation {
  readonly summary: string;
  readonly 'x-access': string;
  readonly parameters: readonly { name: string; in: string; required: boolean }[];
  readonly requestBody?: { content: Record<string, { schema: unknown }> };
  readonly responses: Record<string, { content?: Record<string, { schema: unknown }> }>;
}
interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, unknown> };
}

const style = `:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
code,pre{font-family:ui-monospace,monospace;font-size:13px}pre{overflow:auto;padding:.75rem;border:1px solid #8884;border-radius:6px}
summary{cursor:pointer;padding:.35rem 0}summary b{display:inline-block;min-width:4.5rem}table{border-collapse:collapse}td,th{text-align:left;padding:.15rem .75rem .15rem 0}`;

/** A page that shows the OpenAPI document: plain HTML and one style sheet, no script. */
export function apiDocs(version: string): Router {
  let page: string | undefined;
  const router = Router();
  router.get('/', (_req, res) => {
    // Made when first asked for: it takes a third of the time of a start.
    page ??= render(openapi(version) as Document, version);
    res.type('html').send(page);
  });
  router.get('/style.css', (_req, res) => {
    res.type('css').send(style);
  });
  return router;
}

function render({ paths, components }: Document, version: string): string {
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => call(method, path, operation)),
  );
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) =>
      `<details id="${escape(name)}"><summary><code>${escape(name)}</code></summary>${json(schema)}</details>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Assay API</title><link rel="stylesheet" href="/api/docs/style.css"></head><body>
<h1>Assay API ${escape(version)}</h1><p>The same as a document for tools: <a href="/api/openapi.json">openapi.json</a>.
Send <code>Authorization: Bearer ak_…</code>; writes of a definition send <code>If-Match: "revision"</code>; errors are problem documents.</p>
<h2>Calls</h2>${calls.join('\n')}<h2>Schemas</h2>${schemas.join('\n')}</body></html>`;
}

function call(method: string, path: string, operation: Operation): string {
  const body = operation.requestBody?.content['application/json']?.schema;
  const [status = '', answer] = Object.entries(operation.responses)[0] ?? [];
  const schema = Object.values(answer?.content ?? {})[0]?.schema;
  const parameters = operation.parameters.map(
    (p) =>
      `<tr><td><code>${escape(p.name)}</code></td><td>${escape(p.in)}</td><td>${p.required ? 'required' : ''}</td></tr>`,
  );
  return `<details><summary><b>${escape(method.toUpperCase())}</b> <code>${escape(path)}</code> ${escape(operation.summary)}</summary>
<p>Access: ${escape(operation['x-access'])}</p>${parameters.length > 0 ? `<table>${parameters.join('')}</table>` : ''}
${body === undefined ? '' : `<p>Body</p>${json(body)}`}<p>Answer ${escape(status)}</p>${schema === undefined ? '' : json(schema)}</details>`;
}

function json(value: unknown): string {
  return `<pre>${escape(JSON.stringify(value, null, 2))}</pre>`;
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
