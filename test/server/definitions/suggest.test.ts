import { expect, it } from 'vitest';
import { unknownName } from '@assay/server/definitions/suggest';

it.each([
  [
    'conversion',
    ['conversions', 'revenue'],
    'Unknown metric "conversion"; did you mean "conversions"?',
  ],
  ['revenu', ['conversions', 'revenue'], 'Unknown metric "revenu"; did you mean "revenue"?'],
  ['revneue', ['revenue'], 'Unknown metric "revneue"; did you mean "revenue"?'],
  ['refunds', ['conversions', 'revenue'], 'Unknown metric "refunds"'],
  ['x', [], 'Unknown metric "x"'],
])('%s among %j', (name, known, message) => {
  expect(unknownName('metric', name, known)).toBe(message);
});
