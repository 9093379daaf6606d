import fs from 'node:fs';
import path from 'node:path';
import type { RequestHandler, Response } from 'express';
import { OWN_ASSETS_ONLY } from './headers';

/** Where cli/build.mjs puts the workbench; nothing is built beside the sources, so there it serves nothing. */
const BUILT = path.resolve(__dirname, '..', 'web');
const ASSET = /^\/assets\/([\w.-]+)$/;
const A_YEAR = 'public, max-age=31536000, immutable';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * Serves the workbench (工作台): its assets, whose names change with their content, are kept by the browser; its one page is
 * not, and stands for every address that a person opens and that is none of the API's.
 * @param apiPaths addresses of the API; what begins like one of them is never answered with the page
 */
export function serveWorkbench(apiPaths: readonly string[], folder = BUILT): RequestHandler {
  const reserved = new Set(['assets', ...apiPaths.map((each) => each.split('/')[1])]);
  const built = fs.existsSync(path.join(folder, 'assets'));
  return (request, response, next) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!built || !isRead) return next();
    const zipped = Boolean(request.acceptsEncodings('gzip'));
    const asset = ASSET.exec(request.path)?.[1];
    if (asset !== undefined) return send(response, path.join(folder, 'assets', asset), zipped, A_YEAR, next);
    const first = request.path.split('/')[1] ?? '';
    const isPage = !reserved.has(first) && !path.basename(request.path).includes('.') && asksForPage(request.headers.accept);
    if (!isPage) return next();
    response.setHeader('Content-Security-Policy', OWN_ASSETS_ONLY);
    send(response, path.join(folder, 'index.html'), zipped, 'no-cache', next);
  };
}

/** A person's browser names HTML; a program that takes anything is told that the address is unknown. */
function asksForPage(accept: string | undefined): boolean {
  return accept?.includes('text/html') ?? false;
}

function send(response: Response, file: string, zipped: boolean, cache: string, next: () => void): void {
  fs.readFile(zipped ? `${file}.gz` : file, (error, content) => {
    if (error) return next();
    response.setHeader('Cache-Control', cache);
    response.setHeader('Vary', 'Accept, Accept-Encoding');
    response.setHeader('Content-Type', TYPES[path.extname(file)] ?? 'application/octet-stream');
    if (zipped) response.setHeader('Content-Encoding', 'gzip');
    response.end(content);
  });
}
