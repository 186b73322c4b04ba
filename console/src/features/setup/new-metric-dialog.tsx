import type { Input, Metric } from '@assay/server/contract';
import { useState } from 'react';
import { isKey } from '../../lib/key.ts';
import { useChange } from '../../lib/query.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { NumberField } from '../../ui/field.tsx';
import { NameAndKey, unnamed } from '../../ui/key-fields.tsx';
import { Combobox, Select } from '../../ui/select.tsx';
import { ErrorLine } from '../../ui/states.tsx';
import { SegmentedControl } from '../../ui/toggle.tsx';
import { useSeenEvents } from './queries.ts';
import { useText } from './text.ts';

const kinds = ['proportion', 'count', 'mean'] as const;
type Kind = (typeof kinds)[number];

/** The three usual kinds, made without leaving the set-up. */
export function NewMetricDialog(props: {
  environment: string;
  onClose: () => void;
  onMade: (metric: Metric) => void;
}) {
  const t = useText().newMetric;
  const seen = useSeenEvents(props.environment).data?.items ?? [];
  const create = useChange('POST /api/metrics');
  const [named, setNamed] = useState(unnamed);
  const [kind, setKind] = useState<Kind>('proportion');
  const [event, setEvent] = useState('');
  const [value, setValue] = useState('value');
  const [days, setDays] = useState(7);
  const [direction, setDirection] = useState<'up' | 'down'>('up');
  const isComplete = isKey(named.key) && event !== '' && (kind !== 'mean' || value !== '');
  const save = () => {
    if (!isComplete) return;
    const shared = {
      key: named.key,
      name: named.name,
      direction,
      event,
      ...(days > 0 && { window: { days } }),
    };
    const body: Input<'POST /api/metrics'>['body'] =
      kind === 'mean' ? { ...shared, kind, value } : { ...shared, kind };
    create.mutate({ body }, { onSuccess: props.onMade });
  };
  const properties = seen.find(({ name }) => name === event)?.properties ?? [];
  return (
    <Dialog
      title={t.title}
      isOpen
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>{t.cancel}</Button>
          <Button
            variant="primary"
            isDisabled={!isComplete}
            isPending={create.isPending}
            onPress={save}
          >
            {t.go}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <NameAndKey value={named} onChange={setNamed} />
        <Select
          label={t.kind}
          value={kind}
          onChange={setKind}
          options={kinds.map((id) => ({ id, label: t.kinds[id] }))}
        />
        <Combobox
          label={t.event}
          hint={t.eventHint}
          mono
          value={event}
          onChange={setEvent}
          options={seen.map(({ name }) => ({ id: name, label: name }))}
        />
        {kind === 'mean' && (
          <Combobox
            label={t.value}
            hint={t.valueHint}
            mono
            value={value}
            onChange={setValue}
            options={['value', ...properties].map((id) => ({ id, label: id }))}
          />
        )}
        <div className="grid grid-cols-2 items-end gap-3 max-sm:grid-cols-1">
          <NumberField
            label={t.days}
            value={days}
            minValue={0}
            maxValue={400}
            onChange={(n) => {
              setDays(Number.isNaN(n) ? 0 : n);
            }}
          />
          <div>
            <span className="mb-1 block text-label text-ink2">{t.direction}</span>
            <SegmentedControl
              label={t.direction}
              wide
              value={direction}
              onChange={setDirection}
              options={[
                { id: 'up', label: t.up },
                { id: 'down', label: t.down },
              ]}
            />
          </div>
        </div>
        <p className="sub">{t.more}</p>
        <ErrorLine error={create.error} />
      </div>
    </Dialog>
  );
}
