import { Check, TriangleAlert, X } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { IconButton } from './button.tsx';
import { useText } from './text.ts';

type Toast = { id: number; text: string; tone: 'ok' | 'warn' };

let shown: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();
function show(next: readonly Toast[]): void {
  shown = next;
  for (const listener of listeners) listener();
}
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A word on what has just been done; read aloud, gone after a few seconds. */
export function toast(text: string, tone: Toast['tone'] = 'ok'): void {
  last += 1;
  show([...shown, { id: last, text, tone }].slice(-3));
}
function dismiss(id: number): void {
  show(shown.filter((item) => item.id !== id));
}

export function Toasts() {
  const items = useSyncExternalStore(subscribe, () => shown);
  return (
    <div role="status" className="fixed right-4 bottom-4 z-50 flex flex-col gap-2">
      {items.map((item) => (
        <ToastLine key={item.id} item={item} />
      ))}
    </div>
  );
}

function ToastLine({ item }: { item: Toast }) {
  const t = useText();
  useEffect(() => {
    const timer = setTimeout(() => {
      dismiss(item.id);
    }, 6_000);
    return () => {
      clearTimeout(timer);
    };
  }, [item.id]);
  const Icon = item.tone === 'ok' ? Check : TriangleAlert;
  return (
    <div className="flex max-w-96 items-center gap-2 rounded-card bg-surface py-2 pr-2 pl-3 shadow-pop">
      <Icon
        size={15}
        aria-hidden="true"
        className={item.tone === 'ok' ? 'flex-none text-ok' : 'flex-none text-warn'}
      />
      <span className="min-w-0 break-words">{item.text}</span>
      <IconButton
        label={t.close}
        onPress={() => {
          dismiss(item.id);
        }}
      >
        <X size={14} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
