import { choiceParam, numberParam, textParam } from '@assay/console/lib/search';
import { expect, it } from 'vitest';

it('takes from an address only what it understands', () => {
  expect(textParam({ q: 'a' }, 'q')).toEqual({ q: 'a' });
  expect(textParam({ q: 42 }, 'q')).toEqual({ q: '42' });
  expect(textParam({ q: '' }, 'q')).toEqual({});
  expect(textParam({ q: { x: 1 } }, 'q')).toEqual({});
  expect(choiceParam({ tab: 'keys' }, 'tab', ['keys', 'people'])).toEqual({ tab: 'keys' });
  expect(choiceParam({ tab: 'evil' }, 'tab', ['keys', 'people'])).toEqual({});
  expect(numberParam({ mde: '0.05' }, 'mde')).toEqual({ mde: 0.05 });
  expect(numberParam({ mde: 'x' }, 'mde')).toEqual({});
  expect(numberParam({}, 'mde')).toEqual({});
  expect(numberParam({ mde: '' }, 'mde')).toEqual({});
  expect(numberParam({ mde: 0 }, 'mde')).toEqual({ mde: 0 });
});
