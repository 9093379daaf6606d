import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import express from 'express';
import { serveWorkbench } from '../../api/web';

const PAGE = '<!doctype html><title>工作台</title>';
let folder: string;
let address: string;
let close: () => void;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'workbench-'));
  fs.mkdirSync(path.join(folder, 'assets'));
  for (const [name, text] of [['index.html', PAGE], ['assets/index-Ab1.js', 'export {}']] as const) {
    fs.writeFileSync(path.join(folder, name), text);
    fs.writeFileSync(path.join(folder, `${name}.gz`), gzipSync(text));
  }
  const app = express();
  app.use(serveWorkbench(['/v1/inbox', '/docs', '/openapi.json', '/healthz'], folder));
  app.use((_request, response) => void response.status(404).json({ code: 'ROUTE_UNKNOWN' }));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => server.close();
});

afterAll(() => {
  close();
  fs.rmSync(folder, { recursive: true });
});

const open = (at: string, init: RequestInit = {}): Promise<Response> => fetch(`${address}${at}`, { headers: { Accept: 'text/html' }, ...init });

test.each(['/', '/inbox', '/cases/xr-1-2026-0001', '/cases/2026%2F1?x=1', '/log-in'])('%s is the page, fresh each time, and may run only what is ours', async (at) => {
  const answer = await open(at);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe(PAGE);
  expect(answer.headers.get('cache-control')).toBe('no-cache');
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe');
});

test.each(['/v1', '/v1/inbox', '/v1/nothing', '/docs', '/docs/x', '/openapi.json', '/healthz', '/assets', '/assets/none.js', '/robots.txt', '/assets/..%2findex.html'])(
  '%s is never the page',
  async (at) => expect((await open(at)).status).toBe(404),
);

test('a program that takes anything is told that the address is unknown', async () => {
  expect((await open('/inbox', { headers: { Accept: '*/*' } })).status).toBe(404);
  expect((await open('/inbox', { method: 'POST' })).status).toBe(404);
});

test('assets are kept for good, zipped where that is understood', async () => {
  for (const encoding of ['gzip', 'identity']) {
    const answer = await open('/assets/index-Ab1.js', { headers: { 'Accept-Encoding': encoding } });
    expect(await answer.text()).toBe('export {}');
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect(answer.headers.get('content-type')).toContain('text/javascript');
    expect(answer.headers.get('content-encoding')).toBe(encoding === 'gzip' ? 'gzip' : null);
  }
});

test('nothing is served where nothing was built', async () => {
  const next = jest.fn();
  serveWorkbench([], path.join(folder, 'elsewhere'))({ method: 'GET' } as never, {} as never, next);
  expect(next).toHaveBeenCalledTimes(1);
});
