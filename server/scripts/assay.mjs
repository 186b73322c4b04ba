#!/usr/bin/env node
/** The `assay` command. Builds first when the sources are newer than what was built. */
import { buildIfStale } from './prepare.mjs';

await buildIfStale();
process.env.NODE_ENV ??= 'production';
await import('../dist/cli.js');
