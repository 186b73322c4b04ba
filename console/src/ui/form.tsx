import type { ReactNode } from 'react';
import { Form as AriaForm } from 'react-aria-components';

/** A form that is sent by the console, not by the browser. Enter in a field submits. */
export function Form(props: { onSubmit: () => void; children: ReactNode; className?: string }) {
  return (
    <AriaForm
      className={props.className ?? 'flex flex-col gap-3'}
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      {props.children}
    </AriaForm>
  );
}
