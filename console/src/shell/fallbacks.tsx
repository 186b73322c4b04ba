import type { ErrorComponentProps } from '@tanstack/react-router';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState, ErrorState, Skeleton } from '../ui/states.tsx';
import { useText } from './text.ts';

export function NotFound() {
  const t = useText();
  return (
    <main className="grid min-h-[60vh] place-items-center">
      <EmptyState
        isPage
        title={t.notFound.title}
        actions={
          <ButtonLink to="/" variant="primary">
            {t.notFound.home}
          </ButtonLink>
        }
      >
        {t.notFound.text}
      </EmptyState>
    </main>
  );
}

export function PageError({ error, reset }: ErrorComponentProps) {
  return (
    <main className="grid min-h-[60vh] place-items-center">
      <ErrorState isPage error={error} onRetry={reset} />
    </main>
  );
}

/** The frame's grey shape while the session is asked for. */
export function PageWaiting() {
  return (
    <div className="min-[900px]:grid min-[900px]:grid-cols-[224px_minmax(0,1fr)]">
      <div className="hidden h-screen border-r border-line bg-side min-[900px]:block" />
      <div className="flex flex-col gap-4 px-7 py-6">
        <Skeleton className="h-6 w-52" />
        <Skeleton className="h-64 w-full" />
      </div>
    </div>
  );
}
