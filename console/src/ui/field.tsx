import type { ReactNode } from 'react';
import {
  FieldError as AriaFieldError,
  Group,
  Input as AriaInput,
  Label as AriaLabel,
  NumberField as AriaNumberField,
  Text,
  TextArea,
  TextField as AriaTextField,
  Button as AriaButton,
  type NumberFieldProps as AriaNumberFieldProps,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components';
import { Minus, Plus } from 'lucide-react';
import { classes } from './classes.ts';

export const boxClass =
  'flex h-8 w-full min-w-0 items-center gap-[7px] rounded-control border border-line2 bg-surface px-[9px] text-body transition-colors focus-within:border-accent data-invalid:border-lose data-disabled:opacity-50';
/** The line inside a box: the box shows the focus. */
const bareInput = 'min-w-0 flex-1 bg-transparent outline-none';

/** What every field has: a label, an optional hint under it, and the fault found by the server or by the form. */
export type FieldWords = {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  labelHidden?: boolean;
};

export function FieldLabel({ children, hidden }: { children: ReactNode; hidden?: boolean }) {
  return (
    <AriaLabel className={classes('mb-1 block text-label text-ink2', hidden === true && 'sr-only')}>
      {children}
    </AriaLabel>
  );
}

export function FieldNotes({ hint, error }: { hint?: ReactNode; error?: string | undefined }) {
  return (
    <>
      {hint !== undefined && hint !== '' && (
        <Text slot="description" className="mt-1.5 block text-note text-ink3">
          {hint}
        </Text>
      )}
      <AriaFieldError className="mt-1.5 block text-note text-lose">{error}</AriaFieldError>
    </>
  );
}

type TextFieldProps = Omit<AriaTextFieldProps, 'className' | 'style' | 'children'> &
  FieldWords & {
    placeholder?: string | undefined;
    mono?: boolean;
    icon?: ReactNode;
    suffix?: ReactNode;
    rows?: number;
    /** Names to offer while typing, as of a datalist. */
    listId?: string;
  };

export function TextField(props: TextFieldProps) {
  const {
    label,
    hint,
    error,
    labelHidden,
    placeholder,
    mono,
    icon,
    suffix,
    rows,
    listId,
    ...rest
  } = props;
  const font = mono === true && 'font-mono text-label';
  return (
    <AriaTextField {...rest} isInvalid={error !== undefined} className="block min-w-0">
      <FieldLabel hidden={labelHidden ?? false}>{label}</FieldLabel>
      {rows === undefined ? (
        <Group className={boxClass} isInvalid={error !== undefined}>
          {icon !== undefined && <span className="text-ink3">{icon}</span>}
          <AriaInput
            placeholder={placeholder ?? ''}
            {...(listId !== undefined && { list: listId })}
            className={classes(bareInput, font)}
            spellCheck={mono === true ? 'false' : 'true'}
          />
          {suffix}
        </Group>
      ) : (
        <TextArea
          rows={rows}
          placeholder={placeholder ?? ''}
          className={classes(
            'w-full resize-y rounded-control border border-line2 bg-surface px-[9px] py-1.5 outline-none focus:border-accent data-invalid:border-lose',
            font,
          )}
        />
      )}
      <FieldNotes hint={hint} error={error} />
    </AriaTextField>
  );
}

type NumberFieldProps = Omit<AriaNumberFieldProps, 'className' | 'style' | 'children'> &
  FieldWords & { unit?: ReactNode; steppers?: boolean; placeholder?: string };

/** A number with its unit; `value` is NaN while empty. Percentages are `formatOptions={{ style: 'percent' }}` or a unit. */
export function NumberField(props: NumberFieldProps) {
  const { label, hint, error, labelHidden, unit, steppers, placeholder, ...rest } = props;
  return (
    <AriaNumberField {...rest} isInvalid={error !== undefined} className="block min-w-0">
      <FieldLabel hidden={labelHidden ?? false}>{label}</FieldLabel>
      <Group className={boxClass}>
        <AriaInput
          placeholder={placeholder ?? ''}
          className={classes(bareInput, 'font-medium tabular-nums')}
        />
        {unit !== undefined && <span className="flex-none text-ink3">{unit}</span>}
        {steppers === true && (
          <>
            <AriaButton slot="decrement" className="text-ink3 data-hovered:text-ink">
              <Minus size={14} aria-hidden="true" />
            </AriaButton>
            <AriaButton slot="increment" className="text-ink3 data-hovered:text-ink">
              <Plus size={14} aria-hidden="true" />
            </AriaButton>
          </>
        )}
      </Group>
      <FieldNotes hint={hint} error={error} />
    </AriaNumberField>
  );
}
