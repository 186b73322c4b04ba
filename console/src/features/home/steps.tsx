import { useNavigate } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { useApi, useChange } from '../../lib/query.ts';
import { useMay } from '../../lib/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { ErrorLine } from '../../ui/states.tsx';
import { everything, useDemo } from './queries.ts';
import { useText } from './text.ts';

const whole = { query: { limit: 1_000 } } as const;

/** The way to the first result, with what is done already. What belongs to the demo does not count as yours. */
export function Steps({ environment }: { environment: string }) {
  const t = useText().steps;
  const mayEdit = useMay('editor');
  const demoTag = (item: { tags: readonly string[] }) => !item.tags.includes('demo');
  const seen = useApi('GET /api/events/seen', { query: { environment } }).data?.items.length ?? 0;
  const flags = useApi('GET /api/flags', whole).data?.items.filter(demoTag).length ?? 0;
  const tests = useApi('GET /api/experiments', whole).data?.items.filter(demoTag).length ?? 0;
  return (
    <ol className="mb-4 grid grid-cols-4 gap-4 max-[1100px]:grid-cols-2 max-[620px]:grid-cols-1">
      <DemoStep />
      <Step
        n={2}
        title={t.connect.title}
        text={t.connect.text}
        done={seen > 0 && t.connect.done(seen)}
      >
        <ButtonLink to="/connect" variant={seen > 0 ? 'plain' : 'primary'}>
          {t.connect.go}
        </ButtonLink>
      </Step>
      <Step n={3} title={t.flag.title} text={t.flag.text} done={flags > 0 && t.flag.done(flags)}>
        {mayEdit && <ButtonLink to="/flags/new">{t.flag.go}</ButtonLink>}
      </Step>
      <Step n={4} title={t.plan.title} text={t.plan.text} done={tests > 0 && t.plan.done(tests)}>
        <ButtonLink to="/planner">{t.plan.go}</ButtonLink>
        {mayEdit && (
          <ButtonLink to="/experiments/new" search={{}} variant="ghost">
            {t.plan.setup}
          </ButtonLink>
        )}
      </Step>
    </ol>
  );
}

function DemoStep() {
  const t = useText().steps.demo;
  const mayEdit = useMay('editor');
  const demo = useDemo().data;
  const start = useChange('POST /api/demo', everything);
  const navigate = useNavigate();
  const isThere = demo !== undefined && demo.status !== 'absent';
  return (
    <Step n={1} title={t.title} text={t.text} done={isThere}>
      {isThere ? (
        <ButtonLink
          to="/experiments/$key"
          params={{ key: demo.experiment }}
          search={{ env: demo.environment }}
        >
          {t.open}
        </ButtonLink>
      ) : (
        mayEdit && (
          <Button
            variant="primary"
            isPending={start.isPending}
            onPress={() => {
              start.mutate(
                { body: {} },
                {
                  onSuccess: ({ experiment, environment }) => {
                    void navigate({
                      to: '/experiments/$key',
                      params: { key: experiment },
                      search: { env: environment },
                    });
                  },
                },
              );
            }}
          >
            {t.go}
          </Button>
        )
      )}
      <ErrorLine error={start.error} />
    </Step>
  );
}

type StepProps = {
  n: number;
  title: string;
  text: string;
  done: boolean | string;
  children: ReactNode;
};
function Step({ n, title, text, done, children }: StepProps) {
  const t = useText();
  const isDone = done !== false;
  return (
    <li className="flex flex-col rounded-card bg-surface p-4 shadow-card">
      <div className="mb-2 flex items-center gap-2">
        <span
          className={classes(
            'grid size-5 place-items-center rounded-full text-axis font-semibold',
            isDone ? 'bg-okbg text-ok' : 'bg-neubg text-ink2',
          )}
        >
          <span className="sr-only">{t.step(n)}</span>
          {isDone ? <Check size={12} aria-hidden="true" /> : <span aria-hidden="true">{n}</span>}
        </span>
        {isDone && <Badge tone="ok">{typeof done === 'string' ? done : t.done}</Badge>}
      </div>
      <h2>{title}</h2>
      <p className="mt-1 mb-3 text-ink2">{text}</p>
      <div className="mt-auto flex flex-wrap gap-2">{children}</div>
    </li>
  );
}
