import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import { environmentSearch } from './lib/environment.ts';
import { problemOf } from './lib/problem.ts';
import { read } from './lib/query.ts';
import { meQuery } from './lib/session.ts';
import { experimentsSearch } from './features/experiments/search.ts';
import { flagsSearch } from './features/flags/search.ts';
import { liveSearch } from './features/live/search.ts';
import { lookupSearch } from './features/lookup/search.ts';
import { plannerSearch } from './features/planner/search.ts';
import { readoutSearch } from './features/readout/search.ts';
import { backSearch, setupTokenSearch } from './features/session/search.ts';
import { settingsSearch } from './features/settings/search.ts';
import { setupSearch } from './features/setup/search.ts';
import { Shell } from './shell/shell.tsx';
import { NotFound, PageError, PageWaiting } from './shell/fallbacks.tsx';

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: PageError,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: backSearch,
  component: lazyRouteComponent(() => import('./features/session/sign-in.tsx'), 'SignInPage'),
});
const firstAdmin = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: setupTokenSearch,
  component: lazyRouteComponent(
    () => import('./features/session/first-admin.tsx'),
    'FirstAdminPage',
  ),
});

/** Everything behind the sign-in. A server without people yet leads to the first-admin page instead. */
const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  validateSearch: environmentSearch,
  search: { middlewares: [retainSearchParams(['env'])] },
  component: Shell,
  pendingComponent: PageWaiting,
  errorComponent: PageError,
  beforeLoad: async ({ context: { queryClient }, location }) => {
    try {
      await queryClient.query({ ...meQuery, staleTime: 'static' });
    } catch (error) {
      if (problemOf(error).code !== 'unauthenticated') throw error;
      const { needed } = await queryClient.query(read('GET /api/setup', {}));
      // oxlint-disable-next-line typescript/only-throw-error -- how the router redirects
      if (needed) throw redirect({ to: '/setup', search: {} });
      // oxlint-disable-next-line typescript/only-throw-error -- how the router redirects
      throw redirect({ to: '/sign-in', search: { back: location.href } });
    }
  },
});

const home = createRoute({
  getParentRoute: () => app,
  path: '/',
  component: lazyRouteComponent(() => import('./features/home/page.tsx'), 'HomePage'),
});
const experiments = createRoute({
  getParentRoute: () => app,
  path: '/experiments',
  validateSearch: experimentsSearch,
  component: lazyRouteComponent(() => import('./features/experiments/page.tsx'), 'ExperimentsPage'),
});
const newExperiment = createRoute({
  getParentRoute: () => app,
  path: '/experiments/new',
  validateSearch: setupSearch,
  component: lazyRouteComponent(() => import('./features/setup/new-page.tsx'), 'NewExperimentPage'),
});
const setup = createRoute({
  getParentRoute: () => app,
  path: '/experiments/$key/setup',
  component: lazyRouteComponent(() => import('./features/setup/page.tsx'), 'SetupPage'),
});
const readout = createRoute({
  getParentRoute: () => app,
  path: '/experiments/$key',
  validateSearch: readoutSearch,
  component: lazyRouteComponent(() => import('./features/readout/page.tsx'), 'ReadoutPage'),
});
const planner = createRoute({
  getParentRoute: () => app,
  path: '/planner',
  validateSearch: plannerSearch,
  component: lazyRouteComponent(() => import('./features/planner/page.tsx'), 'PlannerPage'),
});
const flags = createRoute({
  getParentRoute: () => app,
  path: '/flags',
  validateSearch: flagsSearch,
  component: lazyRouteComponent(() => import('./features/flags/list-page.tsx'), 'FlagsPage'),
});
const newFlag = createRoute({
  getParentRoute: () => app,
  path: '/flags/new',
  component: lazyRouteComponent(() => import('./features/flags/new-page.tsx'), 'NewFlagPage'),
});
const flag = createRoute({
  getParentRoute: () => app,
  path: '/flags/$key',
  component: lazyRouteComponent(() => import('./features/flags/page.tsx'), 'FlagPage'),
});
const segments = createRoute({
  getParentRoute: () => app,
  path: '/audiences',
  component: lazyRouteComponent(() => import('./features/segments/list-page.tsx'), 'SegmentsPage'),
});
const newSegment = createRoute({
  getParentRoute: () => app,
  path: '/audiences/new',
  component: lazyRouteComponent(() => import('./features/segments/new-page.tsx'), 'NewSegmentPage'),
});
const segment = createRoute({
  getParentRoute: () => app,
  path: '/audiences/$key',
  component: lazyRouteComponent(() => import('./features/segments/page.tsx'), 'SegmentPage'),
});
const metrics = createRoute({
  getParentRoute: () => app,
  path: '/metrics',
  component: lazyRouteComponent(() => import('./features/metrics/list-page.tsx'), 'MetricsPage'),
});
const newMetric = createRoute({
  getParentRoute: () => app,
  path: '/metrics/new',
  component: lazyRouteComponent(() => import('./features/metrics/new-page.tsx'), 'NewMetricPage'),
});
const metric = createRoute({
  getParentRoute: () => app,
  path: '/metrics/$key',
  component: lazyRouteComponent(() => import('./features/metrics/page.tsx'), 'MetricPage'),
});
const live = createRoute({
  getParentRoute: () => app,
  path: '/live',
  validateSearch: liveSearch,
  component: lazyRouteComponent(() => import('./features/live/page.tsx'), 'LivePage'),
});
const lookup = createRoute({
  getParentRoute: () => app,
  path: '/lookup',
  validateSearch: lookupSearch,
  component: lazyRouteComponent(() => import('./features/lookup/page.tsx'), 'LookupPage'),
});
const connect = createRoute({
  getParentRoute: () => app,
  path: '/connect',
  component: lazyRouteComponent(() => import('./features/connect/page.tsx'), 'ConnectPage'),
});
const settings = createRoute({
  getParentRoute: () => app,
  path: '/settings',
  validateSearch: settingsSearch,
  component: lazyRouteComponent(() => import('./features/settings/page.tsx'), 'SettingsPage'),
});

export const routeTree = root.addChildren([
  signIn,
  firstAdmin,
  app.addChildren([
    home,
    experiments,
    newExperiment,
    setup,
    readout,
    planner,
    flags,
    newFlag,
    flag,
    segments,
    newSegment,
    segment,
    metrics,
    newMetric,
    metric,
    live,
    lookup,
    connect,
    settings,
  ]),
]);
