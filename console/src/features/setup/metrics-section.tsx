import type { Metric } from '@assay/server/contract';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { NumberField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { rolesOf } from './model.ts';
import { NewMetricDialog } from './new-metric-dialog.tsx';
import { useMetrics } from './queries.ts';
import { Section, type SectionProps } from './section.tsx';
import { useText } from './text.ts';

const firstMargin = 0.05;

export function MetricsSection({ draft, edit }: SectionProps) {
  const t = useText().sections.metrics;
  const metrics = useMetrics().data?.items;
  const [isMaking, setMaking] = useState(false);
  const roles = rolesOf(draft);
  const free = (metrics ?? []).filter(({ key }) => !roles.has(key));
  const put = (change: Partial<typeof draft.metrics>) => {
    edit({ ...draft, metrics: { ...draft.metrics, ...change } });
  };
  const { primary, secondary, guardrails } = draft.metrics;
  const primaryOptions = (metrics ?? []).filter(({ key }) => key === primary || !roles.has(key));
  return (
    <Section n={3} title={t.title} note={t.note}>
      {metrics?.length === 0 && <p className="text-ink2">{t.none}</p>}
      <Select
        label={t.primary}
        hint={t.primaryHint}
        placeholder={t.choose}
        value={primary ?? null}
        onChange={(key) => {
          put({ primary: key });
        }}
        options={primaryOptions.map(option)}
      />
      <Listed
        label={t.secondary}
        hint={t.secondaryHint}
        free={free}
        add={t.add}
        onAdd={(key) => {
          put({ secondary: [...secondary, key] });
        }}
      >
        {secondary.map((key) => (
          <Line
            key={key}
            name={nameOf(metrics, key)}
            onRemove={() => {
              put({ secondary: secondary.filter((one) => one !== key) });
            }}
          />
        ))}
      </Listed>
      <Listed
        label={t.guardrails}
        hint={t.guardrailsHint}
        free={free}
        add={t.addGuardrail}
        onAdd={(metric) => {
          put({ guardrails: [...guardrails, { metric, margin: firstMargin }] });
        }}
      >
        {guardrails.map((guard) => (
          <Line
            key={guard.metric}
            name={nameOf(metrics, guard.metric)}
            onRemove={() => {
              put({ guardrails: guardrails.filter((one) => one !== guard) });
            }}
          >
            <span className="sub whitespace-nowrap max-sm:hidden">{t.worseBy}</span>
            <div className="w-24">
              <NumberField
                label={t.margin(nameOf(metrics, guard.metric))}
                labelHidden
                value={guard.margin === undefined ? Number.NaN : guard.margin * 100}
                minValue={0.01}
                maxValue={900}
                step={0.01}
                unit="%"
                onChange={(percent) => {
                  const next = Number.isNaN(percent)
                    ? { metric: guard.metric }
                    : { metric: guard.metric, margin: Math.round(percent * 100) / 10_000 };
                  put({ guardrails: guardrails.map((one) => (one === guard ? next : one)) });
                }}
              />
            </div>
          </Line>
        ))}
      </Listed>
      <div>
        <Button
          size="chip"
          variant="ghost"
          onPress={() => {
            setMaking(true);
          }}
        >
          <Plus size={13} aria-hidden="true" />
          {t.create}
        </Button>
      </div>
      {isMaking && (
        <NewMetricDialog
          environment={draft.environment}
          onClose={() => {
            setMaking(false);
          }}
          onMade={(metric) => {
            setMaking(false);
            if (primary === undefined) put({ primary: metric.key });
          }}
        />
      )}
    </Section>
  );
}

function option({ key, name }: Metric) {
  return { id: key, label: name ?? key, note: key };
}
function nameOf(metrics: readonly Metric[] | undefined, key: string): string {
  return metrics?.find((metric) => metric.key === key)?.name ?? key;
}

function Listed(props: {
  label: string;
  hint: string;
  free: readonly Metric[];
  add: string;
  onAdd: (key: string) => void;
  children: React.ReactNode;
}) {
  const { label, hint, free, add, onAdd, children } = props;
  return (
    <div role="group" aria-label={label}>
      <span className="block text-label text-ink2">{label}</span>
      <span className="mb-1 block text-note text-ink3">{hint}</span>
      {children}
      {free.length > 0 && (
        <div className="mt-1.5 max-w-60">
          <Select
            label={add}
            labelHidden
            placeholder={add}
            value={null}
            onChange={onAdd}
            options={free.map(option)}
          />
        </div>
      )}
    </div>
  );
}

function Line(props: { name: string; onRemove: () => void; children?: React.ReactNode }) {
  const t = useText().sections.metrics;
  return (
    <div className="flex items-center gap-2 border-t border-line py-1.5">
      <span className="min-w-0 flex-1 truncate font-medium">{props.name}</span>
      {props.children}
      <IconButton label={t.remove(props.name)} onPress={props.onRemove}>
        <X size={15} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
