import type { Experiment } from '@assay/server/contract';
import { Download, Ellipsis, FileJson, FileSpreadsheet, FileText, Gavel } from 'lucide-react';
import { address } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { useNow } from '../../lib/stream.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/code.tsx';
import { Menu } from '../../ui/menu.tsx';
import { useText } from './text.ts';

export type DialogName = 'decide' | 'stop' | 'ramp';

/** How fresh the figures are, and what can be done with the readout. */
export function TopActions(props: {
  experiment: Experiment;
  freshness: { updatedAt: number; failing: boolean } | undefined;
  onOpen: (dialog: DialogName) => void;
}) {
  const { experiment, freshness, onOpen } = props;
  const t = useText();
  const may = useMay('editor');
  const open = experiment.status === 'running' || experiment.status === 'stopped';
  return (
    <>
      {freshness !== undefined && (
        <LivePill {...freshness} live={experiment.status === 'running'} />
      )}
      <CopyButton text={window.location.href} label={t.share} />
      {experiment.status !== 'draft' && <ExportMenu experiment={experiment} />}
      {may && open && (
        <>
          {experiment.status === 'running' && (
            <Menu
              label={t.more}
              trigger={
                <Button aria-label={t.more}>
                  <Ellipsis size={15} aria-hidden="true" />
                </Button>
              }
              entries={[
                {
                  id: 'ramp',
                  label: t.actions.ramp,
                  onAction: () => {
                    onOpen('ramp');
                  },
                },
                {
                  id: 'stop',
                  label: t.actions.stop,
                  danger: true,
                  onAction: () => {
                    onOpen('stop');
                  },
                },
              ]}
            />
          )}
          <Button
            onPress={() => {
              onOpen('decide');
            }}
          >
            <Gavel size={14} aria-hidden="true" />
            {t.actions.decide}
          </Button>
        </>
      )}
    </>
  );
}

function LivePill(props: { updatedAt: number; failing: boolean; live: boolean }) {
  const { updatedAt, failing, live } = props;
  const t = useText();
  const format = useFormat();
  const ago = format.ago(updatedAt, useNow());
  const text = failing ? t.stale(ago) : live ? t.live(ago) : t.updated(ago);
  const dot = failing
    ? 'bg-warnmid shadow-[0_0_0_3px_var(--warnbg)]'
    : live
      ? 'bg-ok shadow-[0_0_0_3px_var(--okbg)]'
      : 'bg-ink4';
  return (
    <span className="mr-1.5 inline-flex items-center gap-1.5 text-label whitespace-nowrap text-ink3 tabular-nums">
      <span aria-hidden="true" className={`size-[7px] rounded-full ${dot}`} />
      {text}
    </span>
  );
}

function ExportMenu({ experiment }: { experiment: Experiment }) {
  const t = useText();
  const icons = { csv: FileSpreadsheet, json: FileJson, md: FileText } as const;
  return (
    <Menu
      label={t.actions.export}
      trigger={
        <Button>
          <Download size={14} aria-hidden="true" />
          {t.actions.export}
        </Button>
      }
      entries={(['csv', 'json', 'md'] as const).map((format) => {
        const Icon = icons[format];
        return {
          id: format,
          label: t.exports[format],
          note: t.exports[`${format}Note`],
          icon: <Icon size={15} aria-hidden="true" className="flex-none text-ink3" />,
          onAction: () => {
            download(
              address('GET /api/experiments/:key/export', {
                params: { key: experiment.key },
                query: { format },
              }),
            );
          },
        };
      })}
    />
  );
}
function download(href: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  link.click();
}
