import { useSearch } from '@tanstack/react-router';

export const firstEnvironment = 'production';
export type EnvironmentSearch = { env?: string | undefined };

/** Every address carries the environment it shows, unless that is production. */
export function environmentSearch(search: Record<string, unknown>): EnvironmentSearch {
  const { env } = search;
  return typeof env === 'string' && env !== firstEnvironment ? { env } : {};
}

export function useEnvironment(): string {
  return useSearch({ strict: false, select: (search) => search.env }) ?? firstEnvironment;
}
