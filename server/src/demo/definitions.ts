import { experiment, type Kind } from '../contract/definitions.ts';
import { notStarted, started } from '../experiments/life.ts';
import type { Change } from '../store/definitions/port.ts';

/** The demo's own environment: nothing of it can mix with real counts. */
export const demoEnvironment = 'demo';
export const demoFlag = 'demo-checkout';
export const demoExperiment = 'demo-one-page-checkout';
export const demoVisitorsPerDay = 5_300;
export const demoPlan = { mde: 0.05, unitsPerVariant: 45_263, days: 21 };

const tags = ['demo'];
const proportion = (event: string, days = 7) => ({ kind: 'proportion', event, window: { days } });
const shared = { owner: 'demo', tags, description: '', direction: 'up', prePeriodDays: 14 };

const metrics: readonly { key: string; [member: string]: unknown }[] = [
  {
    key: 'demo-checkout-conversion',
    name: 'Checkout conversion',
    ...shared,
    ...proportion('order_paid'),
    stage: 'activation',
  },
  {
    key: 'demo-revenue-per-user',
    name: 'Revenue per user',
    ...shared,
    kind: 'mean',
    event: 'order_paid',
    value: 'value',
    window: { days: 7 },
    cap: { percentile: 0.999 },
    stage: 'revenue',
    unitOfMeasure: '¥',
  },
  {
    key: 'demo-order-value',
    name: 'Average order value',
    ...shared,
    kind: 'ratio',
    numerator: { event: 'order_paid', value: 'value' },
    denominator: { event: 'order_paid' },
    window: { days: 7 },
    stage: 'revenue',
    unitOfMeasure: '¥',
  },
  {
    key: 'demo-add-to-cart',
    name: 'Add-to-cart rate',
    ...shared,
    ...proportion('add_to_cart', 1),
    stage: 'activation',
  },
  {
    key: 'demo-d7-retention',
    name: 'D7 retention',
    ...shared,
    kind: 'retention',
    event: 'session',
    fromDay: 7,
    toDay: 8,
    stage: 'retention',
  },
  {
    key: 'demo-refund-rate',
    name: 'Refund rate',
    ...shared,
    ...proportion('refund'),
    direction: 'down',
  },
  {
    key: 'demo-checkout-load',
    name: 'Checkout load time',
    ...shared,
    kind: 'mean',
    event: 'checkout_load',
    value: 'value',
    window: { days: 1 },
    direction: 'down',
    unitOfMeasure: 'ms',
  },
  {
    key: 'demo-payment-failures',
    name: 'Payment failures',
    ...shared,
    ...proportion('payment_failed', 1),
    direction: 'down',
  },
];

const flag = {
  name: 'Checkout (demo)',
  description: 'Which checkout the demo shop shows.',
  owner: 'demo',
  tags,
  type: 'string',
  clientVisible: true,
  purpose: 'experiment',
  variants: [
    { key: 'classic', value: 'classic', name: 'Three pages' },
    { key: 'one-page', value: 'one_page', name: 'One page' },
  ],
  environments: {
    [demoEnvironment]: {
      on: true,
      off: 'classic',
      rules: [{ id: 'one-page-checkout', experiment: demoExperiment }],
      default: { variant: 'classic' },
    },
  },
};

const plan = {
  name: 'One-page checkout (demo)',
  description: '',
  owner: 'demo',
  tags,
  flag: demoFlag,
  environment: demoEnvironment,
  unit: 'userId',
  hypothesis: {
    because: '41% of drop-off sits between address and payment, and each extra page costs patience',
    change: 'merging three checkout steps into one',
    expect: 'raise conversion by at least 5% for signed-in shoppers',
  },
  variants: [
    { key: 'classic', weight: 1, name: 'Control' },
    { key: 'one-page', weight: 1, name: 'One page' },
  ],
  control: 'classic',
  coverage: 100_000,
  audience: { attr: 'country', op: 'in', value: ['CN', 'SG'] },
  timeZone: 'UTC',
  metrics: {
    primary: 'demo-checkout-conversion',
    secondary: [
      'demo-revenue-per-user',
      'demo-order-value',
      'demo-add-to-cart',
      'demo-d7-retention',
    ],
    guardrails: [
      { metric: 'demo-refund-rate', margin: 0.1 },
      { metric: 'demo-checkout-load', margin: 0.03 },
      { metric: 'demo-payment-failures', margin: 0.1 },
    ],
  },
  analysis: { method: 'sequential', alpha: 0.05, power: 0.8, cuped: true, correction: 'holm' },
  plan: demoPlan,
};

export interface DemoStart {
  /** When the experiment is said to have started, ms. */
  readonly startedAt: number;
  readonly now: number;
  readonly salt: string;
  readonly author: string;
  readonly requestId: string;
}

/** Everything the demo defines, as one transaction. */
export function demoChanges(start: DemoStart): Change[] {
  const create = (kind: Kind, key: string, body: Record<string, unknown>): Change => ({
    kind,
    key,
    expected: null,
    body: { key, ...body },
    archived: false,
    action: 'create',
    reason: 'demo',
    author: start.author,
    requestId: start.requestId,
    at: start.now,
  });
  return [
    create('environments', demoEnvironment, {
      name: 'Demo shop',
      description: 'Simulated visitors; removed with one click.',
      color: '',
    }),
    ...metrics.map((metric) => create('metrics', metric.key, metric)),
    create('flags', demoFlag, flag),
    create('experiments', demoExperiment, running(start)),
  ];
}

/** The plan as it is once started, with a start that lies in the past. */
function running({ startedAt, salt, author }: DemoStart): Record<string, unknown> {
  const draft = experiment.parse({ key: demoExperiment, ...plan, ...notStarted, ...unstored });
  const whole = started(draft, { at: startedAt, by: author, reason: 'demo' }, salt);
  return Object.fromEntries(Object.entries(whole).filter(([name]) => !(name in unstored)));
}

/** Members that the store adds; only here so that a draft can be read before it is stored. */
const unstored = {
  revision: 1,
  createdAt: new Date(0).toISOString(),
  updatedAt: new Date(0).toISOString(),
  updatedBy: 'demo',
  archived: false,
};

export const demoKeys: readonly { readonly kind: Kind; readonly key: string }[] = [
  { kind: 'experiments', key: demoExperiment },
  { kind: 'flags', key: demoFlag },
  ...metrics.map(({ key }) => ({ kind: 'metrics' as const, key })),
  { kind: 'environments', key: demoEnvironment },
];
