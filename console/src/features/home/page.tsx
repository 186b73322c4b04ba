import { Link } from '@tanstack/react-router';
import { useEnvironment } from '../../lib/environment.ts';
import { useFormat } from '../../lib/format.ts';
import { useApi } from '../../lib/query.ts';
import { useNow } from '../../lib/stream.ts';
import { Badge } from '../../ui/badge.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded, SkeletonRows } from '../../ui/states.tsx';
import { ActivityCard } from './activity-card.tsx';
import { DemoPill } from './demo-pill.tsx';
import { useDemo } from './queries.ts';
import { Steps } from './steps.tsx';
import { useText } from './text.ts';

export function HomePage() {
  const t = useText();
  const environment = useEnvironment();
  const demo = useDemo().data;
  return (
    <Page title={t.title} ownHeading>
      {demo !== undefined && demo.status !== 'absent' && demo.environment !== environment && (
        <div className="mb-4">
          <DemoPill demo={demo} />
        </div>
      )}
      <h1>{t.hello}</h1>
      <p className="mt-1 mb-4 text-ink2">{t.intro}</p>
      <Steps environment={environment} />
      <div className="grid grid-cols-2 gap-4 max-[1000px]:grid-cols-1">
        <RunningCard environment={environment} />
        <ActivityCard environment={environment} />
      </div>
    </Page>
  );
}

function RunningCard({ environment }: { environment: string }) {
  const t = useText().needs;
  const f = useFormat();
  const now = useNow(60_000);
  const query = useApi('GET /api/experiments', { query: { limit: 1_000 } });
  return (
    <Card
      title={t.title}
      note={t.note(environment)}
      actions={
        <ButtonLink to="/experiments" search={{}} size="chip">
          {t.all}
        </ButtonLink>
      }
    >
      <Loaded query={query} skeleton={<SkeletonRows rows={3} height={36} />}>
        {({ items }) => {
          const running = items.filter(
            (item) => item.environment === environment && item.status === 'running',
          );
          if (running.length === 0) return <EmptyState title={t.none} />;
          return (
            <ul className="pb-1">
              {running.slice(0, 8).map((item) => (
                <li
                  key={item.key}
                  className="flex h-9 items-center gap-2 border-t border-line px-4"
                >
                  <Link
                    to="/experiments/$key"
                    params={{ key: item.key }}
                    className="truncate font-medium hover:underline"
                  >
                    {item.name ?? item.key}
                  </Link>
                  <span className="ml-auto">
                    <Badge tone="ok">{t.day(f.exact(dayOf(item.startedAt, now)))}</Badge>
                  </span>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </Card>
  );
}

function dayOf(startedAt: string | null, now: number): number {
  if (startedAt === null) return 1;
  return Math.max(1, Math.ceil((now - Date.parse(startedAt)) / 86_400_000));
}
