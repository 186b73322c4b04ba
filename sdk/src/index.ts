export type * from './ruleset.ts';
export { connect, type Client, type Listener } from './client.ts';
export { compileCondition, type Segments, type Test } from './condition.ts';
export type { TrackOptions, Units } from './core.ts';
export { evaluate, type Decision, type ErrorCode, type Exposure, type Reason } from './evaluate.ts';
export { murmur3 } from './murmur.ts';
export type { Options } from './options.ts';
export type * from './rim.ts';
export type { Scope, ValueOf } from './scope.ts';
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
export type { StickyStore } from './sticky.ts';
