import type { Request } from 'express';

/** A body that is refused unread is still taken in, so that the client, which is writing it, gets to read the answer. */
const DISCARD_BYTES = 25_000_000;
const DISCARD_MS = 5_000;

/** Takes in and drops what is left of a body, within bounds. Afterwards `request.complete` says whether all of it came. */
export function discardRest(request: Request): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let dropped = 0;
    const stop = (): void => {
      clearTimeout(timer);
      request.pause();
      for (const event of ['end', 'close', 'error']) request.off(event, stop);
      request.off('data', drop);
      resolve();
    };
    const drop = (chunk: Buffer): void => {
      dropped += chunk.length;
      if (dropped > DISCARD_BYTES) stop();
    };
    const timer = setTimeout(stop, DISCARD_MS);
    for (const event of ['end', 'close', 'error']) request.on(event, stop);
    request.on('data', drop);
    request.resume();
  });
}
