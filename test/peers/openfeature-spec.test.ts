import type { Pickle } from '@cucumber/messages';
import { OpenFeature } from '@openfeature/server-sdk';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '@assay/server/config';
import { createServer, type Running } from '@assay/server/server';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { adminToken } from '../support/server.ts';
import { play, scenariosOf } from './gherkin.ts';
import { specFlags } from './spec-flags.ts';
import { specSteps } from './spec-steps.ts';
import { newWorld } from './spec-world.ts';
import { adopt } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-test-'));
let server: Running;
let key: string;

beforeAll(async () => {
  const silent = () => undefined;
  OpenFeature.setLogger({ error: silent, warn: silent, info: silent, debug: silent });
  const config = readConfig({ PORT: '0', ASSAY_ADMIN_TOKEN: adminToken, ASSAY_DATA: folder });
  server = await createServer(config, { logs: { write: () => undefined } });
  const world = await adopt(server.url);
  for (const flag of specFlags) await world.make('flags', flag);
  key = world.serverKey;
});
afterAll(async () => {
  await OpenFeature.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Why a scenario cannot be: what it asks for is not what this provider is for. */
function whyNot({ name }: Pickle): string | undefined {
  if (name === 'CACHED reason') return 'flags are decided anew on every call; nothing is cached';
  if (name === 'Returns no metadata')
    return 'every evaluation says its flag set and version, by the convention for telemetry';
  if (name === 'Returns metadata' || name === 'Flag metadata in evaluation details')
    return 'flags have no metadata of their own';
  return undefined;
}

function run(scenarios: readonly Pickle[]): void {
  const cases = scenarios.map((scenario, i) => ({
    scenario,
    title: `${i + 1} ${scenario.name}`,
    reason: whyNot(scenario),
  }));
  it.for(cases)('$title', async ({ scenario, title, reason }, { skip }) => {
    if (reason !== undefined) {
      // In sight whatever the reporter shows.
      console.info(`skipped: ${title} (${reason})`);
      skip(reason);
    }
    onTestFinished(async () => {
      await OpenFeature.clearProviders();
    });
    await expect(play(scenario, specSteps, newWorld(server.url, key))).resolves.toBeUndefined();
  });
}

describe('scenarios of our own', () => {
  const text = readFileSync(new URL('own.feature', import.meta.url), 'utf8');
  const scenarios = scenariosOf(text, 'own.feature');

  it('are ten', () => {
    expect(scenarios).toHaveLength(10);
  });
  run(scenarios);
});

/** The specification's own test data stand beside the repository, not in it. */
const spec = fileURLToPath(new URL('../../../shared/openfeature/', import.meta.url));
const missing = !existsSync(spec);
const features = [
  { feature: 'evaluation', count: 13, skipped: 0 },
  { feature: 'evaluation_v2', count: 82, skipped: 3 },
  { feature: 'contextMerging', count: 29, skipped: 0 },
  { feature: 'hooks', count: 3, skipped: 0 },
  { feature: 'metadata', count: 5, skipped: 5 },
] as const;

if (missing) console.info(`skipped: the specification's features (there is no ${spec})`);

describe.skipIf(missing).each(features)('the specification: $feature', (given) => {
  const { feature, count, skipped } = given;
  const text = missing ? 'Feature: none' : readFileSync(`${spec}${feature}.feature`, 'utf8');
  const scenarios = scenariosOf(text, feature);

  it('has as many scenarios, and skips as many, as were counted', () => {
    expect(scenarios).toHaveLength(count);
    expect(scenarios.filter((one) => whyNot(one) !== undefined)).toHaveLength(skipped);
  });
  run(scenarios);
});

it.skipIf(missing)('the flags here have the variants that the specification gives them', () => {
  const given = JSON.parse(readFileSync(`${spec}test-flags.json`, 'utf8')) as Record<
    string,
    { variants: object }
  >;
  for (const { key: name, variants } of specFlags.filter((flag) => flag.key in given))
    expect([name, Object.fromEntries(variants.map((v) => [v.key, v.value]))]).toEqual([
      name,
      given[name]?.variants,
    ]);
  expect(specFlags.filter((flag) => !(flag.key in given)).map((flag) => flag.key)).toEqual([
    'context-aware',
  ]);
});
