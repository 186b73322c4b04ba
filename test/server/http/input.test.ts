import { parsed, withoutReadOnly } from '@assay/server/http/input';
import { revisionOf } from '@assay/server/http/precondition';
import { AppError } from '@assay/server/errors';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const schema = z.strictObject({
  n: z.int().min(1).max(9).optional(),
  ratio: z.number().gt(0).lt(1).optional(),
  name: z.string().min(2).max(4).optional(),
  list: z.array(z.string()).max(1).optional(),
  role: z.enum(['a', 'b']).optional(),
  password: z.string().min(3).optional(),
  cap: z
    .union([z.strictObject({ percentile: z.number() }), z.strictObject({ absolute: z.number() })])
    .optional(),
});
function faults(value: unknown): unknown {
  try {
    return parsed(schema, value);
  } catch (error) {
    return error instanceof AppError ? error.errors : error;
  }
}

describe('input', () => {
  it.each([
    [{ n: 10 }, 'n', 'is 10, must be at most 9'],
    [{ n: 0 }, 'n', 'is 0, must be at least 1'],
    [{ n: 1.5 }, 'n', 'is 1.5, must be an integer'],
    [{ n: '1' }, 'n', 'is "1", must be a number'],
    [{ ratio: 1 }, 'ratio', 'is 1, must be less than 1'],
    [{ ratio: 0 }, 'ratio', 'is 0, must be more than 0'],
    [{ name: 'abcde' }, 'name', 'has 5 characters, must be at most 4'],
    [{ list: ['a', 'b'] }, 'list', 'has 2 items, must be at most 1'],
    [{ list: [7] }, 'list.0', 'is 7, must be a string'],
    [{ role: 'c' }, 'role', 'is "c", must be one of a, b'],
    [{ naem: 'x' }, 'naem', 'unknown member "naem"'],
    [{ password: 42 }, 'password', 'what came must be a string'],
    [{ cap: { absolute: 'x' } }, 'cap.absolute', 'is "x", must be a number'],
    [[], '', 'is [], must be an object'],
    [undefined, '', 'is missing, must be an object'],
  ])('%j: %s %s', (value, path, message) => {
    expect(faults(value)).toContainEqual({ path, message });
  });

  it('is passed on as parsed, and anything where there is no schema is dropped', () => {
    expect(parsed(schema, { n: 3 })).toEqual({ n: 3 });
    expect(parsed(undefined, { n: 3 })).toBeUndefined();
  });

  it('loses what only the server may say', () => {
    const def = {
      summary: '',
      access: 'viewer' as const,
      readOnly: ['revision'],
      response: z.object({}),
    };
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
