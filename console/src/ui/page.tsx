import { Link, type LinkProps } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { classes } from './classes.ts';
import { useText } from './text.ts';

export type Crumb = { label: string; link: LinkProps };
type PageProps = {
  title: string;
  crumbs?: readonly Crumb[];
  /** Buttons at the right of the top bar, the main one last. */
  actions?: ReactNode;
  children: ReactNode;
  /** True where the page has its own large h1: the bar then shows the title as plain text. */
  ownHeading?: boolean;
};

const noCrumbs: readonly Crumb[] = [];

/** The top bar (where am I, what can I do) and the content under it. */
export function Page({ title, crumbs = noCrumbs, actions, children, ownHeading }: PageProps) {
  const t = useText();
  useEffect(() => {
    document.title = `${title} · Assay`;
  }, [title]);
  const Title = ownHeading === true ? 'span' : 'h1';
  return (
    <>
      <header className="no-print sticky top-0 z-10 flex min-h-12 flex-wrap items-center gap-x-2 gap-y-1.5 border-b border-line bg-bg px-7 py-[8px] max-sm:px-4">
        <nav aria-label={t.breadcrumbs} className="flex min-w-0 items-center gap-1.5 text-ink3">
          {crumbs.map((crumb) => (
            <span key={crumb.label} className="flex min-w-0 items-center gap-1.5">
              <Link {...crumb.link} className="truncate hover:text-ink">
                {crumb.label}
              </Link>
              <ChevronRight size={14} aria-hidden="true" className="flex-none" />
            </span>
          ))}
          <Title
            aria-current={crumbs.length > 0 ? 'page' : undefined}
            className={classes(
              'truncate text-body tracking-normal text-ink',
              crumbs.length > 0 ? 'font-medium' : 'font-semibold',
            )}
          >
            {title}
          </Title>
        </nav>
        {actions !== undefined && (
          <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div>
        )}
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="max-w-[1240px] px-7 pt-[22px] pb-15 outline-none max-sm:px-4 max-sm:pt-4"
      >
        {children}
      </main>
    </>
  );
}
