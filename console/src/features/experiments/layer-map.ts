import type { Experiment, Layer } from '@assay/server/contract';

export const slotCount = 10_000;
/** One stretch of a layer: left and width are shares of it. */
export type Stretch = { experiment: Experiment; left: number; width: number };
export type LayerRow = { layer: string; stretches: Stretch[]; free: number };

/** Who owns which part of each layer: running and drafted experiments; a decided one has given its slots back. */
export function layerRows(
  layers: readonly Layer[],
  experiments: readonly Experiment[],
): LayerRow[] {
  const owning = experiments.filter(({ status }) => status === 'draft' || status === 'running');
  return layers.map(({ key }) => {
    const stretches = owning.flatMap((experiment) =>
      experiment.layer?.key === key
        ? experiment.layer.slots.map(([from, to]) => ({
            experiment,
            left: from / slotCount,
            width: (to - from) / slotCount,
          }))
        : [],
    );
    const taken = stretches
      .filter(({ experiment }) => experiment.status === 'running')
      .reduce((sum, { width }) => sum + width, 0);
    return { layer: key, stretches, free: Math.max(0, 1 - taken) };
  });
}
