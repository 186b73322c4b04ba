import { DemoPill } from './demo-pill.tsx';
import { useDemo } from './queries.ts';

/** The pill over every page of the demo's environment. */
export function DemoBar() {
  const demo = useDemo().data;
  if (demo === undefined || demo.status === 'absent') return null;
  return (
    <aside className="no-print px-7 pt-3 max-sm:px-4">
      <DemoPill demo={demo} />
    </aside>
  );
}
