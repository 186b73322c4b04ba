import { keyOf, isKey } from '../lib/key.ts';
import { TextField } from './field.tsx';
import { useText } from './text.ts';

export type Named = { name: string; key: string; keyTouched: boolean };
export const unnamed: Named = { name: '', key: '', keyTouched: false };

/** Name and key of a new thing: the key follows the name until it is typed by hand. */
export function NameAndKey(props: {
  value: Named;
  onChange: (value: Named) => void;
  placeholder?: string;
}) {
  const t = useText().names;
  const { value, onChange, placeholder } = props;
  const wrong = value.key !== '' && !isKey(value.key);
  return (
    <>
      <TextField
        label={t.name}
        placeholder={placeholder}
        value={value.name}
        onChange={(name) => {
          onChange({ ...value, name, ...(!value.keyTouched && { key: keyOf(name) }) });
        }}
        isRequired
      />
      <TextField
        label={t.key}
        mono
        value={value.key}
        onChange={(key) => {
          onChange({ ...value, key, keyTouched: true });
        }}
        hint={t.keyHint}
        error={wrong ? t.keyWrong : undefined}
        isRequired
      />
    </>
  );
}
