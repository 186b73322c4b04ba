import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const config = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
  forbidden: object[];
  options: Record<string, unknown>;
};

async function look(baseDir: string, folders: string[]): Promise<ICruiseResult> {
  const { output } = await cruise(
    folders,
    {
      ...config.options,
      ruleSet: { forbidden: config.forbidden },
      validate: true,
      baseDir,
    } as never,
    {},
    { tsConfig: extractTSConfig(`${root}/tsconfig.base.json`) },
  );
  return output as ICruiseResult;
}
const violations = (result: ICruiseResult) =>
  result.summary.violations.map((v) => `${v.rule.name}: ${v.from} → ${v.to}`);

describe('the import table', () => {
  let seen: ICruiseResult;
  beforeAll(async () => {
    seen = await look(root, ['sdk/src', 'server/src', 'console/src']);
  }, 120_000);

  it('holds everywhere', () => {
    expect(violations(seen)).toEqual([]);
  });

  // Fewer modules than this means that the tool saw only a part of the house, and its silence proves nothing.
  it.each([
    ['sdk', 12],
    ['server', 100],
    ['console', 80],
  ])('was checked on the modules of %s: at least %i', (room, least) => {
    const modules = seen.modules.filter((m) => m.source.startsWith(`${room}/src/`));
    expect(modules.length).toBeGreaterThanOrEqual(least);
  });

  it('notices strays in a house that has them', async () => {
    const house = mkdtempSync(join(tmpdir(), 'assay-house-'));
    onTestFinished(() => {
      rmSync(house, { recursive: true });
    });
    const files = {
      'server/src/stats/a.ts': "import { b } from '../http/b.ts';\nexport const a = b;\n",
      'server/src/http/b.ts': 'export const b = 1;\n',
      'server/src/store/events/sqlite.ts': 'export const open = 1;\n',
      'server/src/readout/c.ts':
        "import { open } from '../store/events/sqlite.ts';\nexport const c = open;\n",
      'console/src/features/x/d.ts': "import { e } from '../y/e.ts';\nexport const d = e;\n",
      'console/src/features/y/e.ts': 'export const e = 1;\n',
    };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(house, name)), { recursive: true });
      writeFileSync(join(house, name), text);
    }
    expect(violations(await look(house, ['server/src', 'console/src'])).toSorted()).toEqual([
      'adapters-only-from-open: server/src/readout/c.ts → server/src/store/events/sqlite.ts',
      'features-apart: console/src/features/x/d.ts → console/src/features/y/e.ts',
      'stats-is-pure: server/src/stats/a.ts → server/src/http/b.ts',
    ]);
  });
});
