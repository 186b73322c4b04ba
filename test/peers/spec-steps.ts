import {
  AsyncLocalStorageTransactionContextPropagator,
  OpenFeature,
} from '@openfeature/server-sdk';
import { expect } from 'vitest';
import type { Step } from './gherkin.ts';
import {
  evaluateFlag,
  notingHook,
  providers,
  valueOf,
  type FlagType,
  type World,
} from './spec-world.ts';

const quoted = (text = '') => new RegExp(`^${text.replaceAll('@', '"(.*?)"')}$`, 'i');

function ask(world: World, type: string, key: string, fallback: string): void {
  const kind = type.toLowerCase() as FlagType;
  world.flag = { key, type: kind, fallback: valueOf(kind, fallback) };
}
const templates = { showImages: true, title: 'Check out these pics!', imagesPerPage: 100 };

/** The steps of the specification's features; each is a pattern, in which @ stands for a text in quotes. */
export const specSteps: readonly Step<World>[] = [
  [
    /^a (stable|not ready|error|fatal|stale) provider$/,
    (world, [kind = '']) => providers[kind]?.(world),
  ],
  [
    /^the provider status should be "(.*)"$/,
    async (world, [status]) => {
      await expect.poll(() => world.client.providerStatus, { timeout: 5_000 }).toBe(status);
    },
  ],
  [
    /^an? (\w+)-flag with key "(.*)" and a fallback value "(.*)"$/i,
    (world, [type = '', key = '', fallback = '']) => {
      ask(world, type, key, fallback);
    },
  ],
  [
    /^a context containing a key "(.*)", with type "(.*)" and with value "(.*)"$/,
    (world, [key = '', type = '', value = '']) => {
      world.context[key] = valueOf(type, value);
    },
  ],
  [
    quoted('a context containing a key @ with null value'),
    (world, [key = '']) => {
      world.context[key] = null;
    },
  ],
  [/^the flag was evaluated with details$/, (world) => evaluateFlag(world)],
  [
    /^the flag was evaluated with details asynchronously$/,
    async (world) => {
      const pending = evaluateFlag(world);
      // Whoever asks goes on before there is an answer.
      expect(world.details.flagKey).toBe('');
      await pending;
    },
  ],
  [
    /^the evaluation should complete without blocking$/,
    ({ details, flag }) => {
      expect(details.flagKey).toBe(flag.key);
    },
  ],
  [
    /^the resolved details value should be "(.*)"$/,
    ({ details, flag }, [value = '']) => {
      expect(details.value).toEqual(valueOf(flag.type, value));
    },
  ],
  [
    /^(?:And )?the reason should be "(.*)"$/,
    ({ details }, [reason]) => {
      expect(details.reason).toBe(reason);
    },
  ],
  [
    quoted('the error-code should be @'),
    ({ details }, [code]) => {
      expect(details.errorCode).toBe(code);
    },
  ],
  [
    quoted('the flag key should be @'),
    ({ details }, [key]) => {
      expect(details.flagKey).toBe(key);
    },
  ],
  [
    /^the variant should be "([^"]*)"$/,
    ({ details }, [variant]) => {
      expect(details.variant).toBe(variant);
    },
  ],
  [
    /^evaluation options containing specific hooks$/,
    (world) => {
      world.hooks = [notingHook(world, ' 1'), notingHook(world, ' 2')];
    },
  ],
  [
    /^the flag was evaluated with details using the evaluation options$/,
    (world) => evaluateFlag(world),
  ],
  [
    /^the specified hooks should execute during evaluation$/,
    ({ ran }) => {
      expect(ran).toHaveLength(6);
    },
  ],
  [
    /^the hook order should be maintained$/,
    ({ ran }) => {
      expect(ran.map(({ stage }) => stage)).toEqual([
        'before 1',
        'before 2',
        'after 2',
        'after 1',
        'finally 2',
        'finally 1',
      ]);
    },
  ],
  [
    /^an evaluation context with modifiable data$/,
    (world) => {
      world.context = { list: [1, 2], nested: { a: 1 }, at: 'now' };
    },
  ],
  [
    /^the original evaluation context should remain unmodified$/,
    ({ context }) => {
      expect(context).toEqual({ list: [1, 2], nested: { a: 1 }, at: 'now' });
    },
  ],
  [
    /^the evaluation details should be immutable$/,
    ({ details }) => {
      expect(Object.isFrozen(details.flagMetadata)).toBe(true);
    },
  ],
  ...hookSteps(),
  ...mergingSteps(),
  ...earlierSteps(),
];

function hookSteps(): Step<World>[] {
  const names: Readonly<Record<string, string>> = {
    flag_key: 'flagKey',
    error_code: 'errorCode',
  };
  return [
    [
      /^a client with added hook$/,
      (world) => {
        world.client.addHooks(notingHook(world));
      },
    ],
    [
      quoted('the @ hook should have been executed'),
      ({ ran }, [stage]) => {
        expect(ran.map((one) => one.stage)).toContain(stage);
      },
    ],
    [
      quoted('the @ hooks should be called with evaluation details'),
      ({ ran }, [stages = ''], [, ...rows]) => {
        for (const stage of stages.split(', ')) {
          const { details = {} } = ran.find((one) => one.stage === stage) ?? {};
          const told = details as Record<string, unknown>;
          for (const [type = '', name = '', value = ''] of rows)
            expect([name, told[names[name] ?? name]]).toEqual([
              name,
              value === 'null' ? undefined : valueOf(type, value),
            ]);
        }
      },
    ],
  ];
}

