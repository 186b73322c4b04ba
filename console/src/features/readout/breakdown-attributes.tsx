import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { Button } from '../../ui/button.tsx';
import { Combobox } from '../../ui/select.tsx';
import { useAttributes } from './attributes.ts';
import type { ChartCardProps } from './over-card.tsx';
import { useText } from './text.ts';

/** Nothing chosen yet: what could be asked. */
export function Suggestions(props: {
  experiment: ChartCardProps['experiment'];
  onAdd: (name: string) => void;
}) {
  const t = useText();
  const known = useAttributes(props.experiment).slice(0, 8);
  return (
    <div className="px-4 pt-1 pb-3">
      <p className="text-ink2">{t.breakdown.empty}</p>
      <div className="mt-2.5 flex flex-wrap gap-1.5">
        {known.map((name) => (
          <Button
            key={name}
            size="chip"
            onPress={() => {
              props.onAdd(name);
            }}
          >
            <span className="mono">{name}</span>
          </Button>
        ))}
      </div>
      <p className="mt-4 text-note text-ink3">{t.breakdown.explore}</p>
    </div>
  );
}

/** Any attribute by name; those that rules speak of are offered. */
export function AddAttribute(props: {
  experiment: ChartCardProps['experiment'];
  shown: readonly string[];
  onAdd: (name: string) => void;
}) {
  const { experiment, shown, onAdd } = props;
  const t = useText();
  const [name, setName] = useState('');
  const known = useAttributes(experiment).filter((one) => !shown.includes(one));
  const add = (close: () => void) => {
    const wanted = name.trim();
    if (wanted !== '' && !shown.includes(wanted)) onAdd(wanted);
    setName('');
    close();
  };
  return (
    <DialogTrigger>
      <Button size="chip">
        <Plus size={13} aria-hidden="true" />
        {t.breakdown.add}
      </Button>
      <Popover placement="bottom end" className="w-72 rounded-card bg-surface shadow-pop">
        <Dialog aria-label={t.breakdown.add} className="p-3 outline-none">
          {({ close }) => (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                add(close);
              }}
            >
              <Combobox
                label={t.breakdown.add}
                hint={t.breakdown.addHint}
                mono
                options={known.map((id) => ({ id, label: id }))}
                value={name}
                onChange={setName}
              />
              <div className="mt-2.5 text-right">
                <Button type="submit" isDisabled={name.trim() === ''}>
                  {t.breakdown.show}
                </Button>
              </div>
            </form>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
