import type { Flag } from '@assay/server/contract';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Flag as FlagIcon, Plus, Search } from 'lucide-react';
import { useEnvironment } from '../../lib/environment.ts';
import { useFormat } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { useNow } from '../../lib/stream.ts';
import { Badge } from '../../ui/badge.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { useConditionText } from '../../ui/condition/text.ts';
import { TextField } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded, SkeletonRows } from '../../ui/states.tsx';
import { Cell, Column, Head, Row, RowHead, Table } from '../../ui/table.tsx';
import { openFlag } from './model.ts';
import { useEnvironments, useFlags } from './queries.ts';
import { ruleSentence, serveSentence } from './sentence.ts';
import { useText } from './text.ts';

const route = getRouteApi('/app/flags');

export function FlagsPage() {
  const t = useText();
  const mayEdit = useMay('editor');
  const flags = useFlags();
  const create = mayEdit && (
    <ButtonLink to="/flags/new" variant="primary">
      <Plus size={15} aria-hidden="true" />
      {t.create}
    </ButtonLink>
  );
  return (
    <Page title={t.title} actions={create}>
      <Loaded
        query={flags}
        skeleton={
          <div className="rounded-card bg-surface shadow-card">
            <SkeletonRows />
          </div>
        }
      >
        {({ items }) =>
          items.length === 0 ? (
            <div className="rounded-card bg-surface shadow-card">
              <EmptyState
                icon={<FlagIcon size={22} aria-hidden="true" />}
                title={t.empty.title}
                actions={create}
              >
                {t.empty.text}
              </EmptyState>
            </div>
          ) : (
            <FlagList flags={items} />
          )
        }
      </Loaded>
    </Page>
  );
}

function FlagList({ flags }: { flags: readonly Flag[] }) {
  const t = useText();
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const environment = useEnvironment();
  const environments = useEnvironments().data?.items ?? [];
  const name = environments.find(({ key }) => key === environment)?.name ?? environment;
  const shown = flags.filter((flag) => matches(flag, q));
  return (
    <>
      <div className="mb-2.5 w-64 max-w-full">
        <TextField
          label={t.search}
          labelHidden
          type="search"
          placeholder={t.search}
          icon={<Search size={13} aria-hidden="true" />}
          value={q ?? ''}
          onChange={(text) => {
            void navigate({ search: text === '' ? {} : { q: text }, replace: true });
          }}
        />
      </div>
      <div className="overflow-hidden rounded-card bg-surface shadow-card">
        {shown.length === 0 ? (
          <EmptyState title={t.nothing} />
        ) : (
          <Table label={t.title}>
            <Head>
              <Column>{t.columns.flag}</Column>
              <Column className="max-sm:hidden">{t.columns.type}</Column>
              <Column>{t.columns.serves(name)}</Column>
              <Column right className="max-sm:hidden">
                {t.columns.changed}
              </Column>
            </Head>
            <tbody>
              {shown.map((flag) => (
                <FlagRow key={flag.key} flag={flag} environment={environment} />
              ))}
            </tbody>
          </Table>
        )}
      </div>
    </>
  );
}

function matches({ key, name, tags }: Flag, q: string | undefined): boolean {
  return (
    q === undefined || [key, name ?? '', ...tags].join(' ').toLowerCase().includes(q.toLowerCase())
  );
}

function FlagRow({ flag, environment }: { flag: Flag; environment: string }) {
  const t = useText();
  const f = useFormat();
  const now = useNow(60_000);
  return (
    <Row className="h-[47px]">
      <RowHead className="sm:min-w-44">
        <Link
          to="/flags/$key"
          params={{ key: flag.key }}
          className="block leading-[18px] font-medium hover:underline"
        >
          {flag.name ?? flag.key}
        </Link>
        <span className="mono text-note text-ink3">{flag.key}</span>
      </RowHead>
      <Cell className="whitespace-nowrap text-ink2 max-sm:hidden">{t.types[flag.type]}</Cell>
      <Cell className="sm:min-w-60">
        <Serves flag={flag} environment={environment} />
      </Cell>
      <Cell right className="whitespace-nowrap text-ink3 max-sm:hidden">
        {f.ago(flag.updatedAt, now)}
      </Cell>
    </Row>
  );
}

/** What an environment serves, in one line: the first rule or the default, and how much else there is. */
function Serves({ flag, environment }: { flag: Flag; environment: string }) {
  const t = useText();
  const f = useFormat();
  const condition = useConditionText();
  const settings = openFlag(flag).environments[environment];
  if (settings === undefined) return <span className="text-ink3">{t.notHere}</span>;
  if (!settings.on)
    return (
      <span className="flex items-center gap-2">
        <Badge>{t.off}</Badge>
        <span className="text-ink3">
          {settings.off === null ? t.offDefault : t.offServes(settings.off)}
        </span>
      </span>
    );
  const [first, ...rest] = settings.rules;
  const words = { flag: t, condition, f };
  return (
    <span className="flex items-center gap-2">
      <Badge tone="ok">{t.on}</Badge>
      <span className="line-clamp-1 text-ink2 max-sm:line-clamp-3">
        {first === undefined
          ? `${t.sentence.everybody}${serveSentence(settings.fallback, words)}${t.sentence.end}`
          : ruleSentence(first, words)}
      </span>
      {rest.length > 0 && (
        <span className="sub whitespace-nowrap">+ {t.ruleCount(rest.length)}</span>
      )}
    </span>
  );
}
