import { NumberField, TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { SegmentedControl } from '../../ui/toggle.tsx';
import { UnitField } from './fields.tsx';
import { stages, type MetricDraft } from './model.ts';
import { useText } from './text.ts';

type AboutProps = { draft: MetricDraft; onChange: (draft: MetricDraft) => void };

/** What the metric is for: direction, unit, stage, owner. */
export function AboutFields({ draft, onChange }: AboutProps) {
  const t = useText();
  return (
    <>
      <TextField
        label={t.fields.description}
        rows={2}
        value={draft.description}
        onChange={(description) => {
          onChange({ ...draft, description });
        }}
      />
      <div>
        <span className="mb-1 block text-label text-ink2">{t.fields.direction}</span>
        <SegmentedControl
          label={t.fields.direction}
          wide
          value={draft.direction}
          onChange={(direction) => {
            onChange({ ...draft, direction });
          }}
          options={[
            { id: 'up', label: t.up },
            { id: 'down', label: t.down },
          ]}
        />
      </div>
      <UnitField draft={draft} onChange={onChange} />
      <Select
        label={t.fields.stage}
        value={draft.stage === '' ? 'none' : draft.stage}
        onChange={(stage) => {
          onChange({ ...draft, stage: stage === 'none' ? '' : stage });
        }}
        options={(['none', ...stages] as const).map((id) => ({ id, label: t.stages[id] }))}
      />
      <TextField
        label={t.fields.owner}
        value={draft.owner}
        onChange={(owner) => {
          onChange({ ...draft, owner });
        }}
      />
      <NumberField
        label={t.fields.prePeriod}
        value={draft.prePeriodDays}
        minValue={1}
        maxValue={60}
        onChange={(prePeriodDays) => {
          if (!Number.isNaN(prePeriodDays)) onChange({ ...draft, prePeriodDays });
        }}
      />
    </>
  );
}
