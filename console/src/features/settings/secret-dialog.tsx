import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/code.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useText } from './text.ts';

/** A new secret, the only time that it is shown. */
export function SecretDialog(props: { title: string; secret: string | null; onClose: () => void }) {
  const t = useText();
  const { title, secret, onClose } = props;
  return (
    <Dialog
      title={title}
      isOpen={secret !== null}
      onClose={onClose}
      actions={
        <Button variant="primary" onPress={onClose}>
          {t.done}
        </Button>
      }
    >
      <div className="flex items-center gap-1 rounded-control bg-surface2 py-1 pr-1 pl-3">
        <code className="mono min-w-0 flex-1 break-all">{secret}</code>
        <CopyButton text={secret ?? ''} />
      </div>
      <p className="mt-2 text-ink2">{t.shownOnce}</p>
    </Dialog>
  );
}
