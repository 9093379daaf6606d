/** A wait that ends by itself, by an abort, or by `end`; nothing of it stays behind. */
export interface Pause {
  readonly over: Promise<null>;
  end(): void;
}

/** Starts a wait of `ms` milliseconds; an aborted signal ends it at once. */
export function startPause(ms: number, signal: AbortSignal): Pause {
  let end: () => void = () => undefined;
  const over = new Promise<null>((resolve) => {
    end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve(null);
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
  return { over, end: () => end() };
}
