import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { AboutTab } from './about-tab.tsx';
import { EnvironmentsTab } from './environments-tab.tsx';
import { KeysTab } from './keys-tab.tsx';
import { LookTab } from './look-tab.tsx';
import { PeopleTab } from './people-tab.tsx';
import { settingsTabs } from './search.ts';
import { useText } from './text.ts';
import { TokensTab } from './tokens-tab.tsx';

const route = getRouteApi('/app/settings');
const contents = {
  keys: <KeysTab />,
  people: <PeopleTab />,
  tokens: <TokensTab />,
  environments: <EnvironmentsTab />,
  look: <LookTab />,
  about: <AboutTab />,
};

export function SettingsPage() {
  const t = useText();
  const { tab = 'keys' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={t.title}>
      <Tabs
        label={t.title}
        value={tab}
        onChange={(id) => {
          void navigate({ search: { tab: id }, replace: true });
        }}
        tabs={settingsTabs.map((id) => ({ id, label: t.tabs[id], content: contents[id] }))}
      />
    </Page>
  );
}