function mergingSteps(): Step<World>[] {
  const add = (world: World, level: string, entry: Record<string, string>) => {
    world.atLevel[level] = { ...world.atLevel[level], ...entry };
  };
  return [
    [
      /^a stable provider with retrievable context is registered$/,
      (world) => providers['stable']?.(world),
    ],
    [
      quoted('a context entry with key @ and value @ is added to the @ level'),
      (world, [key = '', value = '', level = '']) => {
        add(world, level, { [key]: value });
      },
    ],
    [
      /^a table with levels of increasing precedence$/i,
      (world, _groups, rows) => {
        world.levels = rows.flat();
      },
    ],
    [
      quoted(
        'context entries for each level from API level down to the @ level, with key @ and value @',
      ),
      (world, [last = '', key = '']) => {
        const upTo = world.levels.slice(0, world.levels.indexOf(last) + 1);
        expect(upTo.at(-1)).toBe(last);
        for (const level of upTo) add(world, level, { [key]: level });
      },
    ],
    [
      /^some flag was evaluated$/i,
      async (world) => {
        const { atLevel } = world;
        OpenFeature.setTransactionContextPropagator(
          new AsyncLocalStorageTransactionContextPropagator(),
        );
        OpenFeature.setContext(atLevel['API'] ?? {});
        world.client.setContext(atLevel['Client'] ?? {});
        world.client.addHooks({ before: () => atLevel['Before Hooks'] });
        await new Promise<void>((resolve, reject) => {
          OpenFeature.setTransactionContext(atLevel['Transaction'] ?? {}, () => {
            evaluateFlag(world, atLevel['Invocation']).then(resolve, reject);
          });
        });
        OpenFeature.setContext({});
      },
    ],
    [
      quoted('the merged context contains an entry with key @ and value @'),
      ({ merged }, [key = '', value]) => {
        expect(merged[key]).toBe(value);
      },
    ],
  ];
}

/** The steps of the earlier suite, which says the same in other words. */
function earlierSteps(): Step<World>[] {
  const kinds = '(boolean|string|integer|float)';
  return [
    [
      new RegExp(
        `^an? (?:non-existent )?${kinds} flag with key "(.*)" is evaluated with (?:details and )?(?:a )?(?:default|fallback) value "?(.*?)"?$`,
      ),
      (world, [type = '', key = '', fallback = '']) => {
        ask(world, type, key, fallback);
        return evaluateFlag(world);
      },
    ],
    [
      /^an object flag with key "(.*)" is evaluated with (?:details and )?a null default value$/,
      (world, [key = '']) => {
        ask(world, 'object', key, 'null');
        return evaluateFlag(world);
      },
    ],
    [
      /^a string flag with key "(.*)" is evaluated as an integer, with details and a fallback value (\d+)$/,
      (world, [key = '', fallback = '']) => {
        ask(world, 'integer', key, fallback);
        return evaluateFlag(world);
      },
    ],
    [
      new RegExp(`^the resolved ${kinds} value should be "?(.*?)"?$`),
      ({ details }, [type = '', value = '']) => {
        expect(details.value).toBe(valueOf(type, value));
      },
    ],
    [
      new RegExp(
        `^the resolved ${kinds} details value should be "?(.*?)"?, the variant should be "(.*)", and the reason should be "(.*)"$`,
      ),
      ({ details }, [type = '', text = '', variant, reason]) => {
        expect(details).toMatchObject({ value: valueOf(type, text), variant, reason });
      },
    ],
    [
      /^the resolved object (?:details )?value should be contain fields "showImages", "title", and "imagesPerPage", with values "true", "Check out these pics!" and 100, respectively$/,
      ({ details }) => {
        expect(details.value).toEqual(templates);
      },
    ],
    [
      /^the variant should be "([^"]*)", and the reason should be "(.*)"$/,
      ({ details }, [variant, reason]) => {
        expect(details).toMatchObject({ variant, reason });
      },
    ],
    [
      quoted('context contains keys @, @, @, @ with values @, @, (\\d+), @'),
      (world, groups) => {
        const [fn = '', ln = '', age = '', customer = '', first = '', last = '', years, is] =
          groups;
        world.context = {
          [fn]: first,
          [ln]: last,
          [age]: Number(years),
          [customer]: is === 'true',
        };
      },
    ],
    [
      quoted('a flag with key @ is evaluated with default value @'),
      (world, [key = '', fallback = '']) => {
        ask(world, 'string', key, fallback);
        return evaluateFlag(world);
      },
    ],
    [
      quoted('the resolved string response should be @'),
      ({ details }, [value]) => {
        expect(details.value).toBe(value);
      },
    ],
    [
      quoted('the resolved flag value is @ when the context is empty'),
      async (world, [value]) => {
        await evaluateFlag(world, {});
        expect(world.details.value).toBe(value);
      },
    ],
    [
      /^the default (?:string|integer) value should be returned$/,
      ({ details, flag }) => {
        expect(details.value).toBe(flag.fallback);
      },
    ],
    [
      /^the reason should indicate an error and the error code should indicate a .* with "(.*)"$/,
      ({ details }, [code]) => {
        expect(details).toMatchObject({ reason: 'ERROR', errorCode: code });
      },
    ],
  ];
}
