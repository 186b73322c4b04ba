import { Dialog } from '../ui/dialog.tsx';
import { pageLinks, paletteKeys } from './page-links.ts';
import { useText } from './text.ts';

/** What the keyboard does. */
export function KeyList({ onClose }: { onClose: () => void }) {
  const t = useText();
  const rows: [string, string][] = [
    [paletteKeys, t.palette.title],
    ...pageLinks.map(({ id, jump }): [string, string] => [`G ${jump.toUpperCase()}`, t.pages[id]]),
    ['J K', t.keys.rows],
    ['↵', t.keys.open],
    ['N', t.keys.create],
    ['F', t.keys.find],
    ['?', t.keys.title],
  ];
  return (
    <Dialog title={t.keys.title} isOpen onClose={onClose}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-1.5">
        {rows.map(([key, words]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="rounded-[4px] border border-line2 bg-surface2 px-1.5 font-sans text-axis font-medium text-ink2">
                {key}
              </kbd>
            </dt>
            <dd className="text-ink2">{words}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
