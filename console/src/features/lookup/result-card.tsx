import type { Explanation, Flag, UnitPage } from '@assay/server/contract';
import { Check, TriangleAlert } from 'lucide-react';
import { useFormat } from '../../lib/format.ts';
import { Badge, VariantBadge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { Select } from '../../ui/select.tsx';
import { useText, type LookupWords } from './text.ts';
import { TraceList } from './trace-list.tsx';
import { traceLines, type Names } from './trace.ts';

type Assignment = UnitPage['assignments'][number];

/** What the unit gets, in one line, and how that came about. */
export function ResultCard(props: {
  explanation: Explanation;
  /** Without the changed attributes; undefined where nothing is changed. */
  before: Explanation | undefined;
  flags: readonly Flag[];
  assignment: Assignment | undefined;
  names: Names;
  onFlag: (flag: string) => void;
}) {
  const { explanation, before, flags, assignment, names, onFlag } = props;
  const t = useText();
  const format = useFormat();
  const flag = flags.find((f) => f.key === explanation.flag);
  const unit = unitWord(explanation.unit.type, t);
  return (
    <Card className="min-w-0">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 border-b border-line px-5 pt-4 pb-3.5 max-sm:px-4">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-2 text-[12.5px] text-ink3">
            <Select
              chip
              label={t.flag}
              value={explanation.flag}
              options={flags.map((f) => ({ id: f.key, label: f.key, note: f.name }))}
              onChange={onFlag}
            />
            {t.result.flag(explanation.environment, explanation.version)}
          </div>
          <p className="mt-1.5 mb-0.5 flex flex-wrap items-center gap-x-[9px] gap-y-1 text-title leading-[30px] font-semibold tracking-[-0.015em]">
            {before === undefined ? t.result.gets(unit) : t.result.wouldGet(unit)}
            <Served explanation={explanation} flag={flag} />
            {before !== undefined && before.variant !== explanation.variant && (
              <span className="text-body font-normal tracking-normal text-ink3">
                {t.result.instead(before.variant ?? t.result.nothing)}
              </span>
            )}
          </p>
          <p className="text-ink3">
            {because(explanation, names, t)}{' '}
            {before === undefined
              ? t.result.everywhere
              : before.variant === explanation.variant
                ? t.result.same
                : ''}
          </p>
        </div>
        {before === undefined && assignment !== undefined && (
          <Agreement
            agrees={assignment.variant === explanation.variant}
            variant={assignment.variant}
            date={format.date(assignment.firstExposure)}
          />
        )}
      </div>
      <TraceList lines={traceLines(explanation, { t, format, names })} />
    </Card>
  );
}

function Served({ explanation, flag }: { explanation: Explanation; flag: Flag | undefined }) {
  const t = useText();
  const index = flag?.variants.findIndex((v) => v.key === explanation.variant) ?? -1;
  if (explanation.variant === null)
    return <span className="text-section text-ink2">{t.result.nothing}</span>;
  return (
    <>
      {index >= 0 && <VariantBadge index={index} />}
      <code className="max-w-full font-mono text-[17px] break-all">
        {JSON.stringify(explanation.value)}
      </code>
    </>
  );
}

function Agreement(props: { agrees: boolean; variant: string; date: string }) {
  const { agrees, variant, date } = props;
  const t = useText();
  return agrees ? (
    <Badge tone="ok">
      <Check size={12} aria-hidden="true" />
      {t.result.agrees(date)}
    </Badge>
  ) : (
    <Badge tone="warn">
      <TriangleAlert size={12} aria-hidden="true" />
      {t.result.differs(variant, date)}
    </Badge>
  );
}

function because({ reason, rule, steps }: Explanation, names: Names, t: LookupWords): string {
  const words = t.result.because;
  if (reason === 'DISABLED') return words.off;
  if (reason === 'PREREQUISITE_FAILED') return words.requirement;
  if (reason === 'HOLDOUT') return words.holdout;
  const rules = steps.filter((step) => step.kind === 'rule');
  const n = rules.findIndex((step) => step.id === rule) + 1;
  if (rule !== null && n > 0) return words.rule(n, names.rule(rule).name);
  return reason === 'ERROR' ? words.other : words.default;
}

export function unitWord(type: string, t: LookupWords): string {
  return type in t.units ? t.units[type as keyof typeof t.units] : t.units.other;
}
