import { useSyncExternalStore } from 'react';

/** One value kept in the browser, the same for every part of the page. */
export type Stored<T extends string> = {
  readonly get: () => T;
  readonly set: (value: T) => void;
  readonly use: () => T;
};

/** `apply` carries a new value to the document. A browser that refuses storage keeps it for this visit. */
export function stored<T extends string>(
  name: string,
  first: T,
  apply: (value: T) => void,
): Stored<T> {
  let current = first;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const get = () => current;
  return {
    get,
    set: (value) => {
      current = value;
      try {
        localStorage.setItem(name, value);
      } catch {
        // Storage is off: the choice holds until the page is left.
      }
      apply(value);
      for (const listener of listeners) listener();
    },
    use: () => useSyncExternalStore(subscribe, get, get),
  };
}

export function storedChoice<T extends string>(name: string, choices: readonly T[]): T | undefined {
  try {
    const value = localStorage.getItem(name);
    return choices.find((choice) => choice === value);
  } catch {
    return undefined;
  }
}
