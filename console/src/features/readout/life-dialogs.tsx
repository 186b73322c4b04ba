import type { Experiment } from '@assay/server/contract';
import { useState } from 'react';
import { useFormat } from '../../lib/format.ts';
import { useChange } from '../../lib/query.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { NumberField, TextField } from '../../ui/field.tsx';
import { ErrorLine } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { useText } from './text.ts';
import { variantsOf } from './variants.ts';

type LifeProps = { experiment: Experiment; onClose: () => void };

/** Ends enrolment; what was counted stays. */
export function StopDialog({ experiment, onClose }: LifeProps) {
  const t = useText();
  const { stop } = t.dialogs;
  const [reason, setReason] = useState('');
  const change = useChange('POST /api/experiments/:key/stop', ['/api/flags']);
  const control = variantsOf(experiment).find((v) => v.key === experiment.control);
  return (
    <Dialog
      isOpen
      title={stop.title}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.dialogs.cancel}</Button>
          <Button
            variant="danger"
            isPending={change.isPending}
            onPress={() => {
              change.mutate(
                { params: { key: experiment.key }, body: { reason: reason.trim() } },
                {
                  onSuccess: () => {
                    toast(stop.done);
                    onClose();
                  },
                },
              );
            }}
          >
            {stop.confirm}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3.5">
        <ErrorLine error={change.error} />
        <p>{stop.text(control?.name ?? experiment.control)}</p>
        <TextField
          label={t.dialogs.note}
          hint={t.dialogs.noteHint}
          rows={2}
          value={reason}
          onChange={setReason}
        />
      </div>
    </Dialog>
  );
}

/** Lets more of the audience in, or fewer. */
export function RampDialog({ experiment, onClose }: LifeProps) {
  const t = useText();
  const format = useFormat();
  const { ramp } = t.dialogs;
  const now = experiment.coverage / 100_000;
  const [share, setShare] = useState(now);
  const [reason, setReason] = useState('');
  const change = useChange('POST /api/experiments/:key/ramp', ['/api/flags']);
  const coverage = Math.round(share * 100_000);
  return (
    <Dialog
      isOpen
      title={ramp.title}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.dialogs.cancel}</Button>
          <Button
            variant="primary"
            isPending={change.isPending}
            isDisabled={!(coverage >= 0 && coverage <= 100_000) || coverage === experiment.coverage}
            onPress={() => {
              change.mutate(
                { params: { key: experiment.key }, body: { coverage, reason: reason.trim() } },
                {
                  onSuccess: () => {
                    toast(ramp.done);
                    onClose();
                  },
                },
              );
            }}
          >
            {ramp.confirm}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3.5">
        <ErrorLine error={change.error} />
        <NumberField
          label={ramp.label}
          hint={`${ramp.now(format.percent(now))} ${share < now ? ramp.shrink : ramp.grow}`}
          value={share}
          minValue={0}
          maxValue={1}
          step={0.01}
          formatOptions={{ style: 'percent', maximumFractionDigits: 3 }}
          steppers
          onChange={setShare}
        />
        <TextField label={t.dialogs.note} rows={2} value={reason} onChange={setReason} />
      </div>
    </Dialog>
  );
}
