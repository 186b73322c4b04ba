import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components';
import { classes } from './classes.ts';
import { itemClass } from './list-look.ts';

export type MenuEntry = {
  id: string;
  label: string;
  note?: string;
  icon?: ReactNode;
  danger?: boolean;
  isDisabled?: boolean;
  onAction: () => void;
};

/** `trigger` is a button; the entries open under it. */
export function Menu({
  label,
  trigger,
  entries,
}: {
  label: string;
  trigger: ReactNode;
  entries: readonly MenuEntry[];
}) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover
        placement="bottom end"
        className="min-w-44 overflow-auto rounded-card bg-surface p-1 shadow-pop"
      >
        <AriaMenu aria-label={label} className="outline-none">
          {entries.map((entry) => (
            <MenuItem
              key={entry.id}
              id={entry.id}
              textValue={entry.label}
              isDisabled={entry.isDisabled ?? false}
              onAction={entry.onAction}
              className={classes(itemClass, entry.danger === true && 'text-lose')}
            >
              {entry.icon}
              <span>
                <Text slot="label" className="block">
                  {entry.label}
                </Text>
                {entry.note !== undefined && (
                  <Text slot="description" className="block text-note text-ink3">
                    {entry.note}
                  </Text>
                )}
              </span>
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
