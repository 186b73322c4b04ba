import { useEffect, type ReactNode } from 'react';
import { LanguageSwitch } from '../../shell/account-menu.tsx';
import { Logo } from '../../shell/logo.tsx';
import { useText } from './text.ts';

/** The page before anybody is signed in. */
export function SessionFrame({ title, children }: { title: string; children: ReactNode }) {
  const t = useText();
  useEffect(() => {
    document.title = `${title} · Assay`;
  }, [title]);
  return (
    <main className="mx-auto flex min-h-screen w-full max-w-[400px] flex-col justify-center px-4 py-10">
      <div className="mb-5 flex items-center gap-2.5">
        <Logo />
        <div>
          <div className="text-[13.5px] font-semibold">Assay</div>
          <div className="text-note text-ink3">{t.tagline}</div>
        </div>
        <div className="ml-auto">
          <LanguageSwitch />
        </div>
      </div>
      <div className="rounded-card bg-surface p-5 shadow-card">
        <h1 className="mb-3">{title}</h1>
        {children}
      </div>
    </main>
  );
}
