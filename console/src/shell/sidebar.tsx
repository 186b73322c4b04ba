import { Link, type LinkProps } from '@tanstack/react-router';
import {
  FlaskConical,
  Flag,
  House,
  Plug,
  Radio,
  Ruler,
  Settings,
  Sigma,
  UserSearch,
  Users,
  type LucideIcon,
} from 'lucide-react';
import { AccountMenu } from './account-menu.tsx';
import { EnvironmentMenu } from './environment-menu.tsx';
import { SearchBox } from './search-box.tsx';
import { useCounts } from './counts.ts';
import { useText } from './text.ts';

export function Sidebar({ onLeave }: { onLeave?: () => void }) {
  const t = useText();
  const counts = useCounts();
  const leave = onLeave ?? (() => undefined);
  return (
    <nav
      aria-label={t.mainNav}
      className="flex h-full flex-col gap-0.5 overflow-y-auto px-2.5 pt-2.5 pb-3"
    >
      <EnvironmentMenu />
      <SearchBox />
      <Item to="/" icon={House} label={t.pages.home} onLeave={leave} />
      <GroupName>{t.groups.experiment}</GroupName>
      <Item
        to="/experiments"
        icon={FlaskConical}
        label={t.pages.experiments}
        count={counts.running}
        onLeave={leave}
      />
      <Item to="/planner" icon={Ruler} label={t.pages.planner} onLeave={leave} />
      <Item to="/flags" icon={Flag} label={t.pages.flags} count={counts.flags} onLeave={leave} />
      <Item to="/audiences" icon={Users} label={t.pages.segments} onLeave={leave} />
      <GroupName>{t.groups.measure}</GroupName>
      <Item
        to="/metrics"
        icon={Sigma}
        label={t.pages.metrics}
        count={counts.metrics}
        onLeave={leave}
      />
      <GroupName>{t.groups.verify}</GroupName>
      <Item to="/live" icon={Radio} label={t.pages.live} onLeave={leave} />
      <Item to="/lookup" icon={UserSearch} label={t.pages.lookup} onLeave={leave} />
      <Item to="/connect" icon={Plug} label={t.pages.connect} onLeave={leave} />
      <div className="mt-auto flex flex-col gap-0.5 border-t border-line pt-2">
        <Item to="/settings" icon={Settings} label={t.pages.settings} onLeave={leave} />
        <AccountMenu />
      </div>
    </nav>
  );
}

function GroupName({ children }: { children: string }) {
  return <div className="px-2 pt-3 pb-1 text-axis font-medium text-ink3">{children}</div>;
}

type ItemProps = {
  to: NonNullable<LinkProps['to']>;
  icon: LucideIcon;
  label: string;
  count?: number | undefined;
  onLeave: () => void;
};
function Item({ to, icon: Icon, label, count, onLeave }: ItemProps) {
  return (
    <Link
      to={to}
      onClick={onLeave}
      activeOptions={{ exact: to === '/', includeSearch: false }}
      className="group flex h-[29px] flex-none items-center gap-[9px] rounded-[6px] px-2 font-medium text-ink2 hover:bg-hover aria-[current=page]:bg-surface aria-[current=page]:text-ink aria-[current=page]:shadow-card"
    >
      <Icon
        size={16}
        strokeWidth={1.75}
        aria-hidden="true"
        className="flex-none text-ink3 group-aria-[current=page]:text-ink"
      />
      <span className="truncate">{label}</span>
      {count !== undefined && count > 0 && (
        <span className="ml-auto text-label text-ink3 tabular-nums">{count}</span>
      )}
    </Link>
  );
}
