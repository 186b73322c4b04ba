import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, IconButton } from './button.tsx';
import { useText } from './text.ts';

function useCopied(): [boolean, (text: string) => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => {
      setCopied(false);
    }, 2_000);
    return () => {
      clearTimeout(timer);
    };
  }, [copied]);
  const copyAndSay = async (text: string) => {
    await copy(text);
    setCopied(true);
  };
  return [
    copied,
    (text) => {
      void copyAndSay(text);
    },
  ];
}

/** Over plain http on another host the clipboard is closed to pages; a selected text box still copies. */
async function copy(text: string): Promise<void> {
  if (window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const box = document.createElement('textarea');
  box.value = text;
  document.body.append(box);
  box.select();
  // oxlint-disable-next-line typescript/no-deprecated -- the only way outside a secure context
  document.execCommand('copy');
  box.remove();
}

export function CopyButton({ text, label }: { text: string; label?: string }) {
  const t = useText();
  const [copied, doCopy] = useCopied();
  const Icon = copied ? Check : Copy;
  const icon = <Icon size={14} aria-hidden="true" className={copied ? 'text-ok' : ''} />;
  const press = () => {
    doCopy(text);
  };
  if (label === undefined)
    return (
      <IconButton label={copied ? t.copied : t.copy} onPress={press}>
        {icon}
      </IconButton>
    );
  return (
    <Button onPress={press}>
      {icon}
      {copied ? t.copied : label}
    </Button>
  );
}

/** Code to take along, with its copy button. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className="relative rounded-card border border-line bg-surface2">
      {/* Scrolled by keyboard too, so it takes the focus. */}
      <pre
        tabIndex={0}
        aria-label={label}
        className="mono overflow-x-auto p-3 pr-11 leading-[19px]"
      >
        <code>{code}</code>
      </pre>
      <div className="absolute top-1.5 right-1.5 rounded-control bg-surface2">
        <CopyButton text={code} />
      </div>
    </div>
  );
}
