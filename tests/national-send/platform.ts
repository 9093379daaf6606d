import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the test's own platform received it. */
export interface Received {
  readonly infno: string;
  readonly msgid: string;
  readonly sign_no: string;
  readonly input: Record<string, Record<string, unknown>>;
  readonly raw: string;
  readonly at: number;
}

export type Reply =
  | { readonly json: object; readonly delayMs?: number }
  | { readonly body: string | Buffer; readonly status?: number; readonly type?: string; readonly headers?: Record<string, string> }
  | { readonly act: 'hang' | 'reset' | 'cutOff' };

export type Script = (request: Received, nth: number) => Reply;

export interface Platform {
  readonly url: string;
  readonly port: number;
  readonly received: Received[];
  /** Answers by transaction; what is not scripted is settled with an empty output. */
  readonly script: Record<string, Script>;
  of(infno: string): Received[];
  close(): Promise<void>;
}

const REFMSGID = '990100202611221200000000000001';

export const ok = (output: object | null = null): Reply => ({
  json: { infcode: 0, inf_refmsgid: REFMSGID, refmsg_time: '20261122120000000', respond_time: '20261122120000001', err_msg: '', output },
});
export const no = (text: string, infcode = -1, inf_refmsgid: string | null = REFMSGID): Reply => ({ json: { infcode, inf_refmsgid, err_msg: text, output: null } });
export const signedIn = (signNo: string): Reply => ok({ signinoutb: { sign_time: '2026-11-22 12:00:00', sign_no: signNo } });

/** A settled 2305. Amounts are yuan, as on the wire. */
export function cancelled({ msgid }: Received, setlId = 'SETL1'): Reply {
  const zero = ['fulamt_ownpay_amt', 'overlmt_selfpay', 'preselfpay_amt', 'cvlserv_pay', 'hifes_pay', 'hifmi_pay', 'hifob_pay', 'maf_pay', 'oth_pay', 'acct_pay', 'acct_mulaid_pay', 'balc'];
  return ok({
    setlinfo: {
      ...Object.fromEntries(zero.map((name) => [name, 0])),
      mdtrt_id: 'M0001',
      setl_id: setlId,
      setl_time: '2026-11-22 12:00:00',
      medfee_sumamt: 21187.43,
      inscp_scp_amt: 21187.43,
      hifp_pay: 15000,
      pool_prop_selfpay: '0.8',
      fund_pay_sumamt: 15000,
      psn_cash_pay: 6187.43,
      medins_setl_id: msgid,
    },
    setldetail: [],
  });
}

/** Starts a platform on loopback that speaks the default profile and does as its script says. */
export async function startPlatform(port = 0): Promise<Platform> {
  const received: Received[] = [];
  const script: Record<string, Script> = { '9001': (_request, nth) => signedIn(`S${nth}`) };
  const server = createServer((request, response) => {
    readBody(request)
      .then((raw) => {
        const message = { ...(JSON.parse(raw) as Omit<Received, 'raw' | 'at'>), raw, at: Date.now() };
        received.push(message);
        const nth = received.filter((each) => each.infno === message.infno).length;
        reply(response, (script[message.infno] ?? (() => ok()))(message, nth));
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    received,
    script,
    of: (infno) => received.filter((each) => each.infno === infno),
    close: () => closeServer(server),
  };
}

function reply(response: ServerResponse, answer: Reply): void {
  if ('act' in answer) {
    if (answer.act === 'reset') response.socket?.resetAndDestroy();
    if (answer.act === 'cutOff') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
      response.write('{"infcode":0,"inf_refm', () => response.socket?.destroy());
    }
    return;
  }
  if ('body' in answer) {
    response.writeHead(answer.status ?? 200, { 'content-type': answer.type ?? 'application/json', ...answer.headers });
    response.end(answer.body);
    return;
  }
  setTimeout(() => {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(answer.json));
  }, answer.delayMs ?? 0);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
