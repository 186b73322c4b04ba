import type { LiveEvent } from '@assay/server/contract';
import { getRouteApi } from '@tanstack/react-router';
import { Pause, Play, Radio, Search } from 'lucide-react';
import { useState } from 'react';
import { address } from '../../lib/api.ts';
import { useEnvironment } from '../../lib/environment.ts';
import { useFormat } from '../../lib/format.ts';
import { useApi } from '../../lib/query.ts';
import { useMay } from '../../lib/session.ts';
import { useStream, type StreamState } from '../../lib/stream.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Column, Head, Table } from '../../ui/table.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { SegmentedControl } from '../../ui/toggle.tsx';
import { matches, useLiveBuffer } from './buffer.ts';
import { EventRow } from './event-row.tsx';
import { NamesTable, RejectedTable } from './tables.tsx';
import { liveTypes } from './search.ts';
import { useText } from './text.ts';

const route = getRouteApi('/app/live');
const kinds = ['message', 'skipped'] as const;

/** Events as they arrive, what was rejected and why, and every name seen. */
export function LivePage() {
  const t = useText();
  const may = useMay('analyst');
  const environment = useEnvironment();
  const [tab, setTab] = useState<'events' | 'rejected' | 'names'>('events');
  return (
    <Page title={t.title}>
      {may ? (
        <Tabs
          label={t.title}
          value={tab}
          onChange={setTab}
          tabs={[
            {
              id: 'events',
              label: t.tabs.events,
              content: <Arriving key={environment} environment={environment} />,
            },
            {
              id: 'rejected',
              label: t.tabs.rejected,
              content: <RejectedTable environment={environment} />,
            },
            { id: 'names', label: t.tabs.names, content: <NamesTable environment={environment} /> },
          ]}
        />
      ) : (
        <EmptyState title={t.forbidden} />
      )}
    </Page>
  );
}

function Arriving({ environment }: { environment: string }) {
  const t = useText();
  const f = useFormat();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [isPaused, setPaused] = useState(false);
  const recent = useApi('GET /api/events/recent', { query: { environment, limit: 100 } }).data
    ?.items;
  const buffer = useLiveBuffer(recent, isPaused);
  const state = useStream(
    address('GET /api/events/live', { query: { environment } }),
    (data, kind) => {
      if (kind === 'skipped') buffer.skip(Number(data));
      else buffer.add(data as LiveEvent);
    },
    kinds,
  );
  const shown = buffer.events.filter((event) => matches(event, search));
  return (
    <>
      <div className="mb-2.5 flex flex-wrap items-center gap-1.5">
        <SegmentedControl
          label={t.type}
          value={search.type ?? 'all'}
          onChange={(type) => {
            void navigate({
              search: (now) => ({ ...now, type: type === 'all' ? undefined : type }),
              replace: true,
            });
          }}
          options={(['all', ...liveTypes] as const).map((id) => ({ id, label: t.types[id] }))}
        />
        <div className="w-60 max-w-full">
          <TextField
            label={t.search}
            labelHidden
            type="search"
            placeholder={t.search}
            icon={<Search size={13} aria-hidden="true" />}
            value={search.q ?? ''}
            onChange={(q) => {
              void navigate({
                search: (now) => ({ ...now, q: q === '' ? undefined : q }),
                replace: true,
              });
            }}
          />
        </div>
        <span className="ml-auto flex flex-wrap items-center gap-3">
          {buffer.missed > 0 && <span className="sub">{t.missed(f.exact(buffer.missed))}</span>}
          {buffer.skipped > 0 && <span className="sub">{t.skipped(f.exact(buffer.skipped))}</span>}
          <LiveDot state={isPaused ? 'paused' : state} />
          <Button
            size="chip"
            onPress={() => {
              setPaused(!isPaused);
            }}
          >
            {isPaused ? (
              <Play size={13} aria-hidden="true" />
            ) : (
              <Pause size={13} aria-hidden="true" />
            )}
            {isPaused ? t.resume : t.pause}
          </Button>
        </span>
      </div>
      <div className="overflow-hidden rounded-card bg-surface shadow-card">
        {buffer.events.length === 0 ? (
          <EmptyState
            icon={<Radio size={22} aria-hidden="true" />}
            title={t.waiting.title}
            actions={<ButtonLink to="/connect">{t.waiting.connect}</ButtonLink>}
          >
            {t.waiting.text}
          </EmptyState>
        ) : shown.length === 0 ? (
          <EmptyState title={t.nothing} />
        ) : (
          <Table label={t.title}>
            <Head>
              <Column>{t.columns.time}</Column>
              <Column>{t.columns.name}</Column>
              <Column>{t.columns.unit}</Column>
              <Column>{t.columns.what}</Column>
              <Column>{t.columns.marks}</Column>
              <Column right>{t.columns.latency}</Column>
            </Head>
            <tbody>
              {shown.map((event) => (
                <EventRow key={`${event.id} ${event.type}`} event={event} />
              ))}
            </tbody>
          </Table>
        )}
      </div>
    </>
  );
}

function LiveDot({ state }: { state: StreamState | 'paused' }) {
  const t = useText().state;
  const isLive = state === 'open';
  return (
    <span role="status" className="inline-flex items-center gap-1.5 text-label text-ink3">
      <span
        aria-hidden="true"
        className={`size-[7px] rounded-full ${isLive ? 'bg-ok shadow-[0_0_0_3px_var(--okbg)]' : 'bg-ink4'}`}
      />
      {t[state]}
    </span>
  );
}
