import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from './button.tsx';
import { classes } from './classes.ts';
import { useText } from './text.ts';

type DialogProps = {
  title: ReactNode;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Buttons at the foot, the main one last. */
  actions?: ReactNode;
  wide?: boolean;
};

export function Dialog({ title, isOpen, onClose, children, actions, wide }: DialogProps) {
  const t = useText();
  return (
    <ModalOverlay
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className="fixed inset-0 z-40 flex items-start justify-center overflow-y-auto bg-[rgb(10_11_14/0.42)] p-4 pt-[8vh]"
    >
      <Modal className={classes('w-full', wide === true ? 'max-w-[720px]' : 'max-w-[480px]')}>
        <AriaDialog className="rounded-card bg-surface shadow-pop outline-none">
          <div className="flex items-center gap-2 px-4 pt-3 pb-2">
            <Heading slot="title" className="text-section">
              {title}
            </Heading>
            <span className="ml-auto" />
            <IconButton label={t.close} onPress={onClose}>
              <X size={15} aria-hidden="true" />
            </IconButton>
          </div>
          <div className="px-4 pb-4">{children}</div>
          {actions !== undefined && (
            <div className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">
              {actions}
            </div>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
