import type { RouteDef } from '@assay/server/contract/route';
import { routes, type RouteKey } from '@assay/server/contract/routes';
import { parsed, withoutReadOnly } from '@assay/server/http/input';
import { revisionOf } from '@assay/server/http/precondition';
import { AppError } from '@assay/server/errors';
import { describe, expect, it } from 'vitest';

type Posted = Extract<RouteKey, `POST ${string}`>;
function faults(route: Posted, value: unknown): unknown {
  const { body }: RouteDef = routes[route];
  try {
    return parsed(body, value);
  } catch (error) {
    return error instanceof AppError ? error.errors : error;
  }
}
const ramp = 'POST /api/experiments/:key/ramp';
const mean = { key: 'm', kind: 'mean', event: 'e' };
const quantile = { ...mean, kind: 'quantile' };

describe('input', () => {
  it.each<[Posted, unknown, string, string]>([
    [ramp, { coverage: 100_001 }, 'coverage', 'is 100001, must be at most 100000'],
    [ramp, { coverage: -1 }, 'coverage', 'is -1, must be at least 0'],
    [ramp, { coverage: 1.5 }, 'coverage', 'is 1.5, must be an integer'],
    [ramp, { coverage: '1' }, 'coverage', 'is "1", must be a number'],
    [ramp, {}, 'coverage', 'is missing, must be a number'],
    [ramp, { coverage: 1, colour: 'red' }, 'colour', 'unknown member "colour"'],
    [ramp, [], '', 'is [], must be an object'],
    [ramp, undefined, '', 'is missing, must be an object'],
    ['POST /api/metrics', { ...quantile, q: 1 }, 'q', 'is 1, must be less than 1'],
    ['POST /api/metrics', { ...quantile, q: 0 }, 'q', 'is 0, must be more than 0'],
    [
      'POST /api/metrics',
      { ...mean, cap: { absolute: 'x' } },
      'cap.absolute',
      'is "x", must be a number',
    ],
    [
      'POST /api/metrics',
      { ...mean, cap: { percentile: 2 } },
      'cap.percentile',
      'is 2, must be less than 1',
    ],
    ['POST /api/flags', { key: 'f', variants: [] }, 'variants', 'has 0 items, must be at least 1'],
    [
      'POST /api/tokens',
      { name: 't', role: 'c' },
      'role',
      'is "c", must be one of admin, editor, analyst, viewer',
    ],
    [
      'POST /api/tokens',
      { name: 'n'.repeat(201), role: 'admin' },
      'name',
      'has 201 characters, must be at most 200',
    ],
    ['POST /api/users', { password: 42 }, 'password', 'what came must be a string'],
  ])('%s %j: %s %s', (...[route, value, path, message]) => {
    expect(faults(route, value)).toContainEqual({ path, message });
  });

  it('is passed on as parsed, and anything where there is no schema is dropped', () => {
    expect(parsed(routes[ramp].body, { coverage: 3 })).toEqual({ coverage: 3 });
    expect(parsed(undefined, { coverage: 3 })).toBeUndefined();
  });

  it('loses what only the server may say', () => {
    const def: RouteDef = routes['POST /api/segments'];
    expect(withoutReadOnly(def, { key: 'k', revision: 3 })).toEqual({ key: 'k' });
    expect(withoutReadOnly(def, [1])).toEqual([1]);
    expect(withoutReadOnly(def, null)).toBeNull();
  });
});

describe('If-Match', () => {
  it.each([
    [undefined, undefined],
    ['"7"', 7],
    ['7', 7],
    ['W/"12"', 12],
    [' "0" ', 0],
  ])('%j is %j', (header, revision) => {
    expect(revisionOf(header)).toBe(revision);
  });

  it.each(['*', '', '"a"', '"1", "2"', '-1', '1e3'])('%j is invalid', (header) => {
    expect(() => revisionOf(header)).toThrow('must be one revision in quotes');
  });
});
