import type { Revision } from '@assay/server/contract';
import { useState } from 'react';
import { useFormat } from '../lib/format.ts';
import type { ApiError } from '../lib/problem.ts';
import { Button } from './button.tsx';
import { Badge } from './badge.tsx';
import { Card } from './card.tsx';
import { Dialog } from './dialog.tsx';
import { TextField } from './field.tsx';
import { ErrorLine, Loaded, SkeletonRows, type Fetched } from './states.tsx';
import { useText } from './text.ts';

type HistoryProps = {
  revisions: readonly Revision[];
  current: number;
  mayRevert: boolean;
  onRevert: (revision: number, reason: string) => void;
};
type HistoryCardProps = Omit<HistoryProps, 'revisions'> & {
  title: string;
  query: Fetched<{ items: readonly Revision[] }>;
  /** Why the last revert was refused. */
  error: ApiError | null;
};

/** The history of one definition, as its page shows it. */
export function HistoryCard({ title, query, error, ...rest }: HistoryCardProps) {
  return (
    <Card title={title}>
      <div className="px-4 empty:hidden">
        <ErrorLine error={error} />
      </div>
      <Loaded query={query} skeleton={<SkeletonRows rows={2} height={44} />}>
        {({ items }) => <History revisions={items} {...rest} />}
      </Loaded>
    </Card>
  );
}

/** Every version, newest first: who, when, why, what changed; an earlier one can become current again. */
function History({ revisions, current, mayRevert, onRevert }: HistoryProps) {
  const t = useText().history;
  const f = useFormat();
  const [asked, setAsked] = useState<number | null>(null);
  return (
    <>
      <ol className="pb-1">
        {revisions.map((entry) => (
          <li key={entry.revision} className="border-t border-line px-4 py-2.5">
            <div className="flex flex-wrap items-center gap-2">
              <b className="font-medium tabular-nums">{t.revision(entry.revision)}</b>
              {entry.revision === current && <Badge tone="ok">{t.current}</Badge>}
              <span className="sub">
                {t.by(entry.by)} · {f.dateTime(entry.at)}
              </span>
              {mayRevert && entry.revision !== current && (
                <span className="ml-auto">
                  <Button
                    size="chip"
                    onPress={() => {
                      setAsked(entry.revision);
                    }}
                  >
                    {t.revert}
                  </Button>
                </span>
              )}
            </div>
            {entry.reason !== '' && <p className="text-ink2">{entry.reason}</p>}
            <Changes changes={entry.changes} />
          </li>
        ))}
      </ol>
      <RevertDialog
        revision={asked}
        onClose={() => {
          setAsked(null);
        }}
        onRevert={onRevert}
      />
    </>
  );
}

const shown = 12;
function Changes({ changes }: { changes: Revision['changes'] }) {
  const t = useText().history;
  if (changes.length === 0) return null;
  return (
    <ul className="mt-1">
      {changes.slice(0, shown).map((change) => (
        <li key={change.path} className="mono break-words text-ink2">
          {change.path} <Value value={change.before} sign="−" />{' '}
          <Value value={change.after} sign="+" />
        </li>
      ))}
      {changes.length > shown && <li className="sub">{t.more(changes.length - shown)}</li>}
    </ul>
  );
}

function Value({ value, sign }: { value: unknown; sign: '−' | '+' }) {
  if (value === undefined) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const short = text.length > 160 ? `${text.slice(0, 160)}…` : text;
  return (
    <span className={sign === '+' ? 'rounded-small bg-winbg px-1' : 'rounded-small bg-neubg px-1'}>
      {sign} {short}
    </span>
  );
}

function RevertDialog(props: {
  revision: number | null;
  onClose: () => void;
  onRevert: (revision: number, reason: string) => void;
}) {
  const t = useText().history;
  const { revision, onClose, onRevert } = props;
  const [reason, setReason] = useState('');
  return (
    <Dialog
      title={t.revertTitle(revision ?? 0)}
      isOpen={revision !== null}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.keep}</Button>
          <Button
            variant="primary"
            onPress={() => {
              if (revision !== null) onRevert(revision, reason);
              onClose();
            }}
          >
            {t.revert}
          </Button>
        </>
      }
    >
      <p className="mb-3">{t.revertText}</p>
      <TextField label={t.reason} value={reason} onChange={setReason} />
    </Dialog>
  );
}
