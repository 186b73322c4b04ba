import { Check, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  ComboBox as AriaComboBox,
  Group,
  Input as AriaInput,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  Text,
} from 'react-aria-components';
import { boxClass, FieldLabel, FieldNotes, type FieldWords } from './field.tsx';
import { classes } from './classes.ts';
import { itemClass, popoverClass } from './list-look.ts';

export type Option<T extends string = string> = {
  id: T;
  label: string;
  note?: string | undefined;
  icon?: ReactNode;
};

function Options({ options }: { options: readonly Option[] }) {
  return (
    <ListBox className="max-h-72 overflow-auto outline-none" items={options}>
      {(option) => (
        <ListBoxItem id={option.id} textValue={option.label} className={itemClass}>
          {({ isSelected }) => (
            <>
              {option.icon}
              <span className="min-w-0 flex-1">
                <Text slot="label" className="block truncate">
                  {option.label}
                </Text>
                {option.note !== undefined && (
                  <Text slot="description" className="block truncate text-note text-ink3">
                    {option.note}
                  </Text>
                )}
              </span>
              {isSelected && <Check size={14} aria-hidden="true" className="flex-none text-ink2" />}
            </>
          )}
        </ListBoxItem>
      )}
    </ListBox>
  );
}

type SelectProps<T extends string> = FieldWords & {
  options: readonly Option<T>[];
  value: T | null;
  onChange: (value: T) => void;
  placeholder?: string;
  isDisabled?: boolean;
  /** A quiet select for tool bars: small, and its label is inside. */
  chip?: boolean;
  icon?: ReactNode;
};

export function Select<T extends string>(props: SelectProps<T>) {
  const { label, hint, error, labelHidden, options, value, onChange, placeholder, chip, icon } =
    props;
  return (
    <AriaSelect
      value={value}
      onChange={(next) => {
        const chosen = options.find((option) => option.id === next);
        if (chosen !== undefined) onChange(chosen.id);
      }}
      isDisabled={props.isDisabled ?? false}
      isInvalid={error !== undefined}
      {...(placeholder !== undefined && { placeholder })}
      className={chip === true ? 'inline-block' : 'block min-w-0'}
    >
      <FieldLabel hidden={labelHidden ?? chip ?? false}>{label}</FieldLabel>
      <AriaButton
        className={
          chip === true
            ? 'inline-flex h-[26px] items-center gap-[5px] rounded-[6px] border border-line2 bg-surface px-2 text-label font-medium text-ink2 data-hovered:bg-hover'
            : classes(boxClass, 'text-left font-medium')
        }
      >
        {icon !== undefined && <span className="text-ink3">{icon}</span>}
        <SelectValue className="min-w-0 flex-1 truncate data-placeholder:font-normal data-placeholder:text-ink3">
          {({ defaultChildren, selectedText, isPlaceholder }) =>
            isPlaceholder ? defaultChildren : selectedText
          }
        </SelectValue>
        <ChevronsUpDown
          size={chip === true ? 12 : 14}
          aria-hidden="true"
          className="flex-none text-ink3"
        />
      </AriaButton>
      <FieldNotes hint={hint} error={error} />
      <Popover className={popoverClass}>
        <Options options={options} />
      </Popover>
    </AriaSelect>
  );
}

type ComboboxProps = FieldWords & {
  options: readonly Option[];
  /** The text in the box; with `custom` it may be anything. */
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  mono?: boolean;
  isDisabled?: boolean;
  isRequired?: boolean;
};

/** A text box that offers what is known and takes what is not yet: event names, attributes, keys. */
export function Combobox(props: ComboboxProps) {
  const { label, hint, error, labelHidden, options, value, onChange, placeholder, mono } = props;
  return (
    <AriaComboBox
      allowsCustomValue
      allowsEmptyCollection={false}
      menuTrigger="focus"
      items={options}
      inputValue={value}
      onInputChange={onChange}
      onChange={(key) => {
        if (key !== null) onChange(String(key));
      }}
      isInvalid={error !== undefined}
      isDisabled={props.isDisabled ?? false}
      isRequired={props.isRequired ?? false}
      className="block min-w-0"
    >
      <FieldLabel hidden={labelHidden ?? false}>{label}</FieldLabel>
      <Group className={boxClass}>
        <AriaInput
          placeholder={placeholder ?? ''}
          className={classes(
            'min-w-0 flex-1 bg-transparent outline-none',
            mono === true && 'font-mono text-label',
          )}
        />
        <AriaButton className="text-ink3">
          <ChevronsUpDown size={14} aria-hidden="true" />
        </AriaButton>
      </Group>
      <FieldNotes hint={hint} error={error} />
      <Popover className={popoverClass}>
        <Options options={options} />
      </Popover>
    </AriaComboBox>
  );
}
