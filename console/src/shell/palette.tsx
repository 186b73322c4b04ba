import { useNavigate, type NavigateOptions } from '@tanstack/react-router';
import {
  FlaskConical,
  Flag,
  Languages,
  Moon,
  PanelsTopLeft,
  Plus,
  Search,
  Sigma,
  Users,
  type LucideIcon,
} from 'lucide-react';
import {
  Autocomplete,
  Dialog,
  Input,
  Menu,
  MenuItem,
  Modal,
  ModalOverlay,
  SearchField,
  Text,
  useFilter,
} from 'react-aria-components';
import { language } from '../lib/i18n.ts';
import { useApi } from '../lib/query.ts';
import { useMay } from '../lib/session.ts';
import { theme } from '../lib/theme.ts';
import { itemClass } from '../ui/list-look.ts';
import { whole } from './counts.ts';
import { pageLinks } from './page-links.ts';
import { useText } from './text.ts';

type Entry = { id: string; label: string; note?: string; icon: LucideIcon; act: () => void };

/** Everything by name: pages, definitions, and the few things to do from anywhere. */
export function Palette({ onClose }: { onClose: () => void }) {
  const t = useText();
  const { contains } = useFilter({ sensitivity: 'base' });
  const entries = useEntries();
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={onClose}
      className="fixed inset-0 z-40 flex items-start justify-center bg-[rgb(10_11_14/0.42)] p-4 pt-[12vh]"
    >
      <Modal className="w-full max-w-[560px]">
        <Dialog
          aria-label={t.palette.title}
          className="overflow-hidden rounded-card bg-surface shadow-pop outline-none"
        >
          <Autocomplete filter={contains}>
            <SearchField
              aria-label={t.palette.title}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- whoever opened it by a key goes on typing
              autoFocus
              className="flex h-11 items-center gap-2.5 border-b border-line px-4"
            >
              <Search size={16} aria-hidden="true" className="flex-none text-ink3" />
              <Input
                placeholder={t.palette.title}
                className="min-w-0 flex-1 bg-transparent text-section outline-none"
              />
            </SearchField>
            <Menu
              aria-label={t.palette.title}
              items={entries}
              onAction={(id) => {
                onClose();
                entries.find((entry) => entry.id === id)?.act();
              }}
              renderEmptyState={() => (
                <p className="px-3 py-6 text-center text-ink3">{t.palette.none}</p>
              )}
              className="max-h-[46vh] overflow-y-auto p-1 outline-none"
            >
              {({ id, label, note, icon: Icon }) => (
                <MenuItem id={id} textValue={`${label} ${note ?? ''}`} className={itemClass}>
                  <Icon
                    size={15}
                    strokeWidth={1.75}
                    aria-hidden="true"
                    className="flex-none text-ink3"
                  />
                  <Text slot="label" className="min-w-0 truncate">
                    {label}
                  </Text>
                  {note !== undefined && (
                    <Text slot="description" className="mono ml-auto truncate pl-3 text-ink3">
                      {note}
                    </Text>
                  )}
                </MenuItem>
              )}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function useEntries(): Entry[] {
  const t = useText();
  const navigate = useNavigate();
  const mayEdit = useMay('editor');
  const experiments = useApi('GET /api/experiments', whole).data?.items ?? [];
  const flags = useApi('GET /api/flags', whole).data?.items ?? [];
  const metrics = useApi('GET /api/metrics', whole).data?.items ?? [];
  const segments = useApi('GET /api/segments', whole).data?.items ?? [];
  const go = (to: NavigateOptions) => () => {
    void navigate(to);
  };
  const named = (
    kind: string,
    icon: LucideIcon,
    { key, name }: { key: string; name?: string | undefined },
    to: NavigateOptions,
  ): Entry => ({ id: `${kind} ${key}`, label: name ?? key, note: key, icon, act: go(to) });
  return [
    ...pageLinks.map(({ id, to }) => ({
      id: `page ${id}`,
      label: t.pages[id],
      icon: PanelsTopLeft,
      act: go({ to }),
    })),
    ...(mayEdit
      ? [
          {
            id: 'new experiment',
            label: t.palette.newExperiment,
            icon: Plus,
            act: go({ to: '/experiments/new', search: {} }),
          },
          { id: 'new flag', label: t.palette.newFlag, icon: Plus, act: go({ to: '/flags/new' }) },
        ]
      : []),
    {
      id: 'language',
      label: t.language,
      icon: Languages,
      act: () => {
        language.set(language.get() === 'en' ? 'zh-CN' : 'en');
      },
    },
    {
      id: 'theme',
      label: t.palette.otherTheme,
      icon: Moon,
      act: () => {
        theme.set(document.documentElement.dataset['theme'] === 'dark' ? 'light' : 'dark');
      },
    },
    ...experiments.map((item) =>
      named('experiment', FlaskConical, item, {
        to: item.status === 'draft' ? '/experiments/$key/setup' : '/experiments/$key',
        params: { key: item.key },
        search: { env: item.environment === 'production' ? undefined : item.environment },
      }),
    ),
    ...flags.map((item) =>
      named('flag', Flag, item, { to: '/flags/$key', params: { key: item.key } }),
    ),
    ...metrics.map((item) =>
      named('metric', Sigma, item, { to: '/metrics/$key', params: { key: item.key } }),
    ),
    ...segments.map((item) =>
      named('audience', Users, item, { to: '/audiences/$key', params: { key: item.key } }),
    ),
  ];
}
