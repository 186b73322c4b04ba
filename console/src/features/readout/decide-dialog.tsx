import type { Experiment, Readout } from '@assay/server/contract';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { RadioButton, RadioField, RadioGroup } from 'react-aria-components';
import { useFormat } from '../../lib/format.ts';
import { useChange } from '../../lib/query.ts';
import { Button } from '../../ui/button.tsx';
import { VariantBadge } from '../../ui/badge.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FieldLabel, TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { ErrorLine } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { changesOf } from './consequences.ts';
import { useText } from './text.ts';
import { unitWord } from './units.ts';
import { variantsOf } from './variants.ts';

export type Outcome = 'ship' | 'rollback' | 'inconclusive';
const outcomes: readonly Outcome[] = ['ship', 'rollback', 'inconclusive'];

/** Records the decision, after saying what it changes for whom. */
export function DecideDialog(props: {
  experiment: Experiment;
  readout: Readout | undefined;
  first: Outcome;
  onClose: () => void;
}) {
  const { experiment, readout, first, onClose } = props;
  const t = useText();
  const { decide } = t.dialogs;
  const variants = variantsOf(experiment);
  const treatments = variants.filter((v) => v.key !== experiment.control);
  const [outcome, setOutcome] = useState<Outcome>(first);
  const [shipped, setShipped] = useState(readout?.verdict.variant ?? treatments[0]?.key ?? '');
  const [note, setNote] = useState('');
  const change = useChange('POST /api/experiments/:key/decide', ['/api/flags']);
  const winner = variants.find((v) => v.key === shipped);
  const against =
    readout !== undefined &&
    (readout.verdict.decision !== outcome ||
      (outcome === 'ship' && readout.verdict.variant !== shipped));
  const confirm =
    outcome === 'ship' ? decide.confirm.ship(winner?.letter ?? '') : decide.confirm[outcome];
  return (
    <Dialog
      isOpen
      title={decide.title}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.dialogs.cancel}</Button>
          <Button
            variant="primary"
            isPending={change.isPending}
            isDisabled={against && note.trim() === ''}
            onPress={() => {
              change.mutate(
                {
                  params: { key: experiment.key },
                  body: {
                    outcome,
                    note: note.trim(),
                    ...(outcome === 'ship' && { variant: shipped }),
                  },
                },
                {
                  onSuccess: () => {
                    toast(decide.done);
                    onClose();
                  },
                },
              );
            }}
          >
            {confirm}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3.5">
        <ErrorLine error={change.error} />
        <RadioGroup
          value={outcome}
          onChange={(value) => {
            setOutcome(outcomes.find((one) => one === value) ?? outcome);
          }}
        >
          <FieldLabel>{decide.outcome}</FieldLabel>
          <div className="flex flex-col gap-1.5">
            {outcomes.map((one) => (
              <RadioField key={one} value={one}>
                <RadioButton className="group flex items-center gap-2.5 rounded-control border border-line2 px-3 py-2 data-selected:border-ink data-focus-visible:outline-2 data-focus-visible:outline-accent">
                  <span className="grid size-4 flex-none place-items-center rounded-full border border-ink4 group-data-selected:border-[5px] group-data-selected:border-btn" />
                  <span className="font-medium">{decide[one]}</span>
                </RadioButton>
              </RadioField>
            ))}
          </div>
        </RadioGroup>
        {outcome === 'ship' && treatments.length > 1 && (
          <Select
            label={decide.which}
            value={shipped}
            options={treatments.map((v) => ({
              id: v.key,
              label: `${v.letter} · ${v.name}`,
              icon: <VariantBadge index={v.index} />,
            }))}
            onChange={setShipped}
          />
        )}
        <Consequences {...{ experiment, readout, outcome, shipped }} />
        {against && (
          <p className="flex gap-2 rounded-control bg-warnbg px-3 py-2 text-warn">
            <TriangleAlert size={15} aria-hidden="true" className="mt-0.5 flex-none" />
            {decide.against}
          </p>
        )}
        <TextField
          label={t.dialogs.note}
          hint={t.dialogs.noteHint}
          rows={3}
          value={note}
          onChange={setNote}
          isRequired={against}
        />
      </div>
    </Dialog>
  );
}

function Consequences(props: {
  experiment: Experiment;
  readout: Readout | undefined;
  outcome: Outcome;
  shipped: string;
}) {
  const { experiment, readout, outcome, shipped } = props;
  const t = useText();
  const format = useFormat();
  const { decide } = t.dialogs;
  const changes = changesOf(experiment, readout?.units ?? {}, outcome === 'ship' ? shipped : null);
  const unit = unitWord(experiment.unit, t);
  return (
    <div className="rounded-control bg-surface2 px-3 py-2.5">
      <p className="mb-1 text-label font-medium text-ink2">{decide.changes}</p>
      <p>
        {outcome === 'ship'
          ? decide.shipChange(changes.to.letter, changes.to.name, unit)
          : decide.backChange(changes.to.letter, changes.to.name)}{' '}
        {decide.moved(format.percent(changes.moved), unit)} {decide.speed(experiment.environment)}
      </p>
    </div>
  );
}
