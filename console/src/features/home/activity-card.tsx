import { useFormat } from '../../lib/format.ts';
import { useApi } from '../../lib/query.ts';
import { useNow } from '../../lib/stream.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState, Loaded, Skeleton } from '../../ui/states.tsx';
import { eventsByDay, type Day } from './activity.ts';
import { useText } from './text.ts';

const days = 28;

export function ActivityCard({ environment }: { environment: string }) {
  const t = useText().events;
  const f = useFormat();
  const now = useNow(10_000);
  const query = useApi(
    'GET /api/events/activity',
    { query: { environment, days } },
    { refetchInterval: 15_000 },
  );
  const last = query.data?.lastEvent;
  return (
    <Card
      title={t.title}
      note={last === null || last === undefined ? undefined : t.last(f.ago(last, now))}
      actions={
        <ButtonLink to="/live" search={{}} size="chip">
          {t.live}
        </ButtonLink>
      }
    >
      <Loaded query={query} skeleton={<Skeleton className="mx-4 mb-4 h-28" />}>
        {(activity) => {
          const byDay = eventsByDay(activity, new Date(now).toISOString().slice(0, 10), days);
          const total = byDay.reduce((sum, { events }) => sum + events, 0);
          return total === 0 ? <EmptyState title={t.none} /> : <Bars days={byDay} total={total} />;
        }}
      </Loaded>
    </Card>
  );
}

function Bars({ days: shown, total }: { days: readonly Day[]; total: number }) {
  const t = useText().events;
  const f = useFormat();
  const most = Math.max(...shown.map(({ events }) => events));
  return (
    <div className="px-4 pb-3">
      <div
        role="img"
        aria-label={t.chart(f.exact(shown.length), f.exact(total))}
        className="flex h-24 items-end gap-[3px]"
      >
        {shown.map(({ day, events }) => (
          <div
            key={day}
            title={`${f.date(`${day}T12:00:00`)}: ${f.exact(events)}`}
            className="flex-1 rounded-[2px] bg-neumid"
            style={{
              height: `${Math.max(1, (100 * events) / most)}%`,
              opacity: events === 0 ? 0.35 : 1,
            }}
          />
        ))}
      </div>
      <div className="mt-1 flex justify-between text-axis text-ink3">
        <span>{f.date(`${shown[0]?.day}T12:00:00`)}</span>
        <span>{f.count(total)}</span>
        <span>{f.date(`${shown.at(-1)?.day}T12:00:00`)}</span>
      </div>
    </div>
  );
}
