import type { Segment } from '@assay/server/contract';
import { Link } from '@tanstack/react-router';
import { Plus, Users } from 'lucide-react';
import { useMay } from '../../lib/session.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { sentence } from '../../ui/condition/sentence.ts';
import { useConditionText } from '../../ui/condition/text.ts';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded, SkeletonRows } from '../../ui/states.tsx';
import { Cell, Column, Head, Row, RowHead, Table } from '../../ui/table.tsx';
import { useSegments, useUses } from './queries.ts';
import { useText } from './text.ts';

export function SegmentsPage() {
  const t = useText();
  const mayEdit = useMay('editor');
  const segments = useSegments();
  const create = mayEdit && (
    <ButtonLink to="/audiences/new" variant="primary">
      <Plus size={15} aria-hidden="true" />
      {t.create}
    </ButtonLink>
  );
  return (
    <Page title={t.title} actions={create}>
      <div className="overflow-hidden rounded-card bg-surface shadow-card">
        <Loaded query={segments} skeleton={<SkeletonRows />}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState
                icon={<Users size={22} aria-hidden="true" />}
                title={t.empty.title}
                actions={create}
              >
                {t.empty.text}
              </EmptyState>
            ) : (
              <SegmentTable segments={items} />
            )
          }
        </Loaded>
      </div>
    </Page>
  );
}

function SegmentTable({ segments }: { segments: readonly Segment[] }) {
  const t = useText();
  const condition = useConditionText();
  const usesOf = useUses();
  return (
    <Table label={t.title}>
      <Head>
        <Column>{t.columns.audience}</Column>
        <Column>{t.columns.who}</Column>
        <Column right>{t.columns.used}</Column>
      </Head>
      <tbody>
        {segments.map((segment) => (
          <Row key={segment.key} className="h-[47px]">
            <RowHead className="min-w-40">
              <Link
                to="/audiences/$key"
                params={{ key: segment.key }}
                className="block leading-[18px] font-medium hover:underline"
              >
                {segment.name ?? segment.key}
              </Link>
              <span className="mono text-note text-ink3">{segment.key}</span>
            </RowHead>
            <Cell className="text-ink2">
              <span className="line-clamp-2">
                {segment.units === undefined
                  ? sentence(segment.if, condition)
                  : t.listed(segment.units.ids.length, segment.units.unit)}
              </span>
            </Cell>
            <Cell right className="whitespace-nowrap text-ink2">
              {t.used(usesOf(segment.key).length)}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
