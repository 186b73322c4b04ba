import type { Flag } from '@assay/server/contract';
import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../../ui/page.tsx';
import { Loaded, Skeleton } from '../../ui/states.tsx';
import { FlagEditor } from './editor.tsx';
import { useFlag } from './queries.ts';
import { useText } from './text.ts';

const route = getRouteApi('/app/flags/$key');

export function FlagPage() {
  const t = useText();
  const { key } = route.useParams();
  const flag = useFlag(key);
  return (
    <Page
      title={flag.data?.name ?? key}
      crumbs={[{ label: t.title, link: { to: '/flags' } }]}
      ownHeading
    >
      <Loaded isPage query={flag} skeleton={<FlagSkeleton />}>
        {(data: Flag) => <FlagEditor key={data.key} flag={data} />}
      </Loaded>
    </Page>
  );
}

function FlagSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-7 w-64" />
      <Skeleton className="h-44 w-full" />
      <Skeleton className="h-72 w-full" />
    </div>
  );
}
