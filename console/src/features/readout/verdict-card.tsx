import type { Experiment, Readout } from '@assay/server/contract';
import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleX,
  Rocket,
  Scale,
  Undo2,
} from 'lucide-react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useFormat } from '../../lib/format.ts';
import { language } from '../../lib/i18n.ts';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { checklist, type ChecklistLine, type Mark } from './checklist.ts';
import type { Outcome } from './decide-dialog.tsx';
import { useText } from './text.ts';
import { variantsOf } from './variants.ts';
import { focus, parts, verdictText } from './verdict-text.ts';

type VerdictProps = {
  experiment: Experiment;
  readout: Readout;
  onDecide: (outcome: Outcome) => void;
};

/** The answer in one sentence, what the rule looked at, and what to do about it. */
export function VerdictCard({ experiment, readout, onDecide }: VerdictProps) {
  const t = useText();
  const locale = language.use();
  const format = useFormat();
  const letters = new Map(variantsOf(experiment).map((v) => [v.key, v.letter]));
  const { headline, sentence } = verdictText(readout, letters, locale);
  const lines = checklist(readout, t, format);
  const status = focus(readout)?.result.status;
  return (
    <section className="grid overflow-hidden rounded-card bg-surface shadow-card min-[1000px]:grid-cols-[1fr_348px]">
      <div className="px-5 pt-4 pb-[18px] max-sm:px-4">
        <div className="flex flex-wrap items-center gap-x-1.5 text-label font-medium text-ink2">
          <Scale size={14} aria-hidden="true" className="text-ink3" />
          {experiment.planHash === null ? t.verdictDraft : t.verdictBy}
          <span className="font-normal text-ink3">{t.rule}</span>
        </div>
        <h2 className="mt-1.5 mb-1 text-[22px] leading-[30px] tracking-[-0.018em] ">{headline}</h2>
        <p className="max-w-[720px] text-[13.5px] leading-[21px] text-ink2">
          {parts(sentence).map((part, i) =>
            i % 2 === 0 ? (
              part
            ) : (
              <b
                // oxlint-disable-next-line react/no-array-index-key -- pieces of one sentence, in order
                key={i}
                className={classes(
                  'font-semibold tabular-nums',
                  i === 1 && status === 'better'
                    ? 'text-win'
                    : i === 1 && status === 'worse'
                      ? 'text-lose'
                      : 'text-ink',
                )}
              >
                {part}
              </b>
            ),
          )}
        </p>
        <Actions experiment={experiment} readout={readout} onDecide={onDecide} />
      </div>
      <ul
        aria-label={t.checklistName}
        className="flex flex-col justify-center border-line bg-surface2 px-[10px] py-3 max-[999px]:border-t min-[1000px]:border-l"
      >
        {lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ul>
    </section>
  );
}

const icons = { yes: CircleCheck, open: CircleHelp, no: CircleX } as const;
const iconTones: Record<Mark, string> = { yes: 'text-ok', open: 'text-warn', no: 'text-lose' };

/** One condition of the rule; pressed, it opens its inputs. */
function Line({ line }: { line: ChecklistLine }) {
  const t = useText();
  const Icon = icons[line.mark];
  const tone = line.mark === 'yes' ? 'text-ink2' : `${iconTones[line.mark]} font-medium`;
  return (
    <li>
      <DialogTrigger>
        <AriaButton
          className={classes(
            'flex min-h-7 w-full items-center gap-2 rounded-[6px] px-2 text-left data-hovered:bg-hover',
            tone,
          )}
        >
          <Icon
            size={15}
            strokeWidth={1.75}
            aria-label={t.mark[line.mark]}
            role="img"
            className={classes('flex-none', iconTones[line.mark])}
          />
          <span className="min-w-0">{line.label}</span>
          <span
            className={classes(
              'ml-auto pl-2 text-[12.5px] font-medium whitespace-nowrap tabular-nums',
              line.mark === 'yes' && 'text-ink',
            )}
          >
            {line.value}
          </span>
        </AriaButton>
        <Popover
          placement="bottom end"
          className="max-w-[min(380px,92vw)] min-w-60 rounded-card bg-surface shadow-pop"
        >
          <Dialog aria-label={line.label} className="p-3 outline-none">
            <p className="mb-1.5 font-medium">{line.label}</p>
            <dl className="grid grid-cols-[auto_auto] gap-x-6 gap-y-1 text-label">
              {line.inputs.map(([name, value]) => (
                <div key={name} className="contents">
                  <dt className="text-ink3">{name}</dt>
                  <dd className="text-right font-medium tabular-nums">{value}</dd>
                </div>
              ))}
            </dl>
          </Dialog>
        </Popover>
      </DialogTrigger>
    </li>
  );
}

/** The rule's own next step first, the others beside it; after a decision, the decision. */
function Actions({ experiment, readout, onDecide }: VerdictProps) {
  const t = useText();
  const format = useFormat();
  const may = useMay('editor');
  const { decision, status } = experiment;
  if (decision !== null)
    return (
      <p className="mt-3 border-t border-line pt-2.5 text-ink2">
        {t.decidedBy(decision.by, format.fullDate(decision.at))}
        {decision.note !== '' && <span className="text-ink"> {decision.note}</span>}
      </p>
    );
  if (status !== 'running' && status !== 'stopped') return null;
  if (!may) return <p className="sub mt-3">{t.readOnly}</p>;
  const suggested = readout.verdict.decision;
  const variants = variantsOf(experiment);
  const winner = variants.find((v) => v.key === readout.verdict.variant);
  return (
    <div className="mt-3.5 flex flex-wrap gap-2">
      {suggested === 'ship' && winner !== undefined && (
        <Button
          variant="primary"
          onPress={() => {
            onDecide('ship');
          }}
        >
          <Rocket size={14} aria-hidden="true" />
          {t.actions.ship(winner.letter)}
        </Button>
      )}
      {suggested === 'inconclusive' && (
        <Button
          variant="primary"
          onPress={() => {
            onDecide('inconclusive');
          }}
        >
          <CircleDashed size={14} aria-hidden="true" />
          {t.actions.inconclusive}
        </Button>
      )}
      <Button
        variant={suggested === 'rollback' ? 'primary' : 'ghost'}
        onPress={() => {
          onDecide('rollback');
        }}
      >
        <Undo2 size={14} aria-hidden="true" />
        {t.actions.rollback}
      </Button>
      {suggested !== 'ship' && suggested !== 'inconclusive' && suggested !== 'rollback' && (
        <Button
          variant="ghost"
          onPress={() => {
            onDecide('inconclusive');
          }}
        >
          <Ban size={14} aria-hidden="true" />
          {t.actions.inconclusive}
        </Button>
      )}
    </div>
  );
}
