import { useState, type ReactNode } from 'react';
import type { ApiError } from '../lib/problem.ts';
import { Button, type ButtonProps } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { ErrorLine } from './states.tsx';

type ConfirmProps = {
  /** On the button and as the dialog's title and main action. */
  label: string;
  title?: string;
  icon?: ReactNode;
  /** What will happen. */
  text: ReactNode;
  /** The way out. */
  keep: string;
  variant?: ButtonProps['variant'];
  size?: ButtonProps['size'];
  isPending: boolean;
  error: ApiError | null;
  /** `close` shuts the dialog once it is done. */
  onConfirm: (close: () => void) => void;
};

/** A button for what is not easily undone: it says first what will happen. */
export function ConfirmButton(props: ConfirmProps) {
  const { label, icon, text, keep, isPending, error, onConfirm } = props;
  const [isAsking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
  };
  return (
    <>
      <Button
        variant={props.variant ?? 'danger'}
        size={props.size ?? 'chip'}
        onPress={() => {
          setAsking(true);
        }}
      >
        {icon}
        {label}
      </Button>
      <Dialog
        title={props.title ?? label}
        isOpen={isAsking}
        onClose={close}
        actions={
          <>
            <Button onPress={close}>{keep}</Button>
            <Button
              variant="danger"
              isPending={isPending}
              onPress={() => {
                onConfirm(close);
              }}
            >
              {label}
            </Button>
          </>
        }
      >
        <div className="mb-2">{text}</div>
        <ErrorLine error={error} />
      </Dialog>
    </>
  );
}
