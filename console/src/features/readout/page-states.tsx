import type { Experiment } from '@assay/server/contract';
import { FlaskConical, Radio } from 'lucide-react';
import { useFormat } from '../../lib/format.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState, Skeleton } from '../../ui/states.tsx';
import { useText } from './text.ts';

/** Nothing to read before the start. */
export function Draft({ experiment }: { experiment: Experiment }) {
  const { draft } = useText();
  return (
    <Card>
      <EmptyState
        icon={<FlaskConical size={22} aria-hidden="true" />}
        title={draft.title}
        actions={
          <>
            <ButtonLink
              variant="primary"
              to="/experiments/$key/setup"
              params={{ key: experiment.key }}
            >
              {draft.open}
            </ButtonLink>
            <ButtonLink to="/planner">{draft.plan}</ButtonLink>
          </>
        }
      >
        {draft.text}
      </EmptyState>
    </Card>
  );
}

/** Running, and nobody has met it yet. */
export function Waiting({ experiment }: { experiment: Experiment }) {
  const { waiting } = useText();
  const format = useFormat();
  return (
    <Card>
      <EmptyState
        icon={<Radio size={22} aria-hidden="true" />}
        title={waiting.title}
        actions={
          <>
            <ButtonLink variant="primary" to="/connect">
              {waiting.connect}
            </ButtonLink>
            <ButtonLink to="/live">{waiting.live}</ButtonLink>
            <ButtonLink to="/flags/$key" params={{ key: experiment.flag }}>
              {waiting.flag}
            </ButtonLink>
          </>
        }
      >
        {waiting.text}
        {experiment.startedAt !== null && ` ${waiting.seen(format.dateTime(experiment.startedAt))}`}
      </EmptyState>
    </Card>
  );
}

/** The heights of what will come, so that nothing jumps. */
export function PageSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-[180px] w-full" />
      <Skeleton className="h-[52px] w-full" />
      <Skeleton className="h-[420px] w-full" />
    </div>
  );
}
