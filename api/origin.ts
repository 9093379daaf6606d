import type { Request } from 'express';

/** Address that a request came from. Headers of proxies are not believed: whoever calls could write them. */
export function originOf(request: Request): string {
  return (request.socket.remoteAddress ?? 'unknown').replace(/^::ffff:/, '').slice(0, 64);
}
