import { localUrl, type Config } from '../config.ts';
import type { Calibration } from '../contract/calibration.ts';
import { AppError } from '../errors.ts';

export interface CalibrateFlags {
  readonly url?: string;
  readonly token?: string;
  readonly environment?: string;
}

/** `assay calibrate [metric …]`: has a server split its own units, and tells which metrics hold their level. */
export async function calibrate(
  config: Config,
  metrics: readonly string[],
  flags: CalibrateFlags,
): Promise<boolean> {
  const token = flags.token ?? config.adminToken;
  if (token === undefined)
    throw new AppError('unauthenticated', 'Give --token ak_…, or set ASSAY_ADMIN_TOKEN.');
  const ask = async (method: string, path: string): Promise<unknown> => {
    const response = await fetch(new URL(path, flags.url ?? localUrl(config)), {
      method,
      headers: { authorization: `Bearer ${token}` },
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new AppError('invalid', (answer as { detail: string }).detail);
    return answer;
  };
  const keys = metrics.length > 0 ? metrics : await allKeys(ask);
  const where = flags.environment === undefined ? '' : `?environment=${flags.environment}`;
  let trusted = true;
  for (const key of keys) {
    const found = (await ask('POST', `/api/metrics/${key}/calibration${where}`)) as Calibration;
    console.log(lineOf(found));
    trusted &&= found.trusted !== false;
  }
  return trusted;
}

async function allKeys(ask: (method: string, path: string) => Promise<unknown>): Promise<string[]> {
  const { items } = (await ask('GET', '/api/metrics?limit=1000')) as {
    readonly items: readonly { readonly key: string }[];
  };
  return items.map((metric) => metric.key);
}

function lineOf({ metric, units, ...found }: Calibration): string {
  const { falsePositiveRate: rate, low, high, uniformity, trusted } = found;
  if (rate === null || low === null || high === null || uniformity === null)
    return `${metric}: too few units (${units})`;
  const percent = (x: number): string => `${(100 * x).toFixed(1)} %`;
  const verdict = trusted === null ? 'too rare to tell' : trusted ? 'trusted' : 'NOT TRUSTED';
  return (
    `${metric}: ${verdict}; ${percent(rate)} false positives [${percent(low)}, ${percent(high)}] ` +
    `at ${percent(found.alpha)}, uniformity p = ${uniformity.toPrecision(2)}, ${found.told} splits of ${units} units`
  );
}
