import { Plus, X } from 'lucide-react';
import { Button, IconButton } from '../../ui/button.tsx';
import { ConditionEditor } from '../../ui/condition/editor.tsx';
import type { Group } from '../../ui/condition/model.ts';
import { NumberField, TextField } from '../../ui/field.tsx';
import { Combobox, Select } from '../../ui/select.tsx';
import { SegmentedControl } from '../../ui/toggle.tsx';
import {
  emptyStep,
  spanUnits,
  type MetricDraft,
  type SelectorDraft,
  type SpanDraft,
  type StepDraft,
} from './model.ts';
import { useProperties, useSeen } from './queries.ts';
import { useText } from './text.ts';

export type FieldsProps = {
  draft: MetricDraft;
  onChange: (draft: MetricDraft) => void;
  environment: string;
};

/** The fields of the draft's kind, and only those. */
export function KindFields({ draft, onChange, environment }: FieldsProps) {
  const t = useText().fields;
  const main = {
    selector: draft.main,
    environment,
    onChange: (selector: SelectorDraft) => {
      onChange({ ...draft, main: selector });
    },
  };
  if (draft.kind === 'funnel')
    return <Steps draft={draft} onChange={onChange} environment={environment} />;
  if (draft.kind === 'ratio')
    return (
      <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
        <fieldset className="flex min-w-0 flex-col gap-3">
          <legend className="mb-2 font-semibold">{t.numerator}</legend>
          <SelectorFields {...main} value="optional" />
        </fieldset>
        <fieldset className="flex min-w-0 flex-col gap-3">
          <legend className="mb-2 font-semibold">{t.denominator}</legend>
          <SelectorFields
            selector={draft.denominator}
            environment={environment}
            value="optional"
            onChange={(denominator) => {
              onChange({ ...draft, denominator });
            }}
          />
        </fieldset>
      </div>
    );
  return (
    <>
      <SelectorFields
        {...main}
        value={draft.kind === 'mean' || draft.kind === 'quantile' ? 'required' : 'none'}
      />
      {draft.kind === 'retention' && <Days draft={draft} onChange={onChange} />}
      {draft.kind === 'quantile' && (
        <div className="max-w-40">
          <NumberField
            label={t.percentile}
            value={draft.percentile}
            minValue={0.1}
            maxValue={99.9}
            step={0.1}
            onChange={(percentile) => {
              onChange({ ...draft, percentile });
            }}
          />
        </div>
      )}
    </>
  );
}

type SelectorProps = {
  selector: SelectorDraft;
  onChange: (selector: SelectorDraft) => void;
  environment: string;
  value: 'required' | 'optional' | 'none';
};
function SelectorFields({ selector, onChange, environment, value }: SelectorProps) {
  const t = useText().fields;
  const seen = useSeen(environment);
  const properties = useProperties(environment, selector.event);
  return (
    <>
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Combobox
          label={t.event}
          hint={t.eventHint}
          mono
          value={selector.event}
          onChange={(event) => {
            onChange({ ...selector, event });
          }}
          options={seen.map(({ name }) => ({ id: name, label: name }))}
        />
        {value !== 'none' && (
          <Combobox
            label={value === 'required' ? t.value : t.valueOptional}
            hint={value === 'required' ? t.valueHint : t.valueOptionalHint}
            mono
            value={selector.value}
            onChange={(next) => {
              onChange({ ...selector, value: next });
            }}
            options={['value', ...properties].map((id) => ({ id, label: id }))}
          />
        )}
      </div>
      <Where
        where={selector.where}
        properties={properties}
        onChange={(where) => {
          onChange({ ...selector, where });
        }}
      />
    </>
  );
}

function Where(props: {
  where: Group;
  properties: readonly string[];
  onChange: (where: Group) => void;
}) {
  const t = useText().fields;
  return (
    <div role="group" aria-label={t.where}>
      <span className="mb-1 block text-label text-ink2">{t.where}</span>
      {props.where.parts.length === 0 && <p className="sub mb-1.5">{t.whereAll}</p>}
      <ConditionEditor
        group={props.where}
        onChange={props.onChange}
        known={{ attributes: props.properties, segments: [] }}
      />
    </div>
  );
}

function Days({ draft, onChange }: Pick<FieldsProps, 'draft' | 'onChange'>) {
  const t = useText().fields;
  return (
    <div>
      <div className="grid max-w-80 grid-cols-2 gap-3">
        <NumberField
          label={t.fromDay}
          value={draft.fromDay}
          minValue={0}
          maxValue={365}
          onChange={(fromDay) => {
            onChange({ ...draft, fromDay });
          }}
        />
        <NumberField
          label={t.toDay}
          value={draft.toDay}
          minValue={1}
          maxValue={366}
          onChange={(toDay) => {
            onChange({ ...draft, toDay });
          }}
        />
      </div>
      <p className="mt-1.5 text-note text-ink3">{t.dayHint}</p>
    </div>
  );
}

