import type { Json } from '@assay/server/contract';
import { FlaskConical, Plus, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { TextField as Field } from '../../ui/field.tsx';
import { changed, valueText, type Attributes, type Changes } from './context.ts';
import { useText } from './text.ts';

/** What the unit has, what decided, and boxes to try other values in. */
export function AttributesCard(props: {
  attributes: Attributes;
  changes: Changes;
  /** Attributes that some comparison looked at. */
  used: readonly string[];
  onChange: (changes: Changes) => void;
}) {
  const { attributes, changes, used, onChange } = props;
  const t = useText();
  const names = [...new Set([...Object.keys(attributes), ...used, ...Object.keys(changes)])];
  const current = { ...attributes, ...changes };
  return (
    <Card title={t.attributes.title} note={t.attributes.note}>
      <ul className="px-4">
        {names.length === 0 && (
          <li className="border-t border-line py-2 text-ink2">{t.attributes.none}</li>
        )}
        {names.map((name) => (
          <Row
            key={name}
            name={name}
            value={current[name]}
            isUsed={used.includes(name)}
            isChanged={name in changes}
            onCommit={(text) => {
              onChange(changed(changes, attributes, { name, text }));
            }}
          />
        ))}
      </ul>
      <Add
        onAdd={(name) => {
          onChange({ ...changes, [name]: '' });
        }}
      />
      <div className="flex flex-wrap items-center gap-[7px] border-t border-line px-4 pt-2.5 pb-3 text-label text-ink3">
        <FlaskConical size={13} aria-hidden="true" />
        {t.attributes.edit}
        {Object.keys(changes).length > 0 && (
          <Button
            size="chip"
            onPress={() => {
              onChange({});
            }}
          >
            <Undo2 size={12} aria-hidden="true" />
            {t.attributes.reset}
          </Button>
        )}
      </div>
    </Card>
  );
}

function Row(props: {
  name: string;
  value: Json | undefined;
  isUsed: boolean;
  isChanged: boolean;
  onCommit: (text: string) => void;
}) {
  const { name, value, isUsed, isChanged, onCommit } = props;
  const t = useText();
  const shown = valueText(value);
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    if (draft !== null && draft !== shown) onCommit(draft);
    setDraft(null);
  };
  const tag = isChanged ? t.attributes.changed : isUsed ? t.attributes.used : undefined;
  return (
    <li className="border-t border-line">
      <TextField
        value={draft ?? shown}
        onChange={setDraft}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') setDraft(null);
        }}
        className="flex min-h-[31px] items-center gap-2"
      >
        <Label className="mono max-w-[50%] truncate text-ink2" title={name}>
          {name}
        </Label>
        <Input
          placeholder="—"
          spellCheck="false"
          className="mono min-w-0 flex-1 rounded-[4px] bg-transparent px-1 py-0.5 text-right font-medium outline-offset-0 hover:bg-hover"
        />
        {tag !== undefined && (
          <span
            className={`rounded-[4px] px-[5px] text-axis leading-[17px] ${isChanged ? 'bg-warnbg text-warn' : 'bg-accentbg text-accent'}`}
          >
            {tag}
          </span>
        )}
      </TextField>
    </li>
  );
}

function Add({ onAdd }: { onAdd: (name: string) => void }) {
  const t = useText();
  const [name, setName] = useState('');
  return (
    <form
      className="flex items-end gap-2 border-t border-line px-4 py-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') onAdd(name.trim());
        setName('');
      }}
    >
      <div className="min-w-0 flex-1">
        <Field
          label={t.attributes.addName}
          labelHidden
          mono
          placeholder={t.attributes.addName}
          value={name}
          onChange={setName}
        />
      </div>
      <Button type="submit" isDisabled={name.trim() === ''}>
        <Plus size={13} aria-hidden="true" />
        {t.attributes.add}
      </Button>
    </form>
  );
}
