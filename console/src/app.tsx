import { QueryClientProvider } from '@tanstack/react-query';
import { createRouter, RouterProvider } from '@tanstack/react-router';
import { I18nProvider } from 'react-aria-components';
import { language } from './lib/i18n.ts';
import { createQueryClient } from './lib/query.ts';
import { routeTree } from './routes.tsx';

const queryClient = createQueryClient(() => {
  const { href, pathname } = router.state.location;
  if (pathname === '/sign-in' || pathname === '/setup') return;
  queryClient.removeQueries({ queryKey: ['GET /api/me'] });
  void router.navigate({ to: '/sign-in', search: { back: href } });
});

const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

export function App() {
  return (
    <I18nProvider locale={language.use()}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </I18nProvider>
  );
}
