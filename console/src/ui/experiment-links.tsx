import { Link } from '@tanstack/react-router';

type ExperimentLink = {
  key: string;
  name?: string | undefined;
  environment: string;
  status: string;
};

/** Experiments as links: a draft to its set-up, any other to its readout. */
export function ExperimentLinks({ experiments }: { experiments: readonly ExperimentLink[] }) {
  return (
    <ul className="pb-2">
      {experiments.map(({ key, name, environment, status }) => (
        <li key={key} className="flex items-baseline gap-2 border-t border-line px-4 py-2">
          <Link
            to={status === 'draft' ? '/experiments/$key/setup' : '/experiments/$key'}
            params={{ key }}
            className="font-medium hover:underline"
          >
            {name ?? key}
          </Link>
          <span className="sub ml-auto">{environment}</span>
        </li>
      ))}
    </ul>
  );
}
