import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { FirstLogIn } from '../../activities/people/set-up';
import { totpCode } from '../../activities/people/totp';
import { demoLogInsPath } from '../../cli/demo-people';
import { startStack, type TestStack } from '../support/stack';

/** The whole way on everything running: a case opened over the API, signed by `npm run sign`, given by the Temporal command line. */

let stack: TestStack;
let logIns: readonly FirstLogIn[];
let steps = 0;

beforeAll(async () => {
  stack = await startStack();
  logIns = (JSON.parse(readFileSync(demoLogInsPath(stack.dataDir), 'utf8')) as { logIns: FirstLogIn[] }).logIns;
}, 120_000);
afterAll(async () => {
  await stack?.stop();
}, 60_000);

function logInOf(login: string): FirstLogIn {
  const found = logIns.find((each) => each.login === login);
  if (!found) throw new Error(`no log-in ${login}`);
  return found;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
async function ask(path: string, token: string | null, body?: object): Promise<{ status: number; body: any }> {
  const [method = 'GET', target = '/'] = path.split(' ');
  steps += 1;
  const headers: Record<string, string> = {
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': `sign-${steps}` }),
  };
  const answer = await fetch(`${stack.api}${target}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: answer.status, body: await answer.json() };
}

async function enter(login: string): Promise<string> {
  const { password, totpSecret } = logInOf(login);
  const first = await ask('POST /v1/session', null, { login, password });
  const second = await ask('POST /v1/session/second-factor', null, { challenge: first.body.challenge, code: totpCode(totpSecret, Date.now()) });
  expect(second.status).toBe(200);
  return second.body.token;
}

/** Runs a program to its end with these lines on its standard input. */
async function run(command: string, args: readonly string[], input: string, env: NodeJS.ProcessEnv): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk.toString('utf8')));
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  return { code, out: out.join(''), err: err.join('') };
}

function sign(login: string, caseNo: string, secrets: readonly string[], more: readonly string[] = ['--yes']): ReturnType<typeof run> {
  const args = ['dist/cli/sign.js', '--login', login, '--case', caseNo, '--step', 'review', '--act', 'approve', '--opinion', "同意 it's", '--api', stack.api, ...more];
  return run(process.execPath, args, `${secrets.join('\n')}\n`, stack.env);
}

test('two people change a right; the second signs at the command line', async () => {
  const administrator = await enter('sheng-guanli-1');
  const form = { change: 'assignRole', userId: 'sheng-tongji-1', role: 'issueHandler', division: '990000', reason: '示例变更' };
  const open = (given: object) => ask('POST /v1/office-cases', administrator, { definition: 'people-change', division: '990000', submit: true, form: given });
  const own = await open({ ...form, userId: 'sheng-guanli-1', role: 'statistician' });
  expect([own.status, own.body.code]).toEqual([403, 'SELF_BENEFIT']);
  const opened = await open(form);
  expect([opened.status, opened.body.step]).toEqual([201, 'review']);
  const { caseNo } = opened.body as { caseNo: string };

  const { password, totpSecret } = logInOf('sheng-anquan-1');
  const wrong = await sign('sheng-anquan-1', caseNo, ['not the password', '000000']);
  expect([wrong.code, wrong.out, wrong.err]).toEqual([1, '', expect.stringContaining('LOGIN_FAILED')]);
  const signed = await sign('sheng-anquan-1', caseNo, [password, totpCode(totpSecret, Date.now())]);
  expect([signed.code, signed.err]).toEqual([0, expect.stringContaining('userId：sheng-tongji-1')]);
  expect(signed.out + signed.err).not.toContain(password);

  const [decision = '', command = ''] = signed.out.trim().split('\n\n');
  expect(decision).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  const program = process.env['TEMPORAL_CLI_PATH'] ?? '';
  const signal = (text: string) => run('bash', ['-c', text.replace(/^temporal /, `'${program}' `)], '', { ANJIE_OPS_TOKEN: stack.tokens.ops });
  // Under the same signature, another opinion: recorded as refused, and nothing moves.
  const forged = command.replace('同意 it', '不同意 it').replace(/"commandId":"[^"]+"/, '"commandId":"forged"');
  expect((await signal(forged)).code).toBe(0);
  expect((await signal(command)).code).toBe(0);
  const deadline = Date.now() + 20_000;
  for (let status = ''; status !== 'effective'; status = (await ask(`GET /v1/office-cases/${caseNo}`, administrator)).body.status) {
    if (Date.now() > deadline) throw new Error(`the case is still ${status}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const timeline = await ask(`GET /v1/office-cases/${caseNo}/timeline`, administrator);
  expect(timeline.body.items.map(({ refusalCode }: { refusalCode: string | null }) => refusalCode)).toContain('DECISION_INVALID');
  const posts = await ask('GET /v1/people/assignments?userId=sheng-tongji-1', administrator);
  expect(posts.body.items[0]).toMatchObject({ role: 'issueHandler', grantedBy: expect.stringContaining(caseNo) });
  const audit = await ask('GET /v1/people/audit?limit=100', administrator);
  expect(audit.body.items.map(({ event }: { event: string }) => event)).toEqual(expect.arrayContaining(['decision.signed', 'people.changed', 'session.failed']));
}, 120_000);

test('without --yes a pipe signs nothing, and without its words the program says how it is used', async () => {
  const { password, totpSecret } = logInOf('shi01-anquan-1');
  const asked = await sign('shi01-anquan-1', 'people-change-990000-2026-0001', [password, totpCode(totpSecret, Date.now())], []);
  expect([asked.code, asked.out]).toEqual([1, '']);
  expect((await run(process.execPath, ['dist/cli/sign.js'], '', stack.env)).code).toBe(2);
}, 60_000);
