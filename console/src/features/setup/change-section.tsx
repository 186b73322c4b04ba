import { CircleCheck, ExternalLink, TriangleAlert, X } from 'lucide-react';
import { useFormat } from '../../lib/format.ts';
import { VariantBadge } from '../../ui/badge.tsx';
import { ButtonLink, IconButton } from '../../ui/button.tsx';
import { NumberField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { rivals, sharesOf } from './model.ts';
import { useEnvironments, useExperiments, useFlags } from './queries.ts';
import { Section, type SectionProps } from './section.tsx';
import { useText } from './text.ts';

/** One variable: the flag, its variants with their shares, and which of them is the control. */
export function ChangeSection({ draft, edit, self }: SectionProps & { self: string }) {
  const t = useText().sections.change;
  const flags = useFlags().data?.items ?? [];
  const environments = useEnvironments().data?.items ?? [];
  const flag = flags.find(({ key }) => key === draft.flag);
  return (
    <Section n={2} title={t.title} note={t.note}>
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <div className="flex items-end gap-2">
          <div className="min-w-0 flex-1">
            <Select
              label={t.flag}
              value={draft.flag}
              onChange={(key) => {
                const chosen = flags.find((one) => one.key === key);
                if (chosen === undefined || chosen.variants.length < 2) return;
                edit({
                  ...draft,
                  flag: key,
                  variants: chosen.variants.map((variant) => ({ key: variant.key, weight: 1 })),
                  control: chosen.variants[0]?.key ?? '',
                });
              }}
              options={flags
                .filter(({ variants }) => variants.length > 1)
                .map(({ key, name }) => ({ id: key, label: name ?? key, note: key }))}
            />
          </div>
          <ButtonLink to="/flags/$key" params={{ key: draft.flag }}>
            <ExternalLink size={14} aria-hidden="true" />
            <span className="sr-only">{t.open}</span>
          </ButtonLink>
        </div>
        <Select
          label={t.environment}
          value={draft.environment}
          onChange={(environment) => {
            edit({ ...draft, environment });
          }}
          options={environments.map(({ key, name }) => ({ id: key, label: name ?? key }))}
        />
      </div>
      <Variants draft={draft} edit={edit} all={flag?.variants.map(({ key }) => key) ?? []} />
      <OneVariable draft={draft} self={self} />
    </Section>
  );
}

function Variants({ draft, edit, all }: SectionProps & { all: readonly string[] }) {
  const t = useText().sections.change;
  const f = useFormat();
  const shares = sharesOf(draft.variants);
  const missing = all.filter((key) => !draft.variants.some((variant) => variant.key === key));
  return (
    <fieldset>
      <legend className="mb-1 grid w-full grid-cols-[minmax(0,1fr)_90px_64px_90px_28px] gap-2 text-label text-ink2 max-sm:sr-only">
        <span>{t.variant}</span>
        <span>{t.weight}</span>
        <span>{t.share}</span>
        <span>{t.control}</span>
        <span />
      </legend>
      {draft.variants.map((variant, i) => (
        <div
          key={variant.key}
          className="grid grid-cols-[minmax(0,1fr)_90px_64px_90px_28px] items-center gap-2 border-t border-line py-1.5 max-sm:grid-cols-[minmax(0,1fr)_80px_52px_28px_28px]"
        >
          <VariantBadge index={i}>
            <span className="mono truncate">{variant.key}</span>
          </VariantBadge>
          <NumberField
            label={`${t.weight} ${variant.key}`}
            labelHidden
            value={variant.weight}
            minValue={0}
            maxValue={1_000_000}
            step={1}
            onChange={(weight) => {
              if (Number.isNaN(weight)) return;
              edit({
                ...draft,
                variants: draft.variants.map((one) =>
                  one === variant ? { ...variant, weight } : one,
                ),
              });
            }}
          />
          <span className="text-ink2 tabular-nums">
            {f.percent(Math.round((shares[i] ?? 0) * 1000) / 1000)}
          </span>
          <input
            type="radio"
            name="control"
            aria-label={t.isControl(variant.key)}
            checked={draft.control === variant.key}
            onChange={() => {
              edit({ ...draft, control: variant.key });
            }}
            className="size-4 accent-btn"
          />
          <IconButton
            label={t.leaveOut(variant.key)}
            isDisabled={draft.variants.length <= 2 || draft.control === variant.key}
            onPress={() => {
              edit({ ...draft, variants: draft.variants.filter((one) => one !== variant) });
            }}
          >
            <X size={15} aria-hidden="true" />
          </IconButton>
        </div>
      ))}
      {missing.length > 0 && (
        <div className="mt-1.5 max-w-56">
          <Select
            label={t.include}
            labelHidden
            placeholder={t.include}
            value={null}
            onChange={(key) => {
              edit({ ...draft, variants: [...draft.variants, { key, weight: 1 }] });
            }}
            options={missing.map((id) => ({ id, label: id }))}
          />
        </div>
      )}
    </fieldset>
  );
}

function OneVariable({ draft, self }: { draft: SectionProps['draft']; self: string }) {
  const t = useText().sections.change;
  const others = rivals(draft, useExperiments().data?.items ?? [], self);
  if (others.length === 0)
    return (
      <p className="flex items-center gap-2 text-ok">
        <CircleCheck size={14} aria-hidden="true" className="flex-none" />
        {t.oneVariable}
      </p>
    );
  return (
    <p
      role="alert"
      className="flex items-start gap-2 rounded-control bg-warnbg px-3 py-2 text-warn"
    >
      <TriangleAlert size={14} aria-hidden="true" className="mt-[3px] flex-none" />
      {t.rivals(others.map(({ name, key }) => name ?? key).join(', '))}
    </p>
  );
}
