import type { Boundaries, BoundariesBody } from '../contract/planning.ts';
import { normalSf } from '../stats/distributions/normal.ts';
import {
  type Boundary,
  classicalBoundary,
  type Design,
  fixedBoundary,
  spendingBoundary,
} from '../stats/group-sequential.ts';
import { designPower } from '../stats/group-sequential-power.ts';
import { finite } from './compare/drawn.ts';
import { spendingOf } from './compare/method.ts';
import { invalid } from './compare/sample.ts';

/** A shape's constant is searched for, walk by walk: more looks would hold the server up. */
const MOST_SHAPED = 50;

/** The bounds of planned looks, what they spend and what they cost. Throws `invalid`. Pure. */
export function boundariesOf(body: BoundariesBody): Boundaries {
  const design = boundaryOf(body);
  const last = design.spent.at(-1) ?? 0;
  return {
    information: [...design.information],
    critical: design.z.map(finite),
    spent: [...design.spent],
    nominalP: design.z.map(normalSf),
    falsePositives: body.sides * last,
    cost: costOf(design, body),
  };
}

function boundaryOf(body: BoundariesBody): Boundary {
  const { spending, shape, critical, clock } = body;
  if ([spending, shape, critical].filter((x) => x !== undefined).length > 1)
    throw invalid('body.spending', 'spending, shape or critical: one of them');
  const information = informationOf(body);
  const looks: Omit<Design, 'spending' | 'clock'> = {
    alpha: body.alpha / body.sides,
    mirrored: body.sides === 2,
    information,
  };
  if (critical !== undefined) {
    if (critical.length !== information.length)
      throw invalid('body.critical', `${critical.length} bounds for ${information.length} looks`);
    return fixedBoundary(looks, critical);
  }
  if (shape !== undefined) {
    if (information.length > MOST_SHAPED)
      throw invalid('body.looks', `${information.length} looks; a shape takes ${MOST_SHAPED}`);
    return classicalBoundary(looks, shape);
  }
  if (clock !== undefined && !isAscending(clock, information.length))
    throw invalid('body.clock', 'must have a time from 0 to 1 for every look, ascending');
  return spendingBoundary({
    ...looks,
    spending: spendingOf(spending ?? 'obrienFleming'),
    ...(clock === undefined ? {} : { clock }),
  });
}

function informationOf({ information, looks }: BoundariesBody): readonly number[] {
  if (information === undefined) {
    const n = looks ?? 10;
    return Array.from({ length: n }, (_, k) => (k + 1) / n);
  }
  if (!isAscending(information, information.length))
    throw invalid('body.information', 'each look must exceed the one before');
  return information;
}

function isAscending(times: readonly number[], length: number): boolean {
  return times.length === length && times.every((t, i) => t > (times[i - 1] ?? 0));
}

function costOf(design: Boundary, { alpha, sides, power }: BoundariesBody): Boundaries['cost'] {
  const cost = designPower(design, alpha / sides, power);
  if (![cost.inflation, cost.drift, cost.expectedInformation].every(Number.isFinite)) return null;
  return { ...cost, cumulativePower: [...cost.cumulativePower] };
}
