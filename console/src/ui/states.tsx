import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { problemOf, type ApiError } from '../lib/problem.ts';
import { Button } from './button.tsx';
import { classes } from './classes.ts';
import { useText } from './text.ts';

/** Grey shapes of the size that will come. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <div
      aria-hidden="true"
      className={classes('animate-pulse rounded-control bg-neubg', className ?? 'h-4 w-full')}
    />
  );
}

/** Rows of a list that is being fetched. */
export function SkeletonRows({ rows = 6, height = 47 }: { rows?: number; height?: number }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        <div
          key={row}
          className="flex items-center gap-4 border-b border-line px-4 last:border-0"
          style={{ height }}
        >
          <Skeleton className="h-3.5 w-1/4" />
          <Skeleton className="h-3.5 w-1/6" />
          <Skeleton className="ml-auto h-3.5 w-1/5" />
        </div>
      ))}
    </div>
  );
}

/** Nothing here yet, why, and what to do about it. */
export function EmptyState(props: {
  icon?: ReactNode;
  isPage?: boolean;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  const Title = props.isPage === true ? 'h1' : 'p';
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-10 text-center">
      {props.icon !== undefined && <div className="text-ink3">{props.icon}</div>}
      <Title className="text-section font-medium tracking-normal">{props.title}</Title>
      {props.children !== undefined && (
        <div className="max-w-[46ch] text-ink2">{props.children}</div>
      )}
      {props.actions !== undefined && (
        <div className="mt-2 flex flex-wrap justify-center gap-2">{props.actions}</div>
      )}
    </div>
  );
}

/** What went wrong in plain words, the next step, and the id under which the server's log has it. */
type ErrorProps = {
  error: unknown;
  onRetry?: () => void;
  /** True where it stands for a whole page: then it is the page's heading. */
  isPage?: boolean;
};
export function ErrorState({ error, onRetry, isPage }: ErrorProps) {
  const t = useText();
  const Title = isPage === true ? 'h1' : 'p';
  const problem = problemOf(error);
  return (
    <div role="alert" className="flex flex-col items-center gap-1.5 px-6 py-10 text-center">
      <Title className="text-section font-medium tracking-normal">
        {t.errors[problem.code].title}
      </Title>
      <p className="max-w-[52ch] text-ink2">{t.errors[problem.code].next}</p>
      <p className="sub max-w-[70ch] break-words">{problem.detail}</p>
      {problem.requestId !== undefined && (
        <p className="sub">
          {t.requestId} <code className="mono">{problem.requestId}</code>
        </p>
      )}
      {onRetry !== undefined && (
        <div className="mt-2">
          <Button onPress={onRetry}>
            <RotateCw size={14} aria-hidden="true" />
            {t.retry}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The same as a line above a form that did not go through. */
export function ErrorLine({ error }: { error: ApiError | null }) {
  const t = useText();
  if (error === null) return null;
  return (
    <div role="alert" className="rounded-control bg-losebg px-3 py-2 text-lose">
      <p className="font-medium">{t.errors[error.code].title}</p>
      <p className="break-words">{error.detail}</p>
      {error.errors.length > 0 && (
        <ul className="mt-1 list-disc pl-4">
          {error.errors.map((fault) => (
            <li key={`${fault.path} ${fault.message}`} className="break-words">
              {fault.path !== '' && <code className="mono">{fault.path}</code>} {fault.message}
            </li>
          ))}
        </ul>
      )}
      {error.requestId !== undefined && (
        <p className="mt-1 text-label">
          {t.requestId} <code className="mono">{error.requestId}</code>
        </p>
      )}
    </div>
  );
}

export type Fetched<T> = { data: T | undefined; error: Error | null; refetch: () => unknown };
/** A fetched thing in its three states: shape, fault, or itself. Old data stays in sight when a refetch fails. */
export function Loaded<T>(props: {
  query: Fetched<T>;
  skeleton: ReactNode;
  isPage?: boolean;
  children: (data: T) => ReactNode;
}) {
  const { query, skeleton, isPage, children } = props;
  const t = useText();
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error !== null)
    return (
      <ErrorState
        isPage={isPage ?? false}
        error={query.error}
        onRetry={() => {
          query.refetch();
        }}
      />
    );
  return (
    <div role="status">
      <span className="sr-only">{t.loading}</span>
      {skeleton}
    </div>
  );
}
