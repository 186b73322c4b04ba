import { useState } from 'react';
import { useFormat } from '../../lib/format.ts';
import { isKey } from '../../lib/key.ts';
import { useChange } from '../../lib/query.ts';
import { Button } from '../../ui/button.tsx';
import { ConditionEditor } from '../../ui/condition/editor.tsx';
import { faultsOf } from '../../ui/condition/model.ts';
import { NumberField, TextField } from '../../ui/field.tsx';
import { Combobox, Select } from '../../ui/select.tsx';
import { ErrorLine } from '../../ui/states.tsx';
import { Checkbox } from '../../ui/toggle.tsx';
import { allocate, freeRanges, shareOfSlots, takenSlots } from './model.ts';
import { useExperiments, useHoldouts, useKnown, useLayers } from './queries.ts';
import { Section, type SectionProps } from './section.tsx';
import { useText } from './text.ts';

type WhoProps = SectionProps & { self: string };

export function WhoSection({ draft, edit, self }: WhoProps) {
  const t = useText().sections.who;
  const known = useKnown();
  return (
    <Section n={4} title={t.title} note={t.note}>
      <div role="group" aria-label={t.audience}>
        <span className="mb-1 block text-label text-ink2">{t.audience}</span>
        {draft.audience.parts.length === 0 && <p className="sub mb-1.5">{t.everybody}</p>}
        <ConditionEditor
          group={draft.audience}
          known={known}
          faults={faultsOf(draft.audience)}
          onChange={(audience) => {
            edit({ ...draft, audience });
          }}
        />
      </div>
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Combobox
          label={t.unit}
          hint={t.unitHint}
          mono
          value={draft.unit}
          onChange={(unit) => {
            edit({ ...draft, unit });
          }}
          options={['userId', 'deviceId', 'companyId'].map((id) => ({ id, label: id }))}
        />
        <NumberField
          label={t.coverage}
          hint={t.coverageHint}
          value={draft.coverage / 1_000}
          minValue={0}
          maxValue={100}
          step={0.001}
          unit="%"
          onChange={(percent) => {
            if (!Number.isNaN(percent)) edit({ ...draft, coverage: Math.round(percent * 1_000) });
          }}
        />
      </div>
      <LayerFields draft={draft} edit={edit} self={self} />
      <Holdouts draft={draft} edit={edit} />
    </Section>
  );
}

const none = '-';
const fresh = '+';

function LayerFields({ draft, edit, self }: WhoProps) {
  const t = useText().sections.who;
  const f = useFormat();
  const layers = useLayers().data?.items ?? [];
  const experiments = useExperiments().data?.items ?? [];
  const [isMaking, setMaking] = useState(false);
  const [refused, setRefused] = useState<number | null>(null);
  const taken = (key: string) => takenSlots(key, experiments, self);
  const freeIn = (key: string) => shareOfSlots(freeRanges(taken(key)));
  const choose = (key: string, share: number) => {
    const slots = allocate(taken(key), share);
    setRefused(slots === null ? freeIn(key) : null);
    if (slots !== null) edit({ ...draft, layer: { key, slots } });
  };
  const { layer } = draft;
  return (
    <>
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Select
          label={t.layer}
          hint={t.layerHint}
          value={layer?.key ?? none}
          onChange={(id) => {
            setMaking(id === fresh);
            if (id === none) edit({ ...draft, layer: undefined });
            else if (id !== fresh) choose(id, freeIn(id));
          }}
          options={[
            { id: none, label: t.noLayer },
            ...layers.map(({ key, name }) => ({
              id: key,
              label: name ?? key,
              note: t.free(f.percent(freeIn(key))),
            })),
            { id: fresh, label: t.newLayer },
          ]}
        />
        {layer !== undefined && (
          <NumberField
            label={t.layerShare}
            hint={t.free(f.percent(freeIn(layer.key)))}
            error={refused === null ? undefined : t.full(f.percent(refused))}
            value={shareOfSlots(layer.slots) * 100}
            minValue={0.01}
            maxValue={100}
            step={0.01}
            unit="%"
            onChange={(percent) => {
              if (!Number.isNaN(percent)) choose(layer.key, percent / 100);
            }}
          />
        )}
      </div>
      {isMaking && (
        <NewLayer
          unit={draft.unit}
          onMade={(key) => {
            setMaking(false);
            edit({ ...draft, layer: { key, slots: [[0, 10_000]] } });
          }}
        />
      )}
    </>
  );
}

function NewLayer({ unit, onMade }: { unit: string; onMade: (key: string) => void }) {
  const t = useText();
  const create = useChange('POST /api/layers');
  const [key, setKey] = useState('');
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <TextField label={t.sections.who.newLayer} mono value={key} onChange={setKey} />
        </div>
        <Button
          isDisabled={!isKey(key)}
          isPending={create.isPending}
          onPress={() => {
            create.mutate(
              { body: { key, name: key, unit } },
              {
                onSuccess: () => {
                  onMade(key);
                },
              },
            );
          }}
        >
          {t.create.go}
        </Button>
      </div>
      <ErrorLine error={create.error} />
    </div>
  );
}

function Holdouts({ draft, edit }: SectionProps) {
  const t = useText().sections.who;
  const f = useFormat();
  const holdouts = useHoldouts().data?.items ?? [];
  if (holdouts.length === 0) return null;
  return (
    <div role="group" aria-label={t.holdouts}>
      <span className="mb-1 block text-label text-ink2">{t.holdouts}</span>
      <div className="flex flex-col gap-1">
        {holdouts.map(({ key, name, share }) => (
          <Checkbox
            key={key}
            value={draft.holdouts.includes(key)}
            onChange={(isIn) => {
              const rest = draft.holdouts.filter((one) => one !== key);
              edit({ ...draft, holdouts: isIn ? [...rest, key] : rest });
            }}
          >
            {t.holdout(name ?? key, f.percent(share / 100_000))}
          </Checkbox>
        ))}
      </div>
    </div>
  );
}
