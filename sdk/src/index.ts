export type * from './ruleset.ts';
export { compileCondition, type Segments, type Test } from './condition.ts';
export { evaluate, type Decision, type ErrorCode, type Exposure, type Reason } from './evaluate.ts';
export { murmur3 } from './murmur.ts';
export {
  bounds,
  bucket,
  drawCoverage,
  drawHoldout,
  drawLayer,
  drawVariant,
  layerSlots,
  owns,
  pick,
  wholeShare,
} from './split.ts';
