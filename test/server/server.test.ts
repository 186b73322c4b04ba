import { createConnection } from 'node:net';
import { describe, expect, it } from 'vitest';
import { asAdmin, call, startServer } from '../support/server.ts';

describe('a server', () => {
  it('says that it lives, that it is ready, and what it has done', async () => {
    const { url } = await startServer();
    expect(await call(url, 'GET /healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await call(url, 'GET /readyz')).toMatchObject({ status: 200, body: { status: 'ok' } });
    await call(url, 'GET /api/flags');
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain(
      'assay_http_request_seconds_count{route="GET /api/flags",status="200"} 1',
    );
    const page = await fetch(`${url}/metrics`, { headers: { accept: 'text/html' } });
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(metrics).toMatch(/^assay_wal_bytes \d+$/m);
    expect(metrics).toMatch(/^nodejs_eventloop_lag_seconds [\d.e-]+$/m);
    const about = await call(url, 'GET /api/about');
    expect(about).toMatchObject({ status: 200, body: { url, insecure: false } });
  });

  it('describes its whole API, and shows it on a page', async () => {
    const { url } = await startServer();
    const { body } = await call(url, 'GET /api/openapi.json', { headers: {} });
    const document = body as {
      openapi: string;
      paths: Record<string, Record<string, { responses: object }>>;
      components: { schemas: Record<string, unknown> };
    };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toContain('/api/experiments/{key}/readout');
    expect(document.paths['/api/flags/{key}']).toHaveProperty('put.requestBody');
    const text = JSON.stringify(body);
    for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g))
      expect(Object.keys(document.components.schemas)).toContain(name);
    expect(text).not.toContain('"#/$defs/');
    const page = await fetch(`${url}/api/docs`);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const html = await page.text();
    expect(html).toContain('<code>/api/experiments/{key}/readout</code>');
    expect(html).not.toContain('<script');
  });

  it('has the data folder for itself', async () => {
    const { data } = await startServer();
    await expect(startServer({ ASSAY_DATA: data })).rejects.toThrow(
      `${data} is in use by another Assay.`,
    );
  });

  it('leaves the folder free when its port is taken', async () => {
    const { port } = await startServer();
    const { data, close } = await startServer();
    await close();
    await expect(startServer({ PORT: String(port), ASSAY_DATA: data })).rejects.toThrow(
      'EADDRINUSE',
    );
    await startServer({ ASSAY_DATA: data });
  });

  it('finishes what is in flight before it stops, then takes nothing more', async () => {
    const { url, port, close, logs } = await startServer();
    const body = JSON.stringify({ key: 'late', kind: 'count', event: 'x' });
    const socket = createConnection(port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write(
      `POST /api/metrics HTTP/1.1\r\nHost: x\r\nAuthorization: ${asAdmin.authorization}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 9)}`,
    );
    // The request has arrived when another one that came later is answered.
    await call(url, 'GET /healthz');
    const closed = close();
    socket.write(body.slice(9));
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
      socket.on('close', () => {
        resolve(text);
      });
    });
    expect(answer).toContain('HTTP/1.1 201 Created');
    await closed;
    await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed');
    expect(logs.at(-1)).toContain('"msg":"stopped"');
  });

  it('ends open streams when it stops', async () => {
    const { url, close } = await startServer();
    const body = { environment: 'production', kind: 'client', name: '' };
    const made = await call(url, 'POST /api/sdk-keys', { body });
    const { key } = made.body as { key: string };
    const stream = await fetch(`${url}/sdk/v1/stream?key=${key}`);
    expect(stream.status).toBe(200);
    const started = performance.now();
    await Promise.all([close(), stream.text()]);
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it('cuts clients that send their headers a byte at a time', { timeout: 30_000 }, async () => {
    const { port, url } = await startServer();
    const socket = createConnection(port, '127.0.0.1');
    const drip = setInterval(() => socket.write('X'), 500);
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    socket.resume();
    const started = performance.now();
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(drip);
    expect(performance.now() - started).toBeLessThan(14_000);
    expect((await call(url, 'GET /healthz')).status).toBe(200);
  });
});
