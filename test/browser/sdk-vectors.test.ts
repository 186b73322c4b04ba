import type * as Sdk from '@assay/sdk';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { golden, type Golden } from '../sdk/golden.ts';
import { bundle, launch, noBrowser, servePage } from './sdk-page.ts';

/** Runs in the page: what of the vectors does not come out, as readable lines. */
function check(json: string): { checked: number; wrong: string[] } {
  const vectors = JSON.parse(json) as Golden;
  const { bounds, bucket, draw, layerSlots, murmur3, pick, wholeShare } = (
    globalThis as unknown as { sdk: typeof Sdk }
  ).sdk;
  const wrong: string[] = [];
  let checked = 0;
  const same = (what: string, got: unknown, expected: unknown): void => {
    checked++;
    if (got !== expected) wrong.push(`${what}: ${String(got)} instead of ${String(expected)}`);
  };
  for (const { text, hash } of vectors.hash) same(`hash ${text}`, murmur3(text), hash);
  for (const { salt, unit, split, variant } of vectors.split)
    same(`split ${salt} ${unit}`, split[pick(draw(salt, ':'), bounds(split), unit)]?.[0], variant);
  for (const { salt, unit, coverage, enrolled } of vectors.coverage)
    same(
      `coverage ${salt} ${unit}`,
      bucket(draw(salt, '/in:'), wholeShare, unit) < coverage,
      enrolled,
    );
  for (const { salt, unit, slot } of vectors.layer)
    same(`layer ${salt} ${unit}`, bucket(draw(salt, '/layer:'), layerSlots, unit), slot);
  for (const { salt, unit, share, heldOut } of vectors.holdout)
    same(
      `holdout ${salt} ${unit}`,
      bucket(draw(salt, '/holdout:'), wholeShare, unit) < share,
      heldOut,
    );
  return { checked, wrong };
}

describe.skipIf(noBrowser)('in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it('every golden vector of assignment comes out', async () => {
    const site = await servePage(await bundle('index.ts'));
    const page = await browser.newPage();
    await page.goto(site.url);
    const { checked, wrong } = await page.evaluate(check, JSON.stringify(golden));
    await site.close();
    expect(wrong).toEqual([]);
    expect(checked).toBe(18 + 510 + 595 + 85 + 85);
  });
});
