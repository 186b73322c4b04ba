import { Combobox, Select } from '../select.tsx';
import { TextField } from '../field.tsx';
import type { Known } from './editor.tsx';
import { operators, takesList, takesNothing, typesOf, type FaultCode, type Test } from './model.ts';
import { useConditionText } from './text.ts';

type TestRowProps = {
  test: Test;
  onChange: (test: Test) => void;
  known: Known;
  fault: FaultCode | undefined;
};

/** attribute · operator · value, the value in the form that the operator compares with. */
export function TestRow({ test, onChange, known, fault }: TestRowProps) {
  const all = useConditionText();
  const t = all.editor;
  const fails = fault === undefined ? undefined : t.faults[fault];
  const types = typesOf(test.op);
  return (
    <div className="grid grid-cols-[minmax(110px,1fr)_minmax(120px,170px)_minmax(120px,1.4fr)] gap-1.5 max-sm:grid-cols-1">
      <Combobox
        label={t.attribute}
        labelHidden
        mono
        placeholder={t.attributeHint}
        options={known.attributes.map((id) => ({ id, label: id }))}
        value={test.attr}
        onChange={(attr) => {
          onChange({ ...test, attr });
        }}
        error={fault === 'attribute' ? fails : undefined}
      />
      <Select
        label={t.operator}
        labelHidden
        value={test.op}
        onChange={(op) => {
          const fits = typesOf(op).includes(test.type);
          onChange({ ...test, op, type: fits ? test.type : (typesOf(op)[0] ?? 'text') });
        }}
        options={operators.map((id) => ({ id, label: all.ops[id] }))}
      />
      {!takesNothing(test.op) && (
        <div className="flex min-w-0 gap-1.5">
          {types.length > 1 && (
            <div className="w-[92px] flex-none">
              <Select
                label={t.type}
                labelHidden
                value={test.type}
                onChange={(type) => {
                  onChange({ ...test, type, text: type === 'boolean' ? 'true' : test.text });
                }}
                options={types.map((id) => ({ id, label: t.types[id] }))}
              />
            </div>
          )}
          <div className="min-w-0 flex-1">
            <ValueField
              test={test}
              onChange={onChange}
              error={fault === 'attribute' ? undefined : fails}
            />
          </div>
        </div>
      )}
    </div>
  );
}

type ValueProps = { test: Test; onChange: (test: Test) => void; error: string | undefined };
function ValueField({ test, onChange, error }: ValueProps) {
  const t = useConditionText().editor;
  const change = (text: string) => {
    onChange({ ...test, text });
  };
  if (test.type === 'boolean')
    return (
      <Select
        label={t.value}
        labelHidden
        value={test.text === 'false' ? 'false' : 'true'}
        onChange={change}
        options={[
          { id: 'true', label: t.yes },
          { id: 'false', label: t.no },
        ]}
      />
    );
  const isTime = test.op === 'before' || test.op === 'after';
  return (
    <TextField
      label={takesList(test.op) ? t.values : t.value}
      labelHidden
      placeholder={takesList(test.op) ? t.values : isTime ? t.date : t.value}
      value={test.text}
      onChange={change}
      inputMode={test.type === 'number' && !takesList(test.op) ? 'decimal' : 'text'}
      error={error}
    />
  );
}
