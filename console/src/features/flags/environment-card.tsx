import type { Flag } from '@assay/server/contract';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useEnvironment } from '../../lib/environment.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Select } from '../../ui/select.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Switch } from '../../ui/toggle.tsx';
import type { PartProps } from './editor.tsx';
import { emptySettings, type SettingsDraft } from './model.ts';
import { useEnvironments } from './queries.ts';
import { Requirements } from './requirements.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { RuleList } from './rule-list.tsx';
import { FallbackFields } from './serve-fields.tsx';
import { useText } from './text.ts';

const route = getRouteApi('/app/flags/$key');
const codeDefault = '';

/** Each environment in its tab: on or off, the rules in order, and what everybody else gets. */
export function EnvironmentCard({ flag, draft, onChange, isReadOnly }: PartProps & { flag: Flag }) {
  const t = useText().editor;
  const all = useText();
  const environment = useEnvironment();
  const navigate = route.useNavigate();
  const environments = useEnvironments().data?.items ?? [];
  const known = new Set([
    ...environments.map(({ key }) => key),
    ...Object.keys(draft.environments),
  ]);
  const put = (key: string, settings: SettingsDraft) => {
    onChange({ ...draft, environments: { ...draft.environments, [key]: settings } });
  };
  const tabs = [...known].map((key) => {
    const name = environments.find((one) => one.key === key)?.name ?? key;
    const settings = draft.environments[key];
    return {
      id: key,
      label: (
        <span className="inline-flex items-center gap-2">
          {name}
          {settings !== undefined && (
            <Badge tone={settings.on ? 'ok' : 'quiet'}>{settings.on ? all.on : all.off}</Badge>
          )}
        </span>
      ),
      content:
        settings === undefined ? (
          <div className="px-4 pb-4">
            <Button
              isDisabled={isReadOnly}
              onPress={() => {
                put(key, emptySettings(draft.variants));
              }}
            >
              {t.setUp(name)}
            </Button>
          </div>
        ) : (
          <Settings
            name={name}
            flag={flag}
            environment={key}
            variants={draft.variants.map((variant) => variant.key)}
            settings={settings}
            isReadOnly={isReadOnly}
            onChange={(next) => {
              put(key, next);
            }}
          />
        ),
    };
  });
  if (tabs.length === 0) return null;
  return (
    <Card>
      <h2 className="px-4 pt-3 pb-2">{t.environments}</h2>
      <div className="[&_[role=tablist]]:px-4">
        <Tabs
          label={t.environments}
          tabs={tabs}
          value={known.has(environment) ? environment : (tabs[0]?.id ?? '')}
          onChange={(env) => {
            void navigate({ search: env === 'production' ? {} : { env }, replace: true });
          }}
        />
      </div>
    </Card>
  );
}

type SettingsProps = {
  name: string;
  flag: Flag;
  environment: string;
  variants: readonly string[];
  settings: SettingsDraft;
  isReadOnly: boolean;
  onChange: (settings: SettingsDraft) => void;
};

function Settings(props: SettingsProps) {
  const t = useText().editor;
  const { name, flag, environment, variants, settings, isReadOnly, onChange } = props;
  const [edited, setEdited] = useState<number | null>(null);
  return (
    <div className="pb-4">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4">
        <Switch
          value={settings.on}
          isDisabled={isReadOnly}
          onChange={(on) => {
            onChange({ ...settings, on });
          }}
        >
          <span className="font-medium">{t.isOn(name)}</span>
        </Switch>
        <span className="flex items-center gap-2 text-ink2">
          {t.whenOff}
          <Select
            chip
            label={t.whenOff}
            value={settings.off ?? codeDefault}
            isDisabled={isReadOnly}
            onChange={(id) => {
              onChange({ ...settings, off: id === codeDefault ? null : id });
            }}
            options={[
              ...variants.map((id) => ({ id, label: id })),
              { id: codeDefault, label: t.codeDefault },
            ]}
          />
        </span>
      </div>
      <Requirements
        flag={flag.key}
        settings={settings}
        isReadOnly={isReadOnly}
        onChange={onChange}
      />
      <RuleList
        rules={settings.rules}
        isReadOnly={isReadOnly}
        onEdit={setEdited}
        onChange={(rules) => {
          onChange({ ...settings, rules });
        }}
      />
      <div className="border-t border-line px-4 pt-3">
        <h3 className="mb-1.5">{t.otherwise}</h3>
        <FallbackFields
          serve={settings.fallback}
          variants={variants}
          isReadOnly={isReadOnly}
          onChange={(fallback) => {
            onChange({ ...settings, fallback });
          }}
        />
      </div>
      {edited !== null && (
        <RuleDialog
          key={edited}
          flag={flag.key}
          environment={environment}
          variants={variants}
          rules={settings.rules}
          index={edited}
          onClose={() => {
            setEdited(null);
          }}
          onDone={(rules) => {
            onChange({ ...settings, rules });
            setEdited(null);
          }}
        />
      )}
    </div>
  );
}
