import { getRouteApi } from '@tanstack/react-router';
import { useApi } from '../../lib/query.ts';
import { useMay } from '../../lib/session.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Loaded, Skeleton } from '../../ui/states.tsx';
import { LockedPlan } from './locked-plan.tsx';
import { PlanEditor } from './plan-editor.tsx';
import { useText } from './text.ts';

const route = getRouteApi('/app/experiments/$key/setup');

/** A draft is edited here; what has started is shown as it was locked. */
export function SetupPage() {
  const t = useText();
  const { key } = route.useParams();
  const mayEdit = useMay('editor');
  const experiment = useApi('GET /api/experiments/:key', { params: { key } });
  const isDraft = experiment.data?.status === 'draft';
  return (
    <Page
      title={t.setup}
      crumbs={[
        { label: t.experiments, link: { to: '/experiments', search: {} } },
        {
          label: experiment.data?.name ?? key,
          link: { to: isDraft ? '/experiments/$key/setup' : '/experiments/$key', params: { key } },
        },
      ]}
      actions={
        experiment.data !== undefined &&
        !isDraft && (
          <ButtonLink to="/experiments/$key" params={{ key }} search={{}}>
            {t.readout}
          </ButtonLink>
        )
      }
      ownHeading
    >
      <Loaded isPage query={experiment} skeleton={<SetupSkeleton />}>
        {(data) =>
          data.status === 'draft' && mayEdit ? (
            <PlanEditor key={data.key} experiment={data} />
          ) : (
            <LockedPlan experiment={data} />
          )
        }
      </Loaded>
    </Page>
  );
}

function SetupSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-7 w-64" />
      <Skeleton className="h-56 w-full" />
      <Skeleton className="h-56 w-full" />
    </div>
  );
}
