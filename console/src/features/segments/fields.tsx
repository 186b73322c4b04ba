import { ConditionEditor } from '../../ui/condition/editor.tsx';
import { faultsOf } from '../../ui/condition/model.ts';
import { TextField } from '../../ui/field.tsx';
import { Combobox } from '../../ui/select.tsx';
import { SegmentedControl } from '../../ui/toggle.tsx';
import { idsOf, segmentFault, type SegmentDraft } from './model.ts';
import { useKnown } from './queries.ts';
import { useText } from './text.ts';

type FieldsProps = {
  draft: SegmentDraft;
  onChange: (draft: SegmentDraft) => void;
  isTried: boolean;
  self?: string;
};

/** Who belongs: a condition, or a list of ids. */
export function SegmentFields({ draft, onChange, isTried, self }: FieldsProps) {
  const t = useText();
  const known = useKnown(self);
  const fault = segmentFault(draft);
  return (
    <div className="flex flex-col gap-3">
      <div>
        <SegmentedControl
          label={t.fields.kind}
          value={draft.kind}
          onChange={(kind) => {
            onChange({ ...draft, kind });
          }}
          options={[
            { id: 'condition', label: t.kinds.condition },
            { id: 'list', label: t.kinds.list },
          ]}
        />
      </div>
      {draft.kind === 'condition' ? (
        <div role="group" aria-label={t.fields.condition}>
          {draft.condition.parts.length === 0 && <p className="sub mb-1.5">{t.fields.everybody}</p>}
          <ConditionEditor
            group={draft.condition}
            known={known}
            {...(isTried && { faults: faultsOf(draft.condition) })}
            onChange={(condition) => {
              onChange({ ...draft, condition });
            }}
          />
        </div>
      ) : (
        <>
          <div className="max-w-64">
            <Combobox
              label={t.fields.unit}
              mono
              value={draft.unit}
              onChange={(unit) => {
                onChange({ ...draft, unit });
              }}
              options={['userId', 'deviceId', 'companyId'].map((id) => ({ id, label: id }))}
            />
          </div>
          <TextField
            label={t.fields.ids}
            hint={`${t.fields.ids2(idsOf(draft.ids).length)}. ${t.fields.idsHint}`}
            mono
            rows={10}
            value={draft.ids}
            onChange={(ids) => {
              onChange({ ...draft, ids });
            }}
          />
        </>
      )}
      {isTried && fault !== undefined && (
        <p role="alert" className="rounded-control bg-losebg px-3 py-2 text-lose">
          {t.faults[fault]}
        </p>
      )}
    </div>
  );
}
