/** The flags that the scenarios of OpenFeature's specification speak of, as definitions of ours. */
type Value = string | number | boolean | object;
interface Shape {
  readonly type: 'boolean' | 'string' | 'number' | 'json';
  readonly variants: Readonly<Record<string, Value>>;
  readonly served: string;
  readonly zero: Value;
  readonly other: Value;
}

const page = { showImages: true, title: 'Check out these pics!', imagesPerPage: 100 };
const shapes: Readonly<Record<string, Shape>> = {
  boolean: {
    type: 'boolean',
    variants: { on: true, off: false },
    served: 'on',
    zero: false,
    other: true,
  },
  string: {
    type: 'string',
    variants: { greeting: 'hi', parting: 'bye' },
    served: 'greeting',
    zero: '',
    other: 'str',
  },
  integer: { type: 'number', variants: { one: 1, ten: 10 }, served: 'ten', zero: 0, other: 1 },
  float: { type: 'number', variants: { tenth: 0.1, half: 0.5 }, served: 'half', zero: 0, other: 1 },
  object: {
    type: 'json',
    variants: { empty: {}, template: page },
    served: 'template',
    zero: {},
    other: page,
  },
};

interface Given {
  readonly key: string;
  readonly type: Shape['type'];
  readonly variants: Readonly<Record<string, Value>>;
  /** Served to those whom `if` means, to everybody without it. */
  readonly served: string;
  readonly if?: object;
  readonly fallback?: string;
  readonly on?: boolean;
}

function flag({ key, type, variants, served, fallback = served, on = true, ...rule }: Given) {
  return {
    key,
    name: key,
    type,
    clientVisible: true,
    variants: Object.entries(variants).map(([name, value]) => ({ key: name, value })),
    environments: {
      production: {
        on,
        off: null,
        rules: [{ id: 'r1', ...rule, variant: served }],
        default: { variant: fallback },
      },
    },
  };
}

const equal = (attr: string, value: Value) => ({ attr, op: 'eq', value });
const email = equal('email', 'ballmer@macrosoft.com');
const places = { internal: 'INTERNAL', external: 'EXTERNAL' };

export const specFlags = [
  ...Object.entries(shapes).flatMap(([name, { type, variants, served, zero, other }]) => {
    const zeros = { type, variants: { zero, 'non-zero': other }, served: 'zero' };
    return [
      flag({ key: `${name}-flag`, type, variants, served }),
      flag({ key: `${name}-disabled-flag`, type, variants, served, on: false }),
      flag({ key: `${name}-zero-flag`, ...zeros }),
      flag({ key: `${name}-targeted-zero-flag`, ...zeros, if: email }),
    ];
  }),
  flag({
    key: 'wrong-flag',
    type: 'string',
    variants: { one: 'uno', two: 'dos' },
    served: 'one',
  }),
  flag({
    key: 'complex-targeted',
    type: 'string',
    variants: places,
    served: 'internal',
    fallback: 'external',
    if: { all: [equal('customer', false), email, { attr: 'age', op: 'gt', value: 10 }] },
  }),
  flag({
    key: 'context-aware',
    type: 'string',
    variants: places,
    served: 'internal',
    fallback: 'external',
    if: {
      all: [
        equal('fn', 'Sulisław'),
        equal('ln', 'Świętopełk'),
        equal('age', 29),
        equal('customer', false),
      ],
    },
  }),
];
