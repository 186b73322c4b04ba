import { useEffect, useRef, useState } from 'react';

export type StreamState = 'connecting' | 'open' | 'lost';

/** Listens to server-sent events; the browser reconnects by itself. `null` listens to nothing. */
export function useStream(url: string | null, onMessage: (data: unknown) => void): StreamState {
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
    source.addEventListener('message', (event: MessageEvent<string>) => {
      latest.current(JSON.parse(event.data) as unknown);
    });
    return () => {
      source.close();
      setState('connecting');
    };
  }, [url]);
  return state;
}

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
