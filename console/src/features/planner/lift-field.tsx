import type { Metric } from '@assay/server/contract';
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import { useFormat } from '../../lib/format.ts';
import { NumberField } from '../../ui/field.tsx';
import { isRate, largestLift, type Inputs } from './inputs.ts';
import { useText } from './text.ts';
import { useLiftText } from './use-lift-text.ts';

const least = 0.005;
const most = 0.2;
const scale = [least, 0.05, 0.1, 0.15, most];

/** The slider moves everything at once; the box beside it takes what the slider does not reach. */
export function LiftField(props: {
  inputs: Inputs;
  metric: Metric | undefined;
  onLift: (lift: number, done: boolean) => void;
}) {
  const { inputs, metric, onLift } = props;
  const t = useText();
  const format = useFormat();
  const liftText = useLiftText();
  const { lift, value } = inputs;
  const size = Math.abs(lift);
  const limit = largestLift(inputs);
  const show = (x: number) =>
    isRate(inputs.kind) ? format.rate(x) : format.amount(x, metric?.unitOfMeasure);
  const part = Math.min(1, Math.max(0, (size - least) / (most - least)));
  return (
    <>
      <div className="flex items-end gap-2">
        <p className="min-w-0 flex-1">
          <span className="text-[22px] leading-7 font-semibold tracking-[-0.015em] text-accent tabular-nums">
            {liftText(lift)}
          </span>{' '}
          {value !== null && (
            <span className="sub whitespace-nowrap tabular-nums">
              {t.lift.fromTo(show(value), show(value * (1 + lift)))}
            </span>
          )}
        </p>
        <div className="w-[84px] flex-none">
          <NumberField
            label={t.lift.exact}
            labelHidden
            value={size}
            minValue={0.001}
            maxValue={10}
            step={0.001}
            formatOptions={{ style: 'percent', maximumFractionDigits: 1 }}
            onChange={(next) => {
              if (!Number.isNaN(next)) onLift(next, true);
            }}
          />
        </div>
      </div>
      <Slider
        aria-label={t.lift.slider}
        value={Math.min(most, Math.max(least, size))}
        minValue={least}
        maxValue={most}
        step={0.005}
        formatOptions={{ style: 'percent', maximumFractionDigits: 1 }}
        onChange={(next) => {
          onLift(next, false);
        }}
        onChangeEnd={(next) => {
          onLift(next, true);
        }}
      >
        <SliderTrack className="relative h-6 w-full">
          <div className="absolute inset-x-0 top-[10px] h-1 rounded-[2px] bg-neubg" />
          <div
            className="absolute top-[10px] left-0 h-1 rounded-[2px] bg-accent"
            style={{ width: `${part * 100}%` }}
          />
          <SliderThumb className="top-1/2 size-4 rounded-full border-2 border-accent bg-surface shadow-card data-focus-visible:outline-2 data-focus-visible:outline-offset-2 data-focus-visible:outline-accent" />
        </SliderTrack>
      </Slider>
      <div aria-hidden="true" className="relative h-4 text-axis text-ink3 tabular-nums">
        {scale.map((x, i) => (
          <span
            key={x}
            className={`absolute ${shift(i)}`}
            style={{ left: `${((x - least) / (most - least)) * 100}%` }}
          >
            {format.percent(x)}
          </span>
        ))}
      </div>
      {size > limit && (
        <p role="alert" className="text-note text-lose">
          {t.lift.tooLarge(format.lift(limit))}
        </p>
      )}
    </>
  );
}

/** The ends of the scale stay inside it. */
function shift(i: number): string {
  if (i === 0) return '';
  return i === scale.length - 1 ? '-translate-x-full' : '-translate-x-1/2';
}
