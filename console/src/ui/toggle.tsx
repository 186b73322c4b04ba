import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  CheckboxButton,
  CheckboxField,
  SwitchButton,
  SwitchField,
  ToggleButton,
  ToggleButtonGroup,
} from 'react-aria-components';
import { classes } from './classes.ts';

type ToggleProps = {
  children: ReactNode;
  value: boolean;
  onChange: (value: boolean) => void;
  isDisabled?: boolean;
  labelHidden?: boolean;
};

export function Switch({ children, value, onChange, isDisabled, labelHidden }: ToggleProps) {
  return (
    <SwitchField isSelected={value} onChange={onChange} isDisabled={isDisabled ?? false}>
      <SwitchButton className="group inline-flex items-center gap-2 data-disabled:opacity-50">
        <span className="flex h-[18px] w-8 flex-none items-center rounded-full bg-ink4 p-0.5 transition-colors group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-accent group-data-selected:bg-ok">
          <span className="size-3.5 rounded-full bg-surface transition-transform group-data-selected:translate-x-3.5" />
        </span>
        <span className={classes(labelHidden === true && 'sr-only')}>{children}</span>
      </SwitchButton>
    </SwitchField>
  );
}

export function Checkbox({ children, value, onChange, isDisabled, labelHidden }: ToggleProps) {
  return (
    <CheckboxField isSelected={value} onChange={onChange} isDisabled={isDisabled ?? false}>
      <CheckboxButton className="group inline-flex items-start gap-2 data-disabled:opacity-50">
        <span className="mt-0.5 grid size-4 flex-none place-items-center rounded-[4px] border border-ink4 bg-surface text-btnink group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-accent group-data-selected:border-btn group-data-selected:bg-btn">
          <Check
            size={12}
            aria-hidden="true"
            className="opacity-0 group-data-selected:opacity-100"
          />
        </span>
        <span className={classes(labelHidden === true && 'sr-only')}>{children}</span>
      </CheckboxButton>
    </CheckboxField>
  );
}

type SegmentedProps<T extends string> = {
  label: string;
  options: readonly { id: T; label: ReactNode }[];
  value: T;
  onChange: (value: T) => void;
  wide?: boolean;
  isDisabled?: boolean;
};

/** One of a few, all in sight. */
export function SegmentedControl<T extends string>(props: SegmentedProps<T>) {
  const { label, options, value, onChange, wide, isDisabled } = props;
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      isDisabled={isDisabled ?? false}
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = options.find((option) => keys.has(option.id));
        if (chosen !== undefined) onChange(chosen.id);
      }}
      className={classes(
        'inline-flex max-w-full overflow-x-auto rounded-control bg-neubg p-0.5 text-label font-medium text-ink2',
        wide === true && 'flex w-full',
      )}
    >
      {options.map((option) => (
        <ToggleButton
          key={option.id}
          id={option.id}
          className={classes(
            'rounded-small px-[9px] py-0.5 leading-5 whitespace-nowrap data-focus-visible:outline-offset-[-2px] data-selected:bg-surface data-selected:text-ink data-selected:shadow-card',
            wide === true && 'flex-1',
          )}
        >
          {option.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
