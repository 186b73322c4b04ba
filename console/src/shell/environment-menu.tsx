import { useNavigate } from '@tanstack/react-router';
import { Check, ChevronsUpDown } from 'lucide-react';
import { Button } from 'react-aria-components';
import { firstEnvironment, useEnvironment } from '../lib/environment.ts';
import { useApi } from '../lib/query.ts';
import { Menu } from '../ui/menu.tsx';
import { Logo } from './logo.tsx';
import { useText } from './text.ts';

/** The product's name, and which environment every page shows; another one is two keys away. */
export function EnvironmentMenu() {
  const t = useText();
  const navigate = useNavigate();
  const environment = useEnvironment();
  const all =
    useApi('GET /api/environments', { query: {} }, { staleTime: 60_000 }).data?.items ?? [];
  const name = all.find((item) => item.key === environment)?.name ?? environment;
  return (
    <Menu
      label={t.environment}
      trigger={
        <Button className="mb-1 flex flex-none items-center gap-[9px] rounded-control px-2 py-1.5 text-left data-hovered:bg-hover">
          <Logo />
          <span className="min-w-0 flex-1">
            <span className="block text-[13.5px] leading-5 font-semibold">Assay</span>
            <span className="block truncate text-note leading-[14px] text-ink3">
              <span className="sr-only">{t.environment} </span>
              {name}
            </span>
          </span>
          <ChevronsUpDown size={14} aria-hidden="true" className="flex-none text-ink3" />
        </Button>
      }
      entries={all.map((item) => ({
        id: item.key,
        label: item.name ?? item.key,
        ...(item.name !== undefined && item.name !== item.key && { note: item.key }),
        icon: (
          <Check
            size={14}
            aria-hidden="true"
            className={item.key === environment ? 'text-ink2' : 'invisible'}
          />
        ),
        onAction: () => {
          void navigate({
            to: '.',
            search: (now) => ({
              ...now,
              env: item.key === firstEnvironment ? undefined : item.key,
            }),
          });
        },
      }))}
    />
  );
}
