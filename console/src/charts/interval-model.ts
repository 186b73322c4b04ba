import { position, type Domain } from './axis.ts';

/** Colours of a result: better, worse, no clear difference, harm not ruled out, not enough data. */
export type Tone = 'win' | 'lose' | 'neutral' | 'warn' | 'insufficient';

export interface Span {
  readonly low: number | null;
  readonly high: number | null;
}
export interface IntervalInput {
  readonly domain: Domain;
  readonly width: number;
  readonly estimate: number | null;
  /** Widest first: 95, 80, 50 %. */
  readonly spans: readonly Span[];
  readonly mde?: number | undefined;
  /** Harm lies beyond this lift, on the side of its sign. */
  readonly margin?: number | undefined;
}
export interface Bar {
  readonly x: number;
  readonly width: number;
}
export interface IntervalGeometry {
  readonly zero: number;
  readonly estimate: number | null;
  readonly bars: readonly Bar[];
  /** The widest interval leaves the axis on this side. */
  readonly chevrons: { readonly left: boolean; readonly right: boolean };
  readonly mde: number | null;
  readonly hatch: (Bar & { readonly edge: number }) | null;
}

/** Where everything of one graded interval stands, in pixels; an open bound (null) runs off the axis. */
export function intervalGeometry(input: IntervalInput): IntervalGeometry {
  const { domain, width, estimate, spans, mde, margin } = input;
  const at = position(domain, [0, width]);
  const widest = spans[0];
  return {
    zero: at(0),
    estimate: estimate === null ? null : within(at(estimate), width),
    bars: spans.map((span) => bar(span, at, width)),
    chevrons: {
      left: widest !== undefined && (widest.low === null || at(widest.low) < 0),
      right: widest !== undefined && (widest.high === null || at(widest.high) > width),
    },
    mde: mde === undefined ? null : at(mde),
    hatch: margin === undefined ? null : hatch(margin, at, width),
  };
}

function bar(span: Span, at: (value: number) => number, width: number): Bar {
  const x = span.low === null ? 0 : within(at(span.low), width);
  const end = span.high === null ? width : within(at(span.high), width);
  return { x, width: Math.max(end - x, 1) };
}
function hatch(
  margin: number,
  at: (value: number) => number,
  width: number,
): Bar & { edge: number } {
  const edge = within(at(margin), width);
  return margin > 0 ? { edge, x: edge, width: width - edge } : { edge, x: 0, width: edge };
}
function within(x: number, width: number): number {
  return Math.min(Math.max(x, 0), width);
}
