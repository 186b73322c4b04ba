import { bounds, bucket, draw, layerSlots, murmur3, pick, wholeShare } from '@assay/sdk';
import { describe, expect, it } from 'vitest';
import { golden } from './golden.ts';

describe('the golden vectors', () => {
  it('are all there', () => {
    expect(golden.hash).toHaveLength(18);
    expect(golden.split).toHaveLength(510);
    expect(golden.coverage).toHaveLength(595);
    expect(golden.layer).toHaveLength(85);
    expect(golden.holdout).toHaveLength(85);
  });
  it.each(golden.hash)('murmur3($text) is $hash', ({ text, hash }) => {
    expect(murmur3(text)).toBe(hash);
  });
  it('split', () => {
    for (const { salt, unit, split, variant } of golden.split) {
      const index = pick(draw(salt, ':'), bounds(split), unit);
      expect([salt, unit, split, split[index]?.[0]]).toEqual([salt, unit, split, variant]);
    }
  });
  it('coverage', () => {
    for (const { salt, unit, coverage, enrolled } of golden.coverage) {
      const inside = bucket(draw(salt, '/in:'), wholeShare, unit) < coverage;
      expect([salt, unit, coverage, inside]).toEqual([salt, unit, coverage, enrolled]);
    }
  });
  it('layer slots', () => {
    for (const { salt, unit, slot } of golden.layer)
      expect([salt, unit, bucket(draw(salt, '/layer:'), layerSlots, unit)]).toEqual([
        salt,
        unit,
        slot,
      ]);
  });
  it('holdouts', () => {
    for (const { salt, unit, share, heldOut } of golden.holdout) {
      const held = bucket(draw(salt, '/holdout:'), wholeShare, unit) < share;
      expect([salt, unit, held]).toEqual([salt, unit, heldOut]);
    }
  });
});
