import { getRouteApi } from '@tanstack/react-router';
import { Download, ListFilter, Search } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { SegmentedControl } from '../../ui/toggle.tsx';
import { downloadCsv } from './csv.ts';
import type { ExperimentRow } from './rows.ts';
import { shownCounts } from './rows.ts';
import { groups, type ExperimentsSearch } from './search.ts';
import { useText } from './text.ts';

const route = getRouteApi('/app/experiments');
const any = '*';

export function Filters(props: {
  rows: readonly ExperimentRow[];
  everything: readonly ExperimentRow[];
  metricNames: ReadonlyMap<string, string>;
}) {
  const t = useText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const counts = shownCounts(props.rows);
  const set = (change: ExperimentsSearch) => {
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true });
  };
  return (
    <div className="mb-2.5 flex flex-wrap items-center gap-1.5">
      <SegmentedControl
        label={t.show.label}
        value={search.show ?? 'all'}
        onChange={(show) => {
          set({ show: show === 'all' ? undefined : show });
        }}
        options={[...groups, 'all' as const].map((id) => ({
          id,
          label: `${t.show[id]} ${counts[id]}`,
        }))}
      />
      <div className="ml-auto flex flex-wrap items-center gap-1.5">
        <div className="w-44">
          <TextField
            label={t.filters.search}
            labelHidden
            type="search"
            placeholder={t.filters.search}
            icon={<Search size={13} aria-hidden="true" />}
            value={search.q ?? ''}
            onChange={(q) => {
              set({ q: q === '' ? undefined : q });
            }}
          />
        </div>
        <Choice
          label={t.filters.owner}
          value={search.owner}
          options={distinct(props.everything.map(({ experiment }) => experiment.owner))}
          onChange={(owner) => {
            set({ owner });
          }}
        />
        <Choice
          label={t.filters.metric}
          value={search.metric}
          options={distinct(props.everything.map(({ experiment }) => experiment.metrics.primary))}
          names={props.metricNames}
          onChange={(metric) => {
            set({ metric });
          }}
        />
        <Choice
          label={t.filters.layer}
          value={search.layer}
          options={distinct(props.everything.map(({ experiment }) => experiment.layer?.key))}
          onChange={(layer) => {
            set({ layer });
          }}
        />
        <Button
          size="chip"
          onPress={() => {
            downloadCsv(props.rows);
          }}
        >
          <Download size={13} aria-hidden="true" />
          {t.filters.csv}
        </Button>
      </div>
    </div>
  );
}

function distinct(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((v): v is string => v !== undefined && v !== ''))].toSorted();
}

function Choice(props: {
  label: string;
  value: string | undefined;
  options: readonly string[];
  names?: ReadonlyMap<string, string>;
  onChange: (value: string | undefined) => void;
}) {
  const t = useText().filters;
  const { label, value, options, names, onChange } = props;
  if (options.length === 0) return null;
  return (
    <Select
      chip
      label={label}
      icon={<ListFilter size={13} aria-hidden="true" />}
      value={value ?? any}
      onChange={(id) => {
        onChange(id === any ? undefined : id);
      }}
      options={[
        { id: any, label: t.any(label) },
        ...options.map((id) => ({ id, label: names?.get(id) ?? id })),
      ]}
    />
  );
}
