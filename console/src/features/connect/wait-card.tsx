import type { LiveEvent } from '@assay/server/contract';
import { CircleCheck, LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import { address } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useApi } from '../../lib/query.ts';
import { useMay } from '../../lib/session.ts';
import { useNow, useStream } from '../../lib/stream.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { likelyCauses } from './causes.ts';
import { StepCard } from './step-card.tsx';
import { useText } from './text.ts';

const patience = 20_000;

/** Waits for an event of this environment; after 20 s it names what may be wrong. */
export function WaitCard({ environment }: { environment: string }) {
  const t = useText().wait;
  const may = useMay('analyst');
  const [since] = useState(() => Date.now());
  const [first, setFirst] = useState<LiveEvent | null>(null);
  const isWatching = may && first === null;
  const state = useStream(
    isWatching ? address('GET /api/events/live', { query: { environment } }) : null,
    (data) => {
      const event = data as LiveEvent;
      if (event.type !== 'rejected') setFirst(event);
    },
  );
  return (
    <StepCard n={3} title={t.title}>
      {!may && <p className="text-ink2">{t.needRole}</p>}
      {first !== null && <Arrived event={first} />}
      {isWatching && <Waiting environment={environment} since={since} isLost={state === 'lost'} />}
    </StepCard>
  );
}

function Arrived({ event }: { event: LiveEvent }) {
  const t = useText().wait;
  return (
    <div role="status" className="flex flex-col gap-3">
      <p className="flex items-center gap-2">
        <CircleCheck size={17} aria-hidden="true" className="flex-none text-ok" />
        <b className="font-semibold">{t.arrived}</b>
        <span className="min-w-0 break-words text-ink2">
          {t.arrivedText(event.name, event.unit)}
        </span>
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-ink2">{t.next}</span>
        <ButtonLink to="/flags/new">{t.flag}</ButtonLink>
        <ButtonLink to="/metrics/new">{t.metric}</ButtonLink>
        <ButtonLink to="/planner">{t.plan}</ButtonLink>
        <ButtonLink to="/live" search={{}} variant="ghost">
          {t.live}
        </ButtonLink>
      </div>
    </div>
  );
}

type WaitingProps = { environment: string; since: number; isLost: boolean };
function Waiting({ environment, since, isLost }: WaitingProps) {
  const t = useText().wait;
  const f = useFormat();
  const waited = useNow() - since;
  return (
    <>
      <p className="flex items-center gap-2">
        <LoaderCircle size={16} aria-hidden="true" className="flex-none animate-spin text-accent" />
        <span role="status">{isLost ? t.lost : t.waiting}</span>
        <span className="sub tabular-nums">
          {t.seconds(f.exact(Math.max(0, Math.floor(waited / 1_000))))}
        </span>
      </p>
      {waited >= patience && <Causes environment={environment} since={since} />}
    </>
  );
}

function Causes({ environment, since }: { environment: string; since: number }) {
  const t = useText().wait;
  const often = { refetchInterval: 4_000 };
  const keys = useApi('GET /api/sdk-keys', { query: { limit: 1_000 } }, often).data?.items ?? [];
  const rejected = useApi('GET /api/events/rejected', { query: { environment, limit: 20 } }, often);
  const fresh = (rejected.data?.items ?? []).filter(({ at }) => Date.parse(at) >= since);
  const here = keys.filter((one) => one.environment === environment);
  return (
    <div className="rounded-control bg-warnbg px-3 py-2.5">
      {fresh.length > 0 && (
        <>
          <p className="font-medium text-warn">{t.rejected}</p>
          <ul className="mt-1 mb-2 list-disc pl-4">
            {fresh.slice(0, 3).map(({ at, code, detail }) => (
              <li key={`${at} ${detail}`} className="break-words">
                <code className="mono">{code}</code> {detail}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="font-medium text-warn">{t.stuck}</p>
      <ul className="mt-1 list-disc pl-4">
        {likelyCauses(here, since).map((cause) => {
          const words = t.causes[cause];
          return <li key={cause}>{typeof words === 'string' ? words : words(environment)}</li>;
        })}
      </ul>
    </div>
  );
}
