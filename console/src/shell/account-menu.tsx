import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { Button } from 'react-aria-components';
import { api } from '../lib/api.ts';
import { language } from '../lib/i18n.ts';
import { useMe } from '../lib/session.ts';
import { theme, type Theme } from '../lib/theme.ts';
import { Avatar } from '../ui/badge.tsx';
import { Menu } from '../ui/menu.tsx';
import { useText } from './text.ts';

const themeIcons = { system: Monitor, light: Sun, dark: Moon };

/** Who I am, the theme, signing out; and beside it the language, one press away. */
export function AccountMenu() {
  const t = useText();
  const me = useMe();
  const now = theme.use();
  const signOut = useSignOut();
  const name = me === undefined ? '' : me.name === '' ? (me.email ?? me.id) : me.name;
  const themeEntry = (id: Theme) => {
    const Icon = themeIcons[id];
    return {
      id,
      label: t.themes[id],
      icon: (
        <Icon size={14} aria-hidden="true" className={id === now ? 'text-accent' : 'text-ink3'} />
      ),
      onAction: () => {
        theme.set(id);
      },
    };
  };
  return (
    <div className="flex flex-none items-center gap-1">
      <Menu
        label={t.account}
        trigger={
          <Button
            aria-label={`${t.account}: ${name}`}
            className="flex h-[29px] min-w-0 flex-1 items-center gap-[9px] rounded-[6px] px-2 text-left font-medium text-ink2 data-hovered:bg-hover"
          >
            <Avatar name={name} />
            <span className="truncate">{name}</span>
          </Button>
        }
        entries={[
          themeEntry('system'),
          themeEntry('light'),
          themeEntry('dark'),
          {
            id: 'signOut',
            label: t.signOut,
            icon: <LogOut size={14} aria-hidden="true" className="text-ink3" />,
            ...(me !== undefined && { note: t.roles[me.role] }),
            onAction: signOut,
          },
        ]}
      />
      <LanguageSwitch />
    </div>
  );
}

export function LanguageSwitch() {
  const t = useText();
  const now = language.use();
  return (
    <Button
      aria-label={t.language}
      onPress={() => {
        language.set(now === 'en' ? 'zh-CN' : 'en');
      }}
      className="flex-none rounded-[4px] border border-line2 bg-surface px-1 text-axis text-ink3 data-hovered:text-ink"
    >
      EN/中
    </Button>
  );
}

function useSignOut(): () => void {
  const client = useQueryClient();
  const navigate = useNavigate();
  const signOut = async () => {
    await api('DELETE /api/session', {});
    client.clear();
    await navigate({ to: '/sign-in', search: {} });
  };
  return () => {
    void signOut();
  };
}
