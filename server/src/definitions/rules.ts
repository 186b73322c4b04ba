import type { Kind } from '../contract/definitions.ts';
import { environmentRules } from '../environments/rules.ts';
import { experimentRules } from '../experiments/rules.ts';
import { flagRules } from '../flags/rules.ts';
import { holdoutRules } from '../holdouts/rules.ts';
import { layerRules } from '../layers/rules.ts';
import { metricRules } from '../metrics/rules.ts';
import { segmentRules } from '../segments/rules.ts';
import type { KindRules } from './kind-rules.ts';

export const rules: { readonly [K in Kind]: KindRules<K> } = {
  environments: environmentRules,
  flags: flagRules,
  experiments: experimentRules,
  metrics: metricRules,
  segments: segmentRules,
  layers: layerRules,
  holdouts: holdoutRules,
};
