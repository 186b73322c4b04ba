import { Outlet } from '@tanstack/react-router';
import { Menu as MenuIcon } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from '../ui/button.tsx';
import { Toasts } from '../ui/toast.tsx';
import { Keyboard } from './keyboard.tsx';
import { Logo } from './logo.tsx';
import { Sidebar } from './sidebar.tsx';
import { useEnvironment } from '../lib/environment.ts';
import { useText } from './text.ts';

const DemoBar = lazy(async () => {
  const { DemoBar: bar } = await import('../features/home/demo-bar.tsx');
  return { default: bar };
});
const demoEnvironment = 'demo';

/** The frame around every page: the sidebar, or on narrow screens a bar that opens it. */
export function Shell() {
  const t = useText();
  const environment = useEnvironment();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <a
        href="#content"
        className="sr-only rounded-control bg-btn px-3 py-2 text-btnink focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
      >
        {t.skip}
      </a>
      <div className="min-h-screen min-[900px]:grid min-[900px]:grid-cols-[224px_minmax(0,1fr)] print:block">
        <div className="no-print hidden min-[900px]:block">
          <div className="sticky top-0 h-screen border-r border-line bg-side">
            <Sidebar />
          </div>
        </div>
        <nav
          aria-label={t.mainNav}
          className="no-print flex h-12 items-center gap-2 border-b border-line bg-side px-4 min-[900px]:hidden"
        >
          <Logo />
          <span className="font-semibold">Assay</span>
          <span className="ml-auto" />
          <IconButton
            label={t.openNav}
            onPress={() => {
              setOpen(true);
            }}
          >
            <MenuIcon size={18} aria-hidden="true" />
          </IconButton>
        </nav>
        <div className="min-w-0">
          {environment === demoEnvironment && (
            <Suspense>
              <DemoBar />
            </Suspense>
          )}
          <Outlet />
        </div>
      </div>
      <ModalOverlay
        isOpen={isOpen}
        onOpenChange={setOpen}
        isDismissable
        className="fixed inset-0 z-40 bg-[rgb(10_11_14/0.42)]"
      >
        <Modal className="h-full w-64 bg-side shadow-pop">
          <Dialog aria-label={t.mainNav} className="h-full outline-none">
            <Sidebar
              onLeave={() => {
                setOpen(false);
              }}
            />
          </Dialog>
        </Modal>
      </ModalOverlay>
      <Keyboard />
      <Toasts />
    </>
  );
}
