import type { Metric } from '@assay/server/contract';
import { Link } from '@tanstack/react-router';
import { Plus, Search, Sigma } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../lib/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded, SkeletonRows } from '../../ui/states.tsx';
import { Cell, Column, Head, Row, RowHead, Table } from '../../ui/table.tsx';
import { eventsOf } from './model.ts';
import { useMetrics, useUses } from './queries.ts';
import { useText } from './text.ts';

export function MetricsPage() {
  const t = useText();
  const mayEdit = useMay('analyst');
  const metrics = useMetrics();
  const create = mayEdit && (
    <ButtonLink to="/metrics/new" variant="primary">
      <Plus size={15} aria-hidden="true" />
      {t.create}
    </ButtonLink>
  );
  return (
    <Page title={t.title} actions={create}>
      <Loaded
        query={metrics}
        skeleton={
          <div className="rounded-card bg-surface shadow-card">
            <SkeletonRows />
          </div>
        }
      >
        {({ items }) =>
          items.length === 0 ? (
            <div className="rounded-card bg-surface shadow-card">
              <EmptyState
                icon={<Sigma size={22} aria-hidden="true" />}
                title={t.empty.title}
                actions={create}
              >
                {t.empty.text}
              </EmptyState>
            </div>
          ) : (
            <MetricList metrics={items} />
          )
        }
      </Loaded>
    </Page>
  );
}

function MetricList({ metrics }: { metrics: readonly Metric[] }) {
  const t = useText();
  const usesOf = useUses();
  const [q, setQ] = useState('');
  const shown = metrics.filter((metric) =>
    [metric.key, metric.name ?? '', ...eventsOf(metric)]
      .join(' ')
      .toLowerCase()
      .includes(q.toLowerCase()),
  );
  return (
    <>
      <div className="mb-2.5 w-64 max-w-full">
        <TextField
          label={t.search}
          labelHidden
          type="search"
          placeholder={t.search}
          icon={<Search size={13} aria-hidden="true" />}
          value={q}
          onChange={setQ}
        />
      </div>
      <div className="overflow-hidden rounded-card bg-surface shadow-card">
        {shown.length === 0 ? (
          <EmptyState title={t.nothing} />
        ) : (
          <Table label={t.title}>
            <Head>
              <Column>{t.columns.metric}</Column>
              <Column>{t.columns.kind}</Column>
              <Column>{t.columns.events}</Column>
              <Column>{t.columns.good}</Column>
              <Column right>{t.columns.used}</Column>
            </Head>
            <tbody>
              {shown.map((metric) => (
                <Row key={metric.key} className="h-[47px]">
                  <RowHead className="min-w-44">
                    <Link
                      to="/metrics/$key"
                      params={{ key: metric.key }}
                      className="block leading-[18px] font-medium hover:underline"
                    >
                      {metric.name ?? metric.key}
                    </Link>
                    <span className="mono text-note text-ink3">{metric.key}</span>
                  </RowHead>
                  <Cell className="whitespace-nowrap">
                    <Badge>{t.kinds[metric.kind]}</Badge>
                  </Cell>
                  <Cell className="mono text-ink2">
                    {[...new Set(eventsOf(metric))].join(', ')}
                  </Cell>
                  <Cell className="whitespace-nowrap text-ink2">{t[metric.direction]}</Cell>
                  <Cell right className="whitespace-nowrap text-ink2">
                    {t.used(usesOf(metric.key).length)}
                  </Cell>
                </Row>
              ))}
            </tbody>
          </Table>
        )}
      </div>
    </>
  );
}
