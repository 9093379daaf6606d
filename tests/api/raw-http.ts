import { connect } from 'node:net';

/** Requests that are none: sent byte by byte, past any client that would put them right. */
export interface BrokenRequest {
  readonly name: string;
  readonly lines: (token: string) => string;
  /** Goes on sending chunks for ever. */
  readonly endless?: boolean;
  /** Answered only when a time limit of the server has passed. */
  readonly slow?: boolean;
  readonly status: number;
  /** Empty where Node itself answers, without a body. */
  readonly code: string;
}

function head(token: string, extra: string): string {
  return `POST /v1/admissions/HTTP1/deposits HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nIdempotency-Key: raw-1\r\nContent-Type: application/json\r\n${extra}\r\n`;
}

export const BROKEN_REQUESTS: readonly BrokenRequest[] = [
  { name: 'not HTTP', lines: () => 'hello\r\n\r\n', status: 400, code: 'HTTP_MALFORMED' },
  { name: '8 kB+ header', lines: () => `GET / HTTP/1.1\r\nHost: x\r\nX-Big: ${'a'.repeat(9_000)}\r\n\r\n`, status: 431, code: 'HEADERS_TOO_LARGE' },
  {
    name: 'transfer-encoding smuggling',
    lines: (token) => `${head(token, 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n')}0\r\n\r\nGET /x`,
    status: 400,
    code: 'HTTP_MALFORMED',
  },
  { name: 'two content-lengths', lines: (token) => `${head(token, 'Content-Length: 4\r\nContent-Length: 5\r\n')}{}`, status: 400, code: 'HTTP_MALFORMED' },
  { name: 'content-length too small', lines: (token) => `${head(token, 'Content-Length: 5\r\n')}{"amountFen":1}`, status: 400, code: 'HTTP_MALFORMED' },
  { name: 'key with newline', lines: () => 'GET /v1/admissions HTTP/1.1\r\nHost: x\r\nIdempotency-Key: a\nb\r\n\r\n', status: 400, code: 'HTTP_MALFORMED' },
  {
    name: '../ in id',
    lines: (token) => `GET /v1/admissions/../admissions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
    status: 404,
    code: 'ROUTE_UNKNOWN',
  },
  { name: 'slowloris headers', lines: () => 'GET / HTTP/1.1\r\nHost: x\r\n', slow: true, status: 408, code: 'REQUEST_TIMEOUT' },
  { name: 'chunked never ending', lines: (token) => head(token, 'Transfer-Encoding: chunked\r\n'), endless: true, slow: true, status: 408, code: 'REQUEST_TIMEOUT' },
  { name: 'no host', lines: () => 'GET /healthz HTTP/1.1\r\n\r\n', status: 400, code: '' },
];

/** Sends a broken request and reads until the other side closes. */
export function rawExchange(port: number, token: string, { lines, endless = false }: BrokenRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    const feed = endless ? setInterval(() => socket.writable && socket.write('1\r\n \r\n'), 50) : undefined;
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(feed);
      resolve(text);
    });
    socket.setTimeout(10_000, () => {
      reject(new Error(`still open; read: ${text}`));
      socket.destroy();
    });
    socket.write(lines(token));
  });
}
