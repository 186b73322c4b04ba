import type { UnitPage } from '@assay/server/contract';
import { CircleCheck, CircleDashed, CircleSlash } from 'lucide-react';
import { useState } from 'react';
import { useFormat } from '../../lib/format.ts';
import { Card } from '../../ui/card.tsx';
import { Cell, Column, Head, Row, RowHead, Table } from '../../ui/table.tsx';
import { SegmentedControl } from '../../ui/toggle.tsx';
import { eventRows, type EventRow } from './counted.ts';
import { valueText } from './context.ts';
import { useText } from './text.ts';

const most = 200;

/** Every event of the unit with what it counted in, or why not. */
export function CountedCard(props: {
  page: UnitPage;
  experiment: string | undefined;
  metricName: (key: string) => string;
  letterOf: (experiment: string, variant: string) => string;
}) {
  const { page, experiment, metricName, letterOf } = props;
  const t = useText();
  const [onlyThis, setOnlyThis] = useState(true);
  const chosen = onlyThis ? experiment : undefined;
  const rows = eventRows(page, chosen, { t, metricName }).slice(0, most);
  const { columns } = t.counted;
  return (
    <Card
      className="min-w-0 pb-1.5"
      title={t.counted.title}
      actions={
        experiment !== undefined && (
          <SegmentedControl
            label={t.counted.filter}
            value={onlyThis ? 'this' : 'all'}
            options={[
              { id: 'this', label: t.counted.onlyThis },
              { id: 'all', label: t.counted.all },
            ]}
            onChange={(next) => {
              setOnlyThis(next === 'this');
            }}
          />
        )
      }
    >
      {rows.length === 0 ? (
        <p className="px-4 pt-1 pb-4 text-ink2">{t.counted.none}</p>
      ) : (
        <Table label={t.counted.title}>
          <Head>
            <Column className="whitespace-nowrap">{columns.time}</Column>
            <Column className="whitespace-nowrap">{columns.event}</Column>
            <Column className="whitespace-nowrap">{columns.detail}</Column>
            <Column className="whitespace-nowrap">{columns.state}</Column>
            <Column className="whitespace-nowrap">{columns.why}</Column>
          </Head>
          <tbody>
            {rows.map((row) => (
              <EventLine key={row.event.id} row={row} letterOf={letterOf} />
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}

const looks = {
  counted: [CircleCheck, 'text-ok'],
  leftOut: [CircleSlash, 'text-ink3'],
  seen: [CircleDashed, 'text-ink3'],
} as const;

function EventLine(props: {
  row: EventRow;
  letterOf: (experiment: string, variant: string) => string;
}) {
  const { row, letterOf } = props;
  const t = useText();
  const format = useFormat();
  const { event } = row;
  const [Icon, tone] = looks[row.state];
  const detail =
    event.type === 'exposure'
      ? `${event.name} → ${letterOf(event.name, event.variant ?? '')}`
      : [
          event.value === undefined ? '' : format.exact(event.value),
          ...Object.entries(event.properties ?? {}).map(([k, v]) => `${k} ${valueText(v)}`),
        ]
          .filter((part) => part !== '')
          .join(' · ');
  return (
    <Row>
      <Cell className="whitespace-nowrap text-ink3">
        {format.date(event.time)} {format.clock(event.time)}
      </Cell>
      <RowHead className="whitespace-nowrap">
        <span className="mono">{event.type === 'exposure' ? t.counted.exposure : event.name}</span>
        {event.marks.includes('late') && (
          <span className="ml-1.5 text-note text-warn">{t.counted.marks.late}</span>
        )}
      </RowHead>
      <Cell className="max-w-[220px] truncate text-ink3" title={detail}>
        {detail}
      </Cell>
      <Cell>
        <span
          className={`inline-flex items-center gap-[5px] font-medium whitespace-nowrap ${tone}`}
        >
          <Icon size={13} aria-hidden="true" />
          {t.counted[row.state]}
        </span>
      </Cell>
      <Cell className="min-w-[220px]">
        {row.whys.map((why) => (
          <span key={why} className="block">
            {why}
          </span>
        ))}
      </Cell>
    </Row>
  );
}
