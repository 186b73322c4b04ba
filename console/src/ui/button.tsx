import { Link, type LinkProps } from '@tanstack/react-router';
import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { classes } from './classes.ts';

/** Primary is ink, so that no button ever looks like a result; `chip` is the small one of tool bars. */
type Look = { variant?: 'primary' | 'plain' | 'ghost' | 'danger'; size?: 'normal' | 'chip' };
export type ButtonProps = Omit<
  AriaButtonProps,
  'className' | 'style' | 'children' | 'onPress' | 'isPending'
> &
  Look & {
    children: ReactNode;
    onPress?: () => void;
    /** While what it started runs: it turns, keeps the focus, and takes no second press. */
    isPending?: boolean;
    wide?: boolean;
  };

export function Button(props: ButtonProps) {
  const {
    variant = 'plain',
    size = 'normal',
    wide,
    isPending,
    onPress,
    type,
    children,
    ...rest
  } = props;
  const isBusy = isPending === true;
  return (
    <AriaButton
      {...rest}
      type={isBusy ? 'button' : (type ?? 'button')}
      onPress={() => {
        if (!isBusy) onPress?.();
      }}
      className={classes(look({ variant, size }), wide && 'w-full', isBusy && 'opacity-70')}
    >
      {isBusy && <LoaderCircle size={14} aria-hidden="true" className="animate-spin" />}
      {children}
    </AriaButton>
  );
}

/** An icon alone; its name is said and shown on hover. */
export function IconButton({
  label,
  ...props
}: Omit<AriaButtonProps, 'className' | 'style'> & { label: string }) {
  return (
    <AriaButton
      {...props}
      aria-label={label}
      className="inline-grid size-7 flex-none place-items-center rounded-control text-ink3 transition-colors data-disabled:opacity-40 data-hovered:bg-hover data-hovered:text-ink"
    />
  );
}

/** A link that looks like a button. */
export function ButtonLink({
  variant = 'plain',
  size = 'normal',
  children,
  ...props
}: LinkProps & Look & { children: ReactNode }) {
  return (
    <Link {...props} className={look({ variant, size })}>
      {children}
    </Link>
  );
}

function look({ variant = 'plain', size = 'normal' }: Look): string {
  return classes(
    'inline-flex items-center justify-center whitespace-nowrap border font-medium transition-colors select-none',
    'data-disabled:cursor-not-allowed data-disabled:opacity-45',
    size === 'normal'
      ? 'h-[30px] gap-1.5 rounded-control px-[11px] text-body'
      : 'h-[26px] gap-[5px] rounded-[6px] px-2 text-label',
    variant === 'primary' && 'border-btn bg-btn text-btnink hover:opacity-90',
    variant === 'plain' && 'border-line2 bg-surface hover:bg-hover',
    variant === 'plain' && size === 'chip' && 'text-ink2',
    variant === 'ghost' && 'border-transparent text-ink2 hover:bg-hover hover:text-ink',
    variant === 'danger' && 'border-line2 bg-surface text-lose hover:bg-losebg',
  );
}
