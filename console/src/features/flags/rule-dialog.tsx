import { useState } from 'react';
import { useFormat } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { ConditionEditor } from '../../ui/condition/editor.tsx';
import { emptyGroup, faultsOf } from '../../ui/condition/model.ts';
import { useConditionText } from '../../ui/condition/text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { NumberField, TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { Checkbox, SegmentedControl } from '../../ui/toggle.tsx';
import { nextRuleId, ruleFaults, type RuleDraft, type ServeDraft } from './model.ts';
import { useExperimentsOn, useKnown } from './queries.ts';
import { ruleSentence } from './sentence.ts';
import { SplitFields, splitOf, VariantChoice } from './serve-fields.tsx';
import { useText } from './text.ts';

type RuleDialogProps = {
  flag: string;
  environment: string;
  variants: readonly string[];
  rules: readonly RuleDraft[];
  index: number;
  onClose: () => void;
  onDone: (rules: readonly RuleDraft[]) => void;
};

/** One rule: who, and what they get; the sentence it makes stands at the foot while it changes. */
export function RuleDialog(props: RuleDialogProps) {
  const all = useText();
  const t = all.rule;
  const f = useFormat();
  const condition = useConditionText();
  const { variants, rules, index, onClose, onDone } = props;
  const known = useKnown();
  const [rule, setRule] = useState<RuleDraft>(
    () => rules[index] ?? newRule(rules, variants[1] ?? variants[0] ?? ''),
  );
  const [isTried, setTried] = useState(false);
  const faults = ruleFaults(rule);
  const done = () => {
    setTried(true);
    if (faults.length > 0) return;
    onDone(
      index < rules.length ? rules.map((one, i) => (i === index ? rule : one)) : [...rules, rule],
    );
  };
  return (
    <Dialog
      wide
      title={t.title(index + 1)}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" onPress={done}>
            {t.done}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <TextField
          label={t.name}
          value={rule.name}
          onChange={(name) => {
            setRule({ ...rule, name });
          }}
        />
        <section aria-label={t.who}>
          <h3 className="mb-1.5">{t.who}</h3>
          {rule.condition.parts.length === 0 && <p className="sub mb-1.5">{t.whoHint}</p>}
          <ConditionEditor
            group={rule.condition}
            known={known}
            {...(isTried && { faults: faultsOf(rule.condition) })}
            onChange={(group) => {
              setRule({ ...rule, condition: group });
            }}
          />
        </section>
        <section aria-label={t.what}>
          <h3 className="mb-1.5">{t.what}</h3>
          <ServeFields
            {...props}
            serve={rule.serve}
            onChange={(serve) => {
              setRule({ ...rule, serve });
            }}
          />
        </section>
        {rule.serve.kind !== 'experiment' && (
          <div className="grid grid-cols-2 items-start gap-3 max-sm:grid-cols-1">
            <NumberField
              label={t.coverage}
              hint={t.coverageHint}
              value={rule.coverage}
              minValue={0}
              maxValue={100}
              step={0.001}
              unit="%"
              onChange={(coverage) => {
                setRule({ ...rule, coverage });
              }}
            />
            <div className="pt-6 max-sm:pt-0">
              {rule.serve.kind === 'split' && (
                <Checkbox
                  value={rule.sticky}
                  onChange={(sticky) => {
                    setRule({ ...rule, sticky });
                  }}
                >
                  {t.sticky}
                </Checkbox>
              )}
            </div>
          </div>
        )}
        <p className="rounded-control bg-surface2 px-3 py-2 text-ink2" aria-live="polite">
          {ruleSentence(rule, { flag: all, condition, f })}
        </p>
        {isTried && faults.length > 0 && (
          <ul role="alert" className="rounded-control bg-losebg px-3 py-2 text-lose">
            {faults.map((fault) => (
              <li key={fault}>{t.faults[fault]}</li>
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}

function newRule(rules: readonly RuleDraft[], variant: string): RuleDraft {
  return {
    id: nextRuleId(rules),
    name: '',
    condition: emptyGroup(),
    serve: { kind: 'variant', variant },
    coverage: 100,
    sticky: false,
  };
}

type ServeProps = Pick<RuleDialogProps, 'flag' | 'environment' | 'variants'> & {
  serve: ServeDraft;
  onChange: (serve: ServeDraft) => void;
};
function ServeFields({ flag, environment, variants, serve, onChange }: ServeProps) {
  const t = useText().rule;
  const experiments = useExperimentsOn(flag).filter((one) => one.environment === environment);
  const start: Record<ServeDraft['kind'], () => ServeDraft> = {
    variant: () => ({ kind: 'variant', variant: variants[0] ?? '' }),
    split: () => splitOf(variants),
    experiment: () => ({ kind: 'experiment', experiment: experiments[0]?.key ?? '' }),
  };
  return (
    <div className="flex flex-col gap-3">
      <div>
        <SegmentedControl
          label={t.what}
          value={serve.kind}
          onChange={(kind) => {
            onChange(start[kind]());
          }}
          options={(['variant', 'split', 'experiment'] as const).map((id) => ({
            id,
            label: t.kinds[id],
          }))}
        />
      </div>
      {serve.kind === 'variant' && (
        <VariantChoice
          variants={variants}
          value={serve.variant}
          onChange={(variant) => {
            onChange({ kind: 'variant', variant });
          }}
        />
      )}
      {serve.kind === 'split' && (
        <SplitFields serve={serve} variants={variants} onChange={onChange} />
      )}
      {serve.kind === 'experiment' &&
        (experiments.length === 0 ? (
          <p className="sub">{t.noExperiments}</p>
        ) : (
          <div className="max-w-80">
            <Select
              label={t.experiment}
              value={serve.experiment === '' ? null : serve.experiment}
              onChange={(experiment) => {
                onChange({ kind: 'experiment', experiment });
              }}
              options={experiments.map(({ key, name }) => ({
                id: key,
                label: name ?? key,
                note: key,
              }))}
            />
          </div>
        ))}
    </div>
  );
}
