import { Check, Minus, X } from 'lucide-react';
import { SplitBar } from '../../charts/split-bar.tsx';
import { classes } from '../../ui/classes.ts';
import { useConditionText } from '../../ui/condition/text.ts';
import { valueText } from './context.ts';
import { useText } from './text.ts';
import type { Line } from './trace.ts';

/** The decision from top to bottom, with every comparison and bucket. */
export function TraceList({ lines }: { lines: readonly Line[] }) {
  const t = useText();
  return (
    <ol aria-label={t.trace.name} className="px-5 pt-3.5 pb-2 max-sm:px-4">
      {lines.map((line) => (
        <li
          key={line.id}
          className="relative grid grid-cols-[28px_minmax(0,1fr)] pb-3.5 before:absolute before:top-5 before:bottom-0 before:left-[9px] before:w-[1.5px] before:bg-line2 last:before:hidden"
        >
          <Dot mark={line.mark} />
          <div className="min-w-0">
            <p
              className={classes(
                'flex flex-wrap items-center gap-x-2 font-medium',
                line.mark !== 'yes' && 'text-ink3',
              )}
            >
              {line.title}
              {line.tag !== undefined && (
                <span
                  className={
                    line.mark === 'yes'
                      ? 'rounded-[9px] bg-okbg px-[7px] text-note leading-[18px] font-medium text-ok'
                      : 'text-label font-normal text-ink3'
                  }
                >
                  {line.tag}
                </span>
              )}
            </p>
            {line.note !== undefined && (
              <p className="text-[12.5px] break-words text-ink3">{line.note}</p>
            )}
            {line.conditions.map((condition) => (
              <Comparison key={JSON.stringify(condition)} condition={condition} />
            ))}
            {line.bar !== undefined && <SplitBar {...line.bar} />}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Dot({ mark }: { mark: Line['mark'] }) {
  const looks = {
    yes: ['bg-okbg text-ok', Check],
    no: ['bg-neubg text-ink3', X],
    skip: ['border-[1.5px] border-dashed border-line2 text-ink4', Minus],
  } as const;
  const [look, Icon] = looks[mark];
  return (
    <span className={classes('grid size-5 place-items-center rounded-full', look)}>
      <Icon size={12} aria-hidden="true" />
    </span>
  );
}

const code = 'mono rounded-[4px] bg-neubg px-[5px] leading-[18px] break-all text-ink';
function Comparison({ condition }: { condition: Line['conditions'][number] }) {
  const t = useText();
  const { ops } = useConditionText();
  const { attr, op, value, got, holds } = condition;
  const Icon = holds ? Check : X;
  const word = op === 'segment' ? '' : op in ops ? ops[op as keyof typeof ops] : op;
  return (
    <p className="mt-[5px] flex flex-wrap items-center gap-x-[7px] gap-y-1 text-[12.5px] text-ink2">
      {op === 'segment' && <span>{t.trace.segment}</span>}
      <code className={code}>{attr}</code>
      {word !== '' && <span>{word}</span>}
      {value !== undefined && (
        <code className={code}>
          {Array.isArray(value) ? value.map((v) => valueText(v)).join(', ') : valueText(value)}
        </code>
      )}
      <span className="ml-1.5 inline-flex items-center gap-1 text-ink3">
        <Icon size={11} aria-hidden="true" className={holds ? 'text-ok' : ''} />
        {op !== 'segment' && (
          <>
            {t.trace.has}{' '}
            <code className="mono text-ink">{got === undefined ? '—' : valueText(got)}</code>
          </>
        )}
      </span>
    </p>
  );
}
