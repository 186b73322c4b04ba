import { useEffect, useRef, useState } from 'react';

export type StreamState = 'connecting' | 'open' | 'lost';

/** Listens to server-sent events; the browser reconnects by itself. `null` listens to nothing. `name` picks a kind of message. */
export function useStream(
  url: string | null,
  onMessage: (data: unknown, name: string) => void,
  names: readonly string[] = defaultNames,
): StreamState {
  const [state, setState] = useState<StreamState>('connecting');
  const latest = useRef(onMessage);
  useEffect(() => {
    latest.current = onMessage;
  });
  useEffect(() => {
    if (url === null) return undefined;
    const source = new EventSource(url);
    source.addEventListener('open', () => {
      setState('open');
    });
    source.addEventListener('error', () => {
      setState('lost');
    });
    for (const name of names)
      source.addEventListener(name, (event: MessageEvent<string>) => {
        latest.current(JSON.parse(event.data) as unknown, name);
      });
    return () => {
      source.close();
      setState('connecting');
    };
  }, [url, names]);
  return state;
}
const defaultNames: readonly string[] = ['message'];

/** The time, told anew every `ms`, for "12 s ago". */
export function useNow(ms = 1_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, ms);
    return () => {
      clearInterval(timer);
    };
  }, [ms]);
  return now;
}
