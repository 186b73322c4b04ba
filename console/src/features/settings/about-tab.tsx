import { ExternalLink, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormat } from '../../lib/format.ts';
import { useApi } from '../../lib/query.ts';
import { Card } from '../../ui/card.tsx';
import { Loaded, Skeleton } from '../../ui/states.tsx';
import { useText } from './text.ts';

export function AboutTab() {
  const t = useText();
  const f = useFormat();
  const about = useApi('GET /api/about', {}, { refetchInterval: 10_000 });
  return (
    <Card title={t.tabs.about}>
      <Loaded query={about} skeleton={<Skeleton className="mx-4 mb-4 h-40" />}>
        {({ version, url, startedAt, store, insecure }) => (
          <div className="px-4 pb-4">
            {insecure && (
              <p className="mb-3 flex items-start gap-2 rounded-control bg-warnbg px-3 py-2 text-warn">
                <TriangleAlert size={15} aria-hidden="true" className="mt-[2.5px] flex-none" />
                {t.about.insecure}
              </p>
            )}
            <dl className="max-w-[560px]">
              <Line name={t.about.version}>{version}</Line>
              <Line name={t.about.url}>
                <code className="mono break-all">{url}</code>
              </Line>
              <Line name={t.about.started}>{f.dateTime(startedAt)}</Line>
              <Line name={t.about.events}>{f.exact(store.events)}</Line>
              <Line name={t.about.size}>{f.bytes(store.bytes)}</Line>
              <Line name={t.about.wal}>{f.bytes(store.walBytes)}</Line>
            </dl>
            <a
              href="/api/docs"
              className="mt-3 inline-flex items-center gap-1.5 font-medium text-accent hover:underline"
            >
              {t.about.api}
              <ExternalLink size={13} aria-hidden="true" />
            </a>
          </div>
        )}
      </Loaded>
    </Card>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-4 border-t border-line py-1.5">
      <dt className="w-44 flex-none text-ink3">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
