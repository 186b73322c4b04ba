import type { DemoState } from '@assay/server/contract';
import { Pause, Play, Trash2 } from 'lucide-react';
import { useFormat, type Format } from '../../lib/format.ts';
import { useChange } from '../../lib/query.ts';
import { useMay } from '../../lib/session.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Select } from '../../ui/select.tsx';
import { ErrorLine } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { everything } from './queries.ts';
import { useText } from './text.ts';

const daySeconds = 86_400;
/** Simulated seconds per real second: real time, and a day in 60, 10 and 2 s. */
const speeds = [1, daySeconds / 60, daySeconds / 10, daySeconds / 2];

/** The running demo: how fast its time goes, how far it is, and its removal. */
export function DemoPill({ demo }: { demo: DemoState }) {
  const t = useText().demo;
  const f = useFormat();
  const mayEdit = useMay('editor');
  const change = useChange('POST /api/demo');
  const isPaused = demo.status === 'paused';
  const speedWords = useSpeedWords(demo.speed, f);
  return (
    <section
      aria-label={t.title}
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card bg-accentbg px-4 py-2.5"
    >
      <span className="flex flex-wrap items-baseline gap-x-2.5">
        <b className="font-semibold text-accent">{t.title}</b>
        <span className="tabular-nums">{isPaused ? t.paused : t.running(speedWords)}</span>
        <span className="text-label text-ink2 tabular-nums">
          {t.days(f.exact(Math.floor(demo.simulatedDays) + 1))} ·{' '}
          {t.visitors(f.count(demo.visitors))}
        </span>
      </span>
      <span className="ml-auto flex flex-wrap items-center gap-1.5">
        {mayEdit && (
          <>
            <SpeedChoice
              speed={demo.speed}
              onChange={(speed) => {
                change.mutate({ body: { speed } });
              }}
            />
            <Button
              size="chip"
              onPress={() => {
                change.mutate({ body: { paused: !isPaused } });
              }}
            >
              {isPaused ? (
                <Play size={13} aria-hidden="true" />
              ) : (
                <Pause size={13} aria-hidden="true" />
              )}
              {isPaused ? t.resume : t.pause}
            </Button>
            <RemoveDemo />
          </>
        )}
        <ButtonLink
          size="chip"
          to="/experiments/$key"
          params={{ key: demo.experiment }}
          search={{ env: demo.environment }}
        >
          {t.open}
        </ButtonLink>
      </span>
      <ErrorLine error={change.error} />
    </section>
  );
}

function useSpeedWords(speed: number, f: Format): string {
  const t = useText().demo;
  return speed <= 1 ? t.realTime : t.dayPer(f.exact(Math.max(1, Math.round(daySeconds / speed))));
}

function SpeedChoice({ speed, onChange }: { speed: number; onChange: (speed: number) => void }) {
  const t = useText().demo;
  const f = useFormat();
  const nearest = speeds.reduce((best, one) =>
    Math.abs(Math.log(one / speed)) < Math.abs(Math.log(best / speed)) ? one : best,
  );
  return (
    <Select
      chip
      label={t.speed}
      value={String(nearest)}
      onChange={(id) => {
        onChange(Number(id));
      }}
      options={speeds.map((one) => ({
        id: String(one),
        label: one === 1 ? t.realTime : t.dayPer(f.exact(daySeconds / one)),
      }))}
    />
  );
}

function RemoveDemo() {
  const t = useText().demo;
  const remove = useChange('DELETE /api/demo', everything);
  return (
    <ConfirmButton
      label={t.remove}
      title={t.removeTitle}
      icon={<Trash2 size={13} aria-hidden="true" />}
      variant="plain"
      text={t.removeText}
      keep={t.keep}
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={(close) => {
        remove.mutate(
          {},
          {
            onSuccess: () => {
              close();
              toast(t.removed);
            },
          },
        );
      }}
    />
  );
}
