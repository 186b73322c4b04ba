import type { Flag, SdkKey } from '@assay/server/contract';
import { useState } from 'react';
import { useEnvironment } from '../../lib/environment.ts';
import { useApi, useChange } from '../../lib/query.ts';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock, CopyButton } from '../../ui/code.tsx';
import { Page } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { ErrorLine } from '../../ui/states.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { SegmentedControl } from '../../ui/toggle.tsx';
import { browserSnippet, curlSnippet, install, nodeSnippet } from './snippets.ts';
import { StepCard } from './step-card.tsx';
import { useText } from './text.ts';
import { WaitCard } from './wait-card.tsx';

type Kind = SdkKey['kind'];
type Runtime = 'browser' | 'node' | 'curl';

/** A key, the code with the key in it, and a watch for the first event. */
export function ConnectPage() {
  const t = useText();
  const environment = useEnvironment();
  const about = useApi('GET /api/about', {}).data;
  const [runtime, setRuntime] = useState<Runtime>('browser');
  const [kind, setKind] = useState<Kind>('client');
  const [made, setMade] = useState<{ environment: string; key: string } | null>(null);
  const key = made?.environment === environment ? made.key : undefined;
  return (
    <Page title={t.title}>
      <p className="mb-4 text-ink2">{t.intro}</p>
      <div className="flex max-w-[860px] flex-col gap-4">
        <KeyCard
          environment={environment}
          kind={kind}
          onKind={setKind}
          made={key}
          onMade={(next) => {
            setMade({ environment, key: next });
          }}
        />
        <CodeCard
          url={about?.url ?? window.location.origin}
          sdkKey={key ?? t.key.placeholder}
          environment={environment}
          runtime={runtime}
          onRuntime={setRuntime}
        />
        <WaitCard key={environment} environment={environment} />
      </div>
    </Page>
  );
}

type KeyCardProps = {
  environment: string;
  kind: Kind;
  onKind: (kind: Kind) => void;
  made: string | undefined;
  onMade: (key: string) => void;
};
function KeyCard({ environment, kind, onKind, made, onMade }: KeyCardProps) {
  const t = useText().key;
  const mayMake = useMay('editor');
  const make = useChange('POST /api/sdk-keys');
  const keys = useApi('GET /api/sdk-keys', { query: { limit: 1_000 } }).data?.items ?? [];
  const here = keys.filter((one) => one.environment === environment).length;
  return (
    <StepCard n={1} title={t.title}>
      <p className="text-ink2">{t.text(environment)}</p>
      {!mayMake && <p className="text-ink2">{t.need}</p>}
      {mayMake && (
        <div className="flex flex-wrap items-center gap-3">
          <SegmentedControl
            label={t.kind}
            value={kind}
            onChange={onKind}
            options={[
              { id: 'client', label: t.client },
              { id: 'server', label: t.server },
            ]}
          />
          <Button
            variant={made === undefined ? 'primary' : 'plain'}
            isPending={make.isPending}
            onPress={() => {
              make.mutate(
                { body: { environment, kind, name: t.name } },
                {
                  onSuccess: ({ key }) => {
                    onMade(key);
                  },
                },
              );
            }}
          >
            {made === undefined ? t.make : t.again}
          </Button>
          <span className="sub">{kind === 'client' ? t.clientHint : t.serverHint}</span>
        </div>
      )}
      {made !== undefined && (
        <div>
          <div className="flex items-center gap-1 rounded-control bg-surface2 py-1 pr-1 pl-3">
            <code className="mono min-w-0 flex-1 break-all" data-testid="sdk-key">
              {made}
            </code>
            <CopyButton text={made} />
          </div>
          <p className="mt-1.5 text-note text-ink3">{t.shownOnce}</p>
        </div>
      )}
      {made === undefined && here > 0 && <p className="sub">{t.existing(here)}</p>}
      <ErrorLine error={make.error} />
    </StepCard>
  );
}

type CodeCardProps = {
  url: string;
  sdkKey: string;
  environment: string;
  runtime: Runtime;
  onRuntime: (runtime: Runtime) => void;
};
function CodeCard({ url, sdkKey, environment, runtime, onRuntime }: CodeCardProps) {
  const t = useText().code;
  const flags = useApi('GET /api/flags', { query: { limit: 1_000 } }).data?.items ?? [];
  const usable = flags.filter(({ environments }) => environments[environment] !== undefined);
  const [chosen, setChosen] = useState<string | null>(null);
  const flag = usable.find(({ key }) => key === chosen) ?? usable[0];
  const input = { url, key: sdkKey, flag: flag?.key ?? t.noFlag, fallback: fallbackOf(flag) };
  const code = {
    browser: browserSnippet(input),
    node: nodeSnippet(input),
    curl: curlSnippet(input),
  };
  return (
    <StepCard n={2} title={t.title}>
      {usable.length > 0 ? (
        <div className="max-w-72">
          <Select
            label={t.flag}
            value={flag?.key ?? null}
            onChange={setChosen}
            options={usable.map(({ key, name }) => ({ id: key, label: name ?? key, note: key }))}
          />
        </div>
      ) : (
        <p className="sub">{t.noFlagNote}</p>
      )}
      <Tabs
        label={t.title}
        value={runtime}
        onChange={onRuntime}
        tabs={(['browser', 'node', 'curl'] as const).map((id) => ({
          id,
          label: t.tabs[id],
          content: (
            <div className="flex flex-col gap-2">
              {id !== 'curl' && <CodeBlock code={install} label={t.install} />}
              <CodeBlock code={code[id]} label={t.use} />
            </div>
          ),
        }))}
      />
    </StepCard>
  );
}

/** A literal of the flag's type, as its default in code. */
function fallbackOf(flag: Flag | undefined): string {
  if (flag === undefined || flag.type === 'boolean') return 'false';
  if (flag.type === 'number') return '0';
  if (flag.type === 'json') return '{}';
  const value = flag.variants[0]?.value;
  return `'${typeof value === 'string' ? value.replaceAll("'", String.raw`\'`) : ''}'`;
}
