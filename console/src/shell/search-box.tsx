import { Search } from 'lucide-react';
import { Button } from 'react-aria-components';
import { openPalette } from './keyboard.tsx';
import { paletteKeys } from './page-links.ts';
import { useText } from './text.ts';

/** Looks like a field, opens the palette. */
export function SearchBox() {
  const t = useText();
  return (
    <Button
      onPress={() => {
        document.dispatchEvent(new Event(openPalette));
      }}
      className="mb-2 flex h-[30px] flex-none items-center gap-2 rounded-control border border-line2 bg-surface px-2 text-left text-ink3 data-hovered:text-ink2"
    >
      <Search size={14} aria-hidden="true" />
      <span className="truncate">{t.palette.title}</span>
      <kbd className="ml-auto flex-none rounded-[4px] border border-line2 px-1 font-sans text-axis leading-4">
        {paletteKeys}
      </kbd>
    </Button>
  );
}
