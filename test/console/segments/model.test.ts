import {
  closeSegment,
  emptySegment,
  idsOf,
  openSegment,
  segmentFault,
  usesOf,
} from '@assay/console/features/segments/model';
import { segmentBody } from '@assay/server/contract/definitions';
import type { Flag, Segment, SegmentBody } from '@assay/server/contract';
import { expect, it } from 'vitest';
import { experiment } from '../experiments/sample.ts';

const shared = { key: 's', name: 'S', description: '', owner: '', tags: [] };

it.each<[string, SegmentBody]>([
  ['condition', { ...shared, if: { all: [{ attr: 'a', op: 'exists' }, { segment: 't' }] } }],
  ['list', { ...shared, units: { unit: 'deviceId', ids: ['d1', 'd2'] } }],
])('an audience by %s opened and closed again is what it was', (_, body) => {
  const closed = closeSegment('s', openSegment(body as Segment));
  expect(closed).toEqual(body);
  expect(segmentBody.parse(closed)).toEqual(body);
  expect(segmentFault(openSegment(body as Segment))).toBeUndefined();
});

it('reads ids between lines and commas, each once', () => {
  expect(idsOf('u1\n u2 ,u1，u3\n\n')).toEqual(['u1', 'u2', 'u3']);
});

it('says what is missing', () => {
  expect(segmentFault(emptySegment())).toBe('empty');
  expect(segmentFault({ ...emptySegment(), kind: 'list', ids: ' \n' })).toBe('empty');
  const many = Array.from({ length: 100_001 }, (_, i) => i).join('\n');
  expect(segmentFault({ ...emptySegment(), kind: 'list', ids: many })).toBe('tooMany');
});

it('finds what points to an audience, however deep', () => {
  const flags = [
    {
      key: 'f',
      name: 'F',
      environments: { p: { rules: [{ if: { not: { any: [{ segment: 's' }] } } }] } },
    },
    { key: 'g', environments: { p: { rules: [{ if: { segment: 'other' } }] } } },
  ] as unknown as Flag[];
  const segments = [{ key: 't', if: { all: [{ segment: 's' }] } }] as unknown as Segment[];
  const experiments = [
    experiment({ key: 'e', audience: { segment: 's' } }),
    experiment({ key: 'gone', status: 'archived', audience: { segment: 's' } }),
  ];
  expect(usesOf('s', { flags, experiments, segments })).toEqual([
    { kind: 'flag', key: 'f', name: 'F' },
    { kind: 'experiment', key: 'e', name: 'One-page checkout' },
    { kind: 'segment', key: 't', name: 't' },
  ]);
});
