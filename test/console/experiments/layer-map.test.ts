import { layerRows } from '@assay/console/features/experiments/layer-map';
import type { Layer } from '@assay/server/contract';
import { expect, it } from 'vitest';
import { experiment } from './sample.ts';

const layer = (key: string) => ({ key }) as Layer;
const inLayer = (key: string, slots: [number, number][]) => ({ layer: { key, slots } });

it('lays running and drafted experiments into their layers; only running ones take room', () => {
  const running = experiment({ key: 'a', ...inLayer('checkout', [[0, 6_000]]) });
  const draft = experiment({
    key: 'b',
    status: 'draft',
    ...inLayer('checkout', [
      [6_000, 7_000],
      [9_000, 10_000],
    ]),
  });
  const decided = experiment({
    key: 'c',
    status: 'decided',
    ...inLayer('checkout', [[7_000, 8_000]]),
  });
  const [row, empty] = layerRows([layer('checkout'), layer('search')], [running, draft, decided]);
  expect(row?.stretches.map(({ experiment: { key }, left, width }) => [key, left, width])).toEqual([
    ['a', 0, 0.6],
    ['b', 0.6, 0.1],
    ['b', 0.9, 0.1],
  ]);
  expect(row?.free).toBeCloseTo(0.4);
  expect(empty).toEqual({ layer: 'search', stretches: [], free: 1 });
});
