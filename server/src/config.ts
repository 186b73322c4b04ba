import { resolve } from 'node:path';
import { z } from 'zod';

/** Everything that the environment decides. `server/README.md` lists the variables. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Absolute path of the data folder. */
  readonly data: string;
  /** Scheme, host and port that people use; undefined = http://localhost and the port that was got. */
  readonly url: string | undefined;
  readonly allowInsecureHttp: boolean;
  /** How many proxies stand in front and may be believed about client addresses. */
  readonly proxyHops: number;
  readonly adminEmail: string | undefined;
  readonly adminPassword: string | undefined;
  readonly adminToken: string | undefined;
  /** Days after which the data plane no longer takes an event. */
  readonly maxLateDays: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

const flag = z.enum(['0', '1', 'false', 'true']).default('0');
const variables = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65_535).default(4_600),
    HOST: z.string().default('127.0.0.1'),
    ASSAY_DATA: z.string().default('./data'),
    ASSAY_URL: z
      .url({
        protocol: /^https?$/,
        error: 'must be an address such as https://assay.example.com',
        abort: true,
      })
      .refine((url) => new URL(url).pathname === '/', { error: 'must have no path' })
      .optional(),
    ASSAY_ALLOW_INSECURE_HTTP: flag,
    ASSAY_PROXY_HOPS: z.coerce.number().int().min(0).max(10).default(0),
    ASSAY_ADMIN_EMAIL: z.email().max(254).optional(),
    ASSAY_ADMIN_PASSWORD: z.string().min(12).max(256).optional(),
    ASSAY_ADMIN_TOKEN: z.string().min(8).max(200).regex(/^\S+$/, 'has a space').optional(),
    ASSAY_MAX_LATE_DAYS: z.coerce.number().min(1).max(3_650).default(35),
    ASSAY_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  })
  .refine((v) => (v.ASSAY_ADMIN_EMAIL === undefined) === (v.ASSAY_ADMIN_PASSWORD === undefined), {
    path: ['ASSAY_ADMIN_EMAIL'],
    error: 'and ASSAY_ADMIN_PASSWORD go together',
  });

/** Settings that cannot be used. The message lists each with what is wrong, and never a secret's value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The settings of this process. */
export function configFromEnvironment(): Config {
  return readConfig(process.env);
}

/** Settings from variables, or ConfigError. An empty variable counts as absent. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = variables.safeParse(given);
  if (!result.success) {
    const faults = result.error.issues.map((i) => `  ${i.path.join('.')} ${i.message}`);
    throw new ConfigError(`These settings cannot be used:\n${faults.join('\n')}`);
  }
  const v = result.data;
  const config: Config = {
    port: v.PORT,
    host: v.HOST,
    data: resolve(v.ASSAY_DATA),
    url: v.ASSAY_URL === undefined ? undefined : new URL(v.ASSAY_URL).origin,
    allowInsecureHttp:
      v.ASSAY_ALLOW_INSECURE_HTTP === '1' || v.ASSAY_ALLOW_INSECURE_HTTP === 'true',
    proxyHops: v.ASSAY_PROXY_HOPS,
    adminEmail: v.ASSAY_ADMIN_EMAIL,
    adminPassword: v.ASSAY_ADMIN_PASSWORD,
    adminToken: v.ASSAY_ADMIN_TOKEN,
    maxLateDays: v.ASSAY_MAX_LATE_DAYS,
    logLevel: v.ASSAY_LOG_LEVEL,
  };
  refuseInsecure(config);
  return config;
}

function refuseInsecure({ url, allowInsecureHttp }: Config): void {
  if (url === undefined || !isInsecure(url) || allowInsecureHttp) return;
  throw new ConfigError(
    `ASSAY_URL is ${url}: over plain http, passwords and sessions can be read on the way. Put https in front, or set ASSAY_ALLOW_INSECURE_HTTP=1 to accept that.`,
  );
}

/** Where a process on this machine reaches the server. */
export function localUrl({ host, port }: Pick<Config, 'host' | 'port'>): string {
  const anywhere = host === '0.0.0.0' || host === '::';
  const name = anywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

/** Plain http that leaves the machine. */
export function isInsecure(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  const local = hostname === 'localhost' || hostname === '[::1]' || /^127\.[\d.]+$/.test(hostname);
  return protocol === 'http:' && !local;
}
