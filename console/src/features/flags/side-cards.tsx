import type { Flag } from '@assay/server/contract';
import { useChange } from '../../lib/query.ts';
import { Card } from '../../ui/card.tsx';
import { ExperimentLinks } from '../../ui/experiment-links.tsx';
import { HistoryCard } from '../../ui/history.tsx';
import { toast } from '../../ui/toast.tsx';
import { useExperimentsOn, useRevisions } from './queries.ts';
import { useText } from './text.ts';

export function ExperimentsCard({ flag }: { flag: string }) {
  const t = useText().editor;
  const experiments = useExperimentsOn(flag);
  if (experiments.length === 0) return null;
  return (
    <Card title={t.experiments}>
      <ExperimentLinks experiments={experiments} />
    </Card>
  );
}

type HistoryProps = { flag: Flag; mayEdit: boolean; onReverted: (flag: Flag) => void };
export function FlagHistory({ flag, mayEdit, onReverted }: HistoryProps) {
  const t = useText().editor;
  const revert = useChange('POST /api/flags/:key/revert');
  const { key, revision: current } = flag;
  return (
    <HistoryCard
      title={t.history}
      query={useRevisions(key)}
      current={current}
      mayRevert={mayEdit}
      error={revert.error}
      onRevert={(revision, reason) => {
        revert.mutate(
          { params: { key }, body: { revision, reason }, ifMatch: current },
          {
            onSuccess: (stored) => {
              onReverted(stored);
              toast(t.reverted(revision));
            },
          },
        );
      }}
    />
  );
}
