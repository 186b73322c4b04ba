import type { Flag } from '@assay/server/contract';
import { Link } from '@tanstack/react-router';
import { useChange } from '../../lib/query.ts';
import { Card } from '../../ui/card.tsx';
import { History } from '../../ui/history.tsx';
import { ErrorLine, Loaded, SkeletonRows } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { useExperimentsOn, useRevisions } from './queries.ts';
import { useText } from './text.ts';

export function ExperimentsCard({ flag }: { flag: string }) {
  const t = useText().editor;
  const experiments = useExperimentsOn(flag);
  if (experiments.length === 0) return null;
  return (
    <Card title={t.experiments}>
      <ul className="pb-2">
        {experiments.map(({ key, name, environment, status }) => (
          <li key={key} className="flex items-baseline gap-2 border-t border-line px-4 py-2">
            <Link
              to={status === 'draft' ? '/experiments/$key/setup' : '/experiments/$key'}
              params={{ key }}
              className="font-medium hover:underline"
            >
              {name ?? key}
            </Link>
            <span className="sub ml-auto">{environment}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

type HistoryCardProps = { flag: Flag; mayEdit: boolean; onReverted: (flag: Flag) => void };
export function HistoryCard({ flag, mayEdit, onReverted }: HistoryCardProps) {
  const t = useText().editor;
  const revisions = useRevisions(flag.key);
  const revert = useChange('POST /api/flags/:key/revert');
  return (
    <Card title={t.history}>
      <div className="px-4 empty:hidden">
        <ErrorLine error={revert.error} />
      </div>
      <Loaded query={revisions} skeleton={<SkeletonRows rows={2} height={44} />}>
        {({ items }) => (
          <History
            revisions={items}
            current={flag.revision}
            mayRevert={mayEdit}
            onRevert={(revision, reason) => {
              revert.mutate(
                { params: { key: flag.key }, body: { revision, reason }, ifMatch: flag.revision },
                {
                  onSuccess: (stored) => {
                    onReverted(stored);
                    toast(t.reverted(revision));
                  },
                },
              );
            }}
          />
        )}
      </Loaded>
    </Card>
  );
}
