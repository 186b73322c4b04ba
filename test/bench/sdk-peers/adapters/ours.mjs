import { COUNTRIES_IN, PLAN, VERSION_GTE } from '../lib/workload.mjs';

let sdk;
const salt = (flag) => flag.key.slice(-7);
const variants = (...keys) => Object.fromEntries(keys.map((key) => [key, key]));
const eligible = {
  all: [
    { attr: 'country', op: 'in', value: COUNTRIES_IN },
    { attr: 'plan', op: 'eq', value: PLAN },
    { attr: 'appVersion', op: 'semverGte', value: VERSION_GTE },
  ],
};
const common = { on: true, off: null };
const translate = {
  bool: () => ({
    ...common,
    type: 'boolean',
    variants: { on: true, off: false },
    rules: [],
    default: { variant: 'on' },
  }),
  exp: (flag) => ({
    ...common,
    type: 'string',
    variants: variants('control', 'treatment'),
    rules: [
      {
        id: 'r',
        experiment: flag.key,
        split: [
          ['control', 1],
          ['treatment', 1],
        ],
        salt: salt(flag),
        unit: 'userId',
      },
    ],
    default: { variant: 'control' },
  }),
  tgt: (flag) => ({
    ...common,
    type: 'string',
    variants: variants('a', 'b', 'c', 'off'),
    rules: [
      {
        id: 'r',
        if: eligible,
        split: [
          ['a', 1],
          ['b', 1],
          ['c', 1],
        ],
        salt: salt(flag),
        unit: 'userId',
      },
    ],
    default: { variant: 'off' },
  }),
};

/** The whole client, as an app uses it: only the network is left out. */
export default {
  name: 'Assay',
  pkg: '@assay/sdk',
  caps: ['bool', 'variant', 'target', 'all'],
  exposures: true,
  payload: (config) =>
    JSON.stringify({
      schema: 1,
      version: 1,
      environment: 'production',
      flags: Object.fromEntries(config.flags.map((flag) => [flag.key, translate[flag.kind](flag)])),
      segments: {},
      holdouts: {},
      layers: {},
    }),
  async load() {
    sdk = await import('@assay/sdk');
  },
  setup(config, payload, options) {
    const client = sdk.connect(rim, {
      url: '',
      key: 'sk_bench',
      ruleset: JSON.parse(payload),
      stream: false,
    });
    const user = ({ id, country, plan, appVersion }) =>
      client.forUser({ userId: id }, { country, plan, appVersion });
    const all = (u) => u.all();
    const close = () => client.close();
    return options?.exposures
      ? {
          user,
          all,
          close,
          evalBool: (key, u) => u.get(key, false),
          evalVariant: (key, u) => u.get(key, 'off'),
        }
      : {
          user,
          all,
          close,
          evalBool: (key, u) => u.peek(key, false),
          evalVariant: (key, u) => u.peek(key, 'off'),
        };
  },
};

const rim = {
  transport: {
    send: async ({ body }) => ({ status: body ? 202 : 304, body: '', header: () => null }),
  },
  clock: {
    now: Date.now,
    after: (ms, call) => {
      const timer = setTimeout(() => call(), ms).unref();
      return () => clearTimeout(timer);
    },
  },
  random: Math.random,
  log: () => {},
  limits: { queued: 10_000, batchEvents: 1_000, exposures: 16_384 },
};
