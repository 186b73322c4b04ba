import type { LiveEvent } from '@assay/server/contract';
import { Eye, TriangleAlert, Zap } from 'lucide-react';
import { useFormat } from '../../lib/format.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Cell, Row } from '../../ui/table.tsx';
import { useText } from './text.ts';

const icons = { exposure: Eye, track: Zap, rejected: TriangleAlert };
const markTones: Record<string, Tone> = {
  firstEver: 'ok',
  unknownExperiment: 'warn',
  late: 'warn',
  invalid: 'lose',
  too_large: 'lose',
  in_future: 'lose',
  too_late: 'lose',
};

export function EventRow({ event }: { event: LiveEvent }) {
  const t = useText();
  const f = useFormat();
  const Icon = icons[event.type];
  const took = Date.parse(event.received) - Date.parse(event.time);
  return (
    <Row className="h-[30px]">
      <Cell className="h-[30px] whitespace-nowrap text-ink3">{f.clock(event.received)}</Cell>
      <Cell className="h-[30px] whitespace-nowrap">
        <span className="flex items-center gap-1.5">
          <Icon
            size={13}
            aria-hidden="true"
            className={event.type === 'rejected' ? 'flex-none text-lose' : 'flex-none text-ink3'}
          />
          <span className="mono">{event.name}</span>
        </span>
      </Cell>
      <Cell className="mono h-[30px] max-w-44 truncate text-ink2">{event.unit}</Cell>
      <Cell className="h-[30px] max-w-80 truncate text-ink2" title={event.detail}>
        <What event={event} />
      </Cell>
      <Cell className="h-[30px] whitespace-nowrap">
        <span className="flex gap-1">
          {event.marks.map((mark) => (
            <Badge key={mark} tone={markTones[mark] ?? 'quiet'}>
              {(t.marks as Record<string, string>)[mark] ?? mark}
            </Badge>
          ))}
        </span>
      </Cell>
      <Cell right className="h-[30px] whitespace-nowrap text-ink3">
        {took >= 0 && took < 60_000
          ? `${f.exact(took)} ms`
          : f.ago(event.time, Date.parse(event.received))}
      </Cell>
    </Row>
  );
}

/** The variant of an exposure; the value and properties of an event; the fault of a rejected one. */
function What({ event }: { event: LiveEvent }) {
  const t = useText();
  const f = useFormat();
  if (event.type === 'rejected') return <>{event.detail}</>;
  if (event.type === 'exposure')
    return (
      <>
        {t.exposure} → <span className="mono">{event.variant}</span>
      </>
    );
  const properties = Object.entries(event.properties ?? {});
  return (
    <>
      {event.value !== undefined && (
        <span className="font-medium text-ink">
          {t.value} {f.number(event.value)}{' '}
        </span>
      )}
      <span className="mono">
        {properties
          .map(
            ([name, value]) =>
              `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
          )
          .join(' ')}
      </span>
    </>
  );
}
