import type { ReadoutInputs } from '../contract/readout-inputs.ts';
import type { MomentAnswer, MomentRow } from '../store/events/port.ts';
import type { Inference } from './inference.ts';
import type { LookSummary } from './looks.ts';
import type { Loaded } from './readout.ts';

/** Everything that a readout is computed from, as JSON can hold it. */
export function inputsOf(loaded: Loaded): ReadoutInputs {
  const { subject, reading, inference, answer } = loaded;
  const { phase, ...read } = reading;
  return {
    format: 1,
    experiment: subject.experiment,
    metrics: [...subject.metrics.values()],
    phase,
    weights: { ...subject.weights },
    baseline: subject.baseline,
    reading: read,
    inference: inferenceOut(inference),
    exposure: {
      units: Object.fromEntries(answer.units.map((row) => [row.variant, row.units])),
      crossovers: answer.crossovers,
      crossoversByVariant: { ...answer.crossoversByVariant },
      strangers: answer.strangers,
      first: answer.firstExposure,
      last: answer.lastExposure,
      lastEvent: answer.lastEvent,
    },
    rows: answer.rows.map(rowOut),
    ...(loaded.lookRows === undefined ? {} : { lookRows: loaded.lookRows.map(rowOut) }),
    cohorts: loaded.cohorts.map(({ day = '', variant, units }) => ({ day, variant, units })),
    intake: loaded.intake,
  };
}

/** The way back: what `readoutOf` takes. */
export function loadedOf(inputs: ReadoutInputs): Loaded {
  const { exposure } = inputs;
  const answer: MomentAnswer = {
    units: Object.entries(exposure.units).map(([variant, units]) => ({ variant, units })),
    crossovers: exposure.crossovers,
    crossoversByVariant: exposure.crossoversByVariant,
    strangers: exposure.strangers,
    firstExposure: exposure.first,
    lastExposure: exposure.last,
    lastEvent: exposure.lastEvent,
    rows: inputs.rows.map(rowIn),
  };
  return {
    subject: {
      experiment: inputs.experiment,
      metrics: new Map(inputs.metrics.map((m) => [m.key, m])),
      phase: inputs.phase,
      weights: inputs.weights,
      baseline: inputs.baseline,
    },
    reading: { ...inputs.reading, phase: inputs.phase },
    inference: inferenceIn(inputs.inference),
    answer,
    ...(inputs.lookRows === undefined ? {} : { lookRows: inputs.lookRows.map(rowIn) }),
    cohorts: inputs.cohorts,
    intake: inputs.intake,
  };
}

function inferenceOut({ looks, ...rest }: Inference): ReadoutInputs['inference'] {
  return looks === undefined ? rest : { ...rest, looks: looks.map(lookOut) };
}
function lookOut({
  n,
  ...look
}: LookSummary): NonNullable<ReadoutInputs['inference']['looks']>[number] {
  const units = Object.entries(n).map(([metric, byVariant]) => [metric, { ...byVariant }] as const);
  return Object.assign(look, { n: Object.fromEntries(units) });
}
function inferenceIn({ looks, ...rest }: ReadoutInputs['inference']): Inference {
  return looks === undefined ? rest : { ...rest, looks };
}

type Row = ReadoutInputs['rows'][number];
function rowOut({ metric, variant, moments, cap, quantile }: MomentRow): Row {
  const { n, mean, comoment } = moments;
  return {
    metric,
    variant,
    moments: { n, mean: mean.map(finite), comoment: comoment.map(finite) },
    ...(cap === undefined ? {} : { cap }),
    ...(quantile === undefined ? {} : { quantile }),
  };
}
function rowIn({ metric, variant, moments, cap, quantile }: Row): MomentRow {
  const { n, mean, comoment } = moments;
  return {
    metric,
    variant,
    moments: { n, mean: mean.map(double), comoment: comoment.map(double) },
    ...(cap === undefined ? {} : { cap }),
    ...(quantile === undefined || quantile.value === null
      ? {}
      : { quantile: { ...quantile, value: quantile.value } }),
  };
}
const finite = (x: number): number | null => (Number.isFinite(x) ? x : null);
const double = (x: number | null): number => x ?? Number.NaN;
