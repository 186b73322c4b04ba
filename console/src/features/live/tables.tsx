import { useFormat } from '../../lib/format.ts';
import { useApi } from '../../lib/query.ts';
import { useNow } from '../../lib/stream.ts';
import { Badge } from '../../ui/badge.tsx';
import { EmptyState, Loaded, SkeletonRows } from '../../ui/states.tsx';
import { Cell, Column, Head, Row, RowHead, Table } from '../../ui/table.tsx';
import { useText } from './text.ts';

const often = { refetchInterval: 5_000 };
const box = 'overflow-hidden rounded-card bg-surface shadow-card';

/** What was not taken, with the cause in words and the body as it was sent. */
export function RejectedTable({ environment }: { environment: string }) {
  const t = useText();
  const f = useFormat();
  const query = useApi('GET /api/events/rejected', { query: { environment, limit: 100 } }, often);
  return (
    <div className={box}>
      <Loaded query={query} skeleton={<SkeletonRows rows={4} height={36} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t.noRejected.title}>{t.noRejected.text}</EmptyState>
          ) : (
            <Table label={t.tabs.rejected}>
              <Head>
                <Column>{t.columns.time}</Column>
                <Column>{t.columns.cause}</Column>
                <Column>{t.columns.sent}</Column>
              </Head>
              <tbody>
                {items.map((item) => (
                  <Row key={`${item.at} ${item.code} ${item.body}`}>
                    <Cell className="align-top whitespace-nowrap text-ink3">
                      {f.dateTime(item.at)}
                    </Cell>
                    <Cell className="min-w-60 align-top">
                      <Badge tone="lose">
                        {(t.marks as Record<string, string>)[item.code] ?? item.code}
                      </Badge>
                      <span className="block">
                        {(t.causes as Record<string, string>)[item.code]}
                      </span>
                      <span className="sub block">{item.detail}</span>
                    </Cell>
                    <Cell className="mono max-w-[420px] align-top break-all text-ink2">
                      {item.body}
                    </Cell>
                  </Row>
                ))}
              </tbody>
            </Table>
          )
        }
      </Loaded>
    </div>
  );
}

/** Every name that ever came, how often, what it carries, and which metrics read it. */
export function NamesTable({ environment }: { environment: string }) {
  const t = useText();
  const f = useFormat();
  const now = useNow(10_000);
  const query = useApi('GET /api/events/seen', { query: { environment } }, often);
  return (
    <div className={box}>
      <Loaded query={query} skeleton={<SkeletonRows rows={4} height={36} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t.noNames.title}>{t.noNames.text}</EmptyState>
          ) : (
            <Table label={t.tabs.names}>
              <Head>
                <Column>{t.columns.name}</Column>
                <Column right>{t.columns.count}</Column>
                <Column>{t.columns.first}</Column>
                <Column>{t.columns.last}</Column>
                <Column>{t.columns.properties}</Column>
                <Column>{t.columns.metrics}</Column>
              </Head>
              <tbody>
                {items.map((item) => (
                  <Row key={item.name}>
                    <RowHead className="mono">{item.name}</RowHead>
                    <Cell right>{f.count(item.events)}</Cell>
                    <Cell className="whitespace-nowrap text-ink2">
                      {f.dateTime(item.firstSeen)}
                    </Cell>
                    <Cell className="whitespace-nowrap text-ink2">{f.ago(item.lastSeen, now)}</Cell>
                    <Cell className="mono text-ink2">
                      {[...(item.hasValue ? ['value'] : []), ...item.properties].join(', ')}
                    </Cell>
                    <Cell className="mono text-ink2">{item.metrics.join(', ')}</Cell>
                  </Row>
                ))}
              </tbody>
            </Table>
          )
        }
      </Loaded>
    </div>
  );
}
