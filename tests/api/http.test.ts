import { request as httpRequest } from 'node:http';
import { Client, Connection } from '@temporalio/client';
import { routes } from '../../api/routes';
import { ask, type Ground, type Instance, openGround, startInstance, INSTITUTION, insertAdmission } from './harness';
import { BROKEN_REQUESTS, rawExchange } from './raw-http';

let ground: Ground;
let connection: Connection;
let api: Instance;

// No Temporal here: what is refused at the edge must not need one.
beforeAll(async () => {
  ground = await openGround();
  connection = Connection.lazy({ address: '127.0.0.1:1', interceptors: [] });
  api = await startInstance(ground, new Client({ connection }), { limits: { headersMs: 600, requestMs: 1_500, checkEveryMs: 200 } });
  await insertAdmission(ground.store, {
    institution: INSTITUTION, iptNo: 'HTTP1', round: 1, profile: 'default', insutype: '310', medType: '21', begntime: '2026-11-02 15:20:00',
  });
}, 60_000);

afterAll(async () => {
  await api?.stop();
  await connection?.close();
  await ground?.close();
}, 60_000);

describe('broken and hostile requests', () => {
  test.each(BROKEN_REQUESTS)('$name', async (request) => {
    const text = await rawExchange(api.port, ground.clerk, request);
    expect(text).toContain(`HTTP/1.1 ${request.status} `);
    expect(text).toContain(request.code);
  });
});

describe('methods, hosts and headers', () => {
  test.each(routes.filter((route) => route.method === 'post').map((route) => route.path).filter((path) => !routes.some((one) => one.method === 'get' && one.path === path)))(
    'HEAD and GET on %s: 405 with Allow',
    async (path) => {
      const target = path.replace('{id}', 'HTTP1');
      const head405 = await ask(api, `HEAD ${target}`, { token: ground.clerk });
      expect([head405.status, head405.headers.get('allow')?.includes('POST')]).toEqual([405, true]);
      if (path === '/v1/admissions/search') return;
      expect((await ask(api, `GET ${target}`, { token: ground.clerk })).body.code).toBe('METHOD_NOT_ALLOWED');
    },
  );

  test('HEAD works where GET does; OPTIONS and TRACE-like methods do not', async () => {
    expect((await ask(api, 'HEAD /healthz')).status).toBe(200);
    const options = await ask(api, 'OPTIONS /v1/admissions', { headers: { origin: api.url, 'access-control-request-method': 'POST' } });
    expect([options.status, options.headers.get('access-control-allow-origin')]).toEqual([405, null]);
  });

  test('another site’s Origin is refused, one’s own is not, none is not', async () => {
    const send = (origin?: string) => ask(api, 'GET /v1/admissions', { token: ground.clerk, ...(origin ? { headers: { origin } } : {}) });
    expect((await send('https://evil.example')).body.code).toBe('ORIGIN_REFUSED');
    expect((await send('null')).body.code).toBe('ORIGIN_REFUSED');
    expect((await send(api.url)).status).toBe(200);
    expect((await send()).status).toBe(200);
  });

  test('a forged Host or X-Forwarded-For changes nothing; Location stays relative', async () => {
    const answer = await new Promise<{ status: number; location: string }>((resolve, reject) => {
      const request = httpRequest(
        `${api.url}/v1/admissions/HTTP1/deposits`,
        { method: 'POST', headers: { host: 'evil.example', 'x-forwarded-for': '10.0.0.1', 'x-forwarded-host': 'evil.example', authorization: `Bearer ${ground.clerk}`, 'idempotency-key': 'host-1', 'content-type': 'application/json', prefer: 'wait=0' } },
        (response) => {
          response.resume();
          resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? '' });
        },
      );
      request.on('error', reject);
      request.end('{"amountFen":1,"method":"cash","receiptNo":"R"}');
    });
    expect([answer.status, answer.location.startsWith('/v1/commands/')]).toEqual([202, true]);
  });

  test('every answer carries the security headers and nothing that names the program', async () => {
    for (const path of ['GET /healthz', 'GET /docs', 'GET /openapi.json', 'GET /nothing', 'GET /v1/admissions']) {
      const { headers } = await ask(api, path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });
});

describe('without Temporal', () => {
  test('a command is accepted, not lost, and the process says that it is not ready', async () => {
    const answer = await ask(api, 'POST /v1/admissions/HTTP1/deposits', { token: ground.clerk, key: 'outage-1', body: { amountFen: 1, method: 'cash', receiptNo: 'R' }, prefer: 'wait=1' });
    expect(answer.status).toBe(202);
    const ready = await ask(api, 'GET /readyz');
    expect([ready.status, ready.body['database'], ready.body['temporal'], ready.body['sweeper']]).toEqual([503, true, false, true]);
    expect((await ask(api, 'GET /healthz')).status).toBe(200);
  });

  test('reads go on', async () => {
    expect((await ask(api, 'GET /v1/admissions/HTTP1', { token: ground.clerk })).status).toBe(200);
    expect((await ask(api, 'GET /metrics')).body.text).toContain('anjie_http_request_seconds');
  });
});
