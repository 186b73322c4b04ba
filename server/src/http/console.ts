import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express } from 'express';

const missing = `<!doctype html><title>Assay</title><h1>The console is not built</h1>
<p>Run <code>npm run build</code>, or <code>npm start</code>, which does it. The API works at <a href="/api/docs">/api/docs</a>.</p>`;

/** Serves the built console: hashed assets for ever, index.html for every page of it, fresh each time. */
export function serveConsole(app: Express, folder: string): void {
  app.use(
    '/assets',
    express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false }),
  );
  app.use(express.static(folder, { index: false, maxAge: '1h' }));
  const index = join(folder, 'index.html');
  const page = existsSync(index) ? readFileSync(index, 'utf8') : missing;
  app.get('/{*page}', (req, res, next) => {
    const isFile = req.path.startsWith('/assets/') || /\.\w+$/.test(req.path);
    if (isFile || req.accepts(['html', 'json']) !== 'html') {
      next();
      return;
    }
    res.setHeader('Cache-Control', 'no-cache');
    res.type('html').send(page);
  });
}
