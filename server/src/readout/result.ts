import type { MetricResult } from '../contract/readout.ts';
import type { Comparison } from '../stats/comparison.ts';
import { falsePositiveRisk, tooGoodToBeTrue } from '../stats/trust.ts';
import { afterStop } from './after-stop.ts';
import type { Arm, Measured } from './arm.ts';
import { belief, innerIntervals } from './estimate.ts';
import { prior, type Inference } from './inference.ts';
import { statusOf, type Status } from './status.ts';

/** False discovery rate among the secondary metrics. */
const exploratoryQ = 0.1;
/** Share of ideas that work, for the false-positive risk: between what Microsoft, Bing and Airbnb report. */
const successRate = 0.1;

/** One treatment on one metric, as the contract states it. `power` is the planned one. */
export function resultOf(
  arm: Arm,
  measured: Measured,
  { inference, power, level }: Judging,
): MetricResult {
  const { comparison, pair } = arm;
  const { direction } = measured.definition;
  const { absolute } = comparison;
  const held = arm.wanting.length > 0;
  const hasMargin = measured.margin !== undefined;
  const status = statusOf({
    role: measured.role,
    direction,
    absolute,
    corrected: correctedOf(arm, measured, inference),
    wanting: arm.wanting,
    margin: arm.margin,
    hasMargin,
  });
  return {
    variant: arm.variant,
    n: arm.shown.n,
    value: arm.shown.value,
    total: arm.shown.total,
    absolute,
    relative: comparison.relative,
    inner: innerIntervals(pair, inference, { comparison, level }),
    pValue: held ? null : comparison.pValue,
    ...(arm.adjusted === undefined ? {} : { adjustedPValue: arm.adjusted }),
    ...belief(pair, direction),
    ...riskOf(arm, status, power),
    standardError: comparison.standardError,
    statistic: comparison.statistic,
    ...(comparison.df === undefined ? {} : { df: comparison.df }),
    status,
    ...stopOf(arm, measured, level),
    ...(hasMargin ? { worst: arm.margin?.worstLift ?? null } : {}),
    ...(arm.uncapped === null
      ? {}
      : {
          uncapped: {
            absolute: arm.uncapped.absolute,
            relative: arm.uncapped.relative,
          },
        }),
    notes: notesOf(arm, measured, status),
  };
}

export interface Judging {
  readonly inference: Inference;
  readonly power: number;
  /** Of the interval. */
  readonly level: number;
}

/** The primary decides when to stop: only its estimate is bent by that. */
function stopOf(
  { pair, variant, wanting }: Arm,
  { role }: Measured,
  level: number,
): Pick<MetricResult, 'afterStop'> {
  if (role !== 'primary' || pair.design?.againstControl !== true || wanting.length > 0) return {};
  const found = afterStop(pair.design, variant, 1 - level);
  return found === undefined ? {} : { afterStop: found };
}

function correctedOf(
  { adjusted }: Arm,
  { role }: Measured,
  { alpha }: Inference,
): { pValue: number; alpha: number } | null {
  if (adjusted === undefined || adjusted === null) return null;
  return { pValue: adjusted, alpha: role === 'secondary' ? exploratoryQ : alpha };
}

/** Of a win: how often a result like it is false. Kohavi, Deng & Vermeer (2022), with the p-value in place of alpha. */
function riskOf(
  { comparison, adjusted }: Arm,
  status: Status,
  power: number,
): { readonly falsePositiveRisk?: number } {
  const pValue = adjusted ?? comparison.pValue;
  if ((status !== 'better' && status !== 'improved') || pValue === null) return {};
  return { falsePositiveRisk: falsePositiveRisk({ alphaWin: pValue / 2, power, successRate }) };
}

function notesOf(arm: Arm, measured: Measured, status: Status): string[] {
  const notes: string[] = [...arm.wanting, ...arm.comparison.notes];
  if (arm.wanting.length === 0 && arm.margin?.deteriorated === true) notes.push('deteriorated');
  if (measured.role === 'guardrail' && measured.margin === undefined) notes.push('no_margin');
  if (isConclusive(status) && isSurprising(arm.comparison)) notes.push('too_good_to_be_true');
  return [...new Set(notes)];
}

const isConclusive = (status: Status): boolean =>
  status === 'better' || status === 'worse' || status === 'improved' || status === 'harmed';

/** Twyman's law: figures that look too good are usually wrong; instrumentation comes first. */
function isSurprising({ relative, pValue }: Comparison): boolean {
  const lift = relative?.estimate ?? null;
  return lift !== null && tooGoodToBeTrue({ lift, pValue, usual: prior.sd });
}