function Steps({ draft, onChange, environment }: FieldsProps) {
  const t = useText().fields;
  const seen = useSeen(environment);
  const put = (steps: readonly StepDraft[]) => {
    onChange({ ...draft, steps });
  };
  return (
    <div role="group" aria-label={t.steps} className="flex flex-col gap-2">
      {draft.steps.map((step, i) => {
        const set = (change: Partial<StepDraft>) => {
          put(draft.steps.map((one) => (one === step ? { ...step, ...change } : one)));
        };
        return (
          <div
            key={step.id}
            className="flex items-start gap-2 rounded-control border border-line p-2.5"
          >
            <div className="flex min-w-0 flex-1 flex-col gap-2">
              <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
                <Combobox
                  label={`${t.step(i + 1)} · ${t.event}`}
                  mono
                  value={step.event}
                  onChange={(event) => {
                    set({ event });
                  }}
                  options={seen.map(({ name }) => ({ id: name, label: name }))}
                />
                {i > 0 && (
                  <SpanFields
                    label={t.within}
                    hint={t.withinHint}
                    value={step.within}
                    onChange={(within) => {
                      set({ within });
                    }}
                  />
                )}
              </div>
              <Where
                where={step.where}
                properties={seen.find(({ name }) => name === step.event)?.properties ?? []}
                onChange={(where) => {
                  set({ where });
                }}
              />
            </div>
            <IconButton
              label={t.removeStep(i + 1)}
              isDisabled={draft.steps.length <= 2}
              onPress={() => {
                put(draft.steps.filter((one) => one !== step));
              }}
            >
              <X size={15} aria-hidden="true" />
            </IconButton>
          </div>
        );
      })}
      {draft.steps.length < 10 && (
        <div>
          <Button
            size="chip"
            onPress={() => {
              put([...draft.steps, emptyStep()]);
            }}
          >
            <Plus size={13} aria-hidden="true" />
            {t.addStep}
          </Button>
        </div>
      )}
    </div>
  );
}

export function SpanFields(props: {
  label: string;
  hint?: string;
  value: SpanDraft;
  onChange: (value: SpanDraft) => void;
}) {
  const t = useText().fields;
  const { label, hint, value, onChange } = props;
  return (
    <div>
      <div className="flex items-end gap-2">
        <div className="w-24">
          <NumberField
            label={label}
            value={value.amount}
            minValue={0}
            onChange={(amount) => {
              onChange({ ...value, amount });
            }}
          />
        </div>
        <div className="w-28">
          <Select
            label={t.unit}
            labelHidden
            value={value.unit}
            onChange={(unit) => {
              onChange({ ...value, unit });
            }}
            options={spanUnits.map((id) => ({ id, label: t.units[id] }))}
          />
        </div>
      </div>
      {hint !== undefined && <p className="mt-1.5 text-note text-ink3">{hint}</p>}
    </div>
  );
}

/** Window, delay and cap. */
export function TimingFields({ draft, onChange }: Pick<FieldsProps, 'draft' | 'onChange'>) {
  const t = useText().fields;
  return (
    <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
      {draft.kind !== 'retention' && (
        <SpanFields
          label={t.window}
          hint={t.windowHint}
          value={draft.window}
          onChange={(next) => {
            onChange({ ...draft, window: next });
          }}
        />
      )}
      <SpanFields
        label={t.delay}
        hint={t.delayHint}
        value={draft.delay}
        onChange={(delay) => {
          onChange({ ...draft, delay });
        }}
      />
    </div>
  );
}

export function CapFields({ draft, onChange }: Pick<FieldsProps, 'draft' | 'onChange'>) {
  const t = useText().fields;
  const { cap } = draft;
  if (draft.kind !== 'mean' && draft.kind !== 'ratio') return null;
  return (
    <div>
      <span className="mb-1 block text-label text-ink2">{t.cap}</span>
      <div className="flex flex-wrap items-center gap-2">
        <SegmentedControl
          label={t.cap}
          value={cap.kind}
          onChange={(kind) => {
            onChange({ ...draft, cap: { kind, amount: kind === 'absolute' ? 1_000 : 99.9 } });
          }}
          options={(['none', 'percentile', 'absolute'] as const).map((id) => ({
            id,
            label: t.caps[id],
          }))}
        />
        {cap.kind !== 'none' && (
          <div className="w-32">
            <NumberField
              label={t.capAmount}
              labelHidden
              value={cap.amount}
              step={cap.kind === 'percentile' ? 0.001 : 0.01}
              unit={cap.kind === 'percentile' ? '%' : draft.unitOfMeasure}
              onChange={(amount) => {
                onChange({ ...draft, cap: { ...cap, amount } });
              }}
            />
          </div>
        )}
      </div>
      <p className="mt-1.5 text-note text-ink3">{t.capHint}</p>
    </div>
  );
}

export function UnitField({ draft, onChange }: Pick<FieldsProps, 'draft' | 'onChange'>) {
  const t = useText().fields;
  return (
    <TextField
      label={t.unitOfMeasure}
      placeholder={t.unitOfMeasureHint}
      value={draft.unitOfMeasure}
      onChange={(unitOfMeasure) => {
        onChange({ ...draft, unitOfMeasure });
      }}
    />
  );
}
