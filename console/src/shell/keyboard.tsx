import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useShortcuts } from '../lib/shortcuts.ts';
import { pageLinks } from './page-links.ts';

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));
const KeyList = lazy(async () => ({ default: (await import('./key-list.tsx')).KeyList }));

const patience = 1_200;
/** Tells the shell to open the palette; the search box of the sidebar sends it. */
export const openPalette = 'assay:palette';

/** Keys that work on every page: the palette, `g` and a letter, and `?` for the list of keys. */
export function Keyboard() {
  const navigate = useNavigate();
  const [open, setOpen] = useState<'palette' | 'keys' | null>(null);
  const jumped = useRef(0);
  const jumps = Object.fromEntries(
    pageLinks.map(({ jump, to }) => [
      jump,
      () => {
        jumped.current = 0;
        void navigate({ to });
      },
    ]),
  );
  useShortcuts({
    g: () => {
      jumped.current = Date.now();
    },
    '?': () => {
      setOpen('keys');
    },
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setOpen('palette');
        return;
      }
      const jump = jumps[event.key.toLowerCase()];
      if (jump === undefined || Date.now() - jumped.current > patience) return;
      event.preventDefault();
      event.stopPropagation();
      jump();
    };
    const onAsked = () => {
      setOpen('palette');
    };
    document.addEventListener('keydown', onKey, { capture: true });
    document.addEventListener(openPalette, onAsked);
    return () => {
      document.removeEventListener('keydown', onKey, { capture: true });
      document.removeEventListener(openPalette, onAsked);
    };
  });
  const close = () => {
    setOpen(null);
  };
  return (
    <Suspense>
      {open === 'palette' && <Palette onClose={close} />}
      {open === 'keys' && <KeyList onClose={close} />}
    </Suspense>
  );
}
