import type { Client } from '@temporalio/client';
import { CommandDesk } from '../../api/commands';
import { Sweeper } from '../../api/sweeper';
import { EXAMPLE_CREDENTIAL, EXAMPLE_DIAGNOSIS, EXAMPLE_FORM } from '../../api/examples';
import { createLogger } from '../../runtime/logger';
import { AbnormalItem, Command } from '../../store/entities';
import { ask, clientOf, describeOnSqlite, type Ground, type Instance, openGround, startInstance, startTemporal, type TemporalForTests, INSTITUTION } from './harness';

let ground: Ground;
let temporal: TemporalForTests;
let client: Client;
let api: Instance;

beforeAll(async () => {
  ground = await openGround();
  temporal = await startTemporal(ground);
  client = clientOf(ground, temporal);
  api = await startInstance(ground, client);
}, 120_000);

afterAll(async () => {
  await api?.stop();
  await temporal?.stop();
  await ground?.close();
}, 60_000);

function admitBody(iptNo: string) {
  return {
    iptNo, credential: EXAMPLE_CREDENTIAL, insutype: '310', medType: '21', begntime: '2026-11-02 15:20:00',
    form: EXAMPLE_FORM, diagnoses: [EXAMPLE_DIAGNOSIS],
  };
}

async function admitted(iptNo: string): Promise<void> {
  const answer = await ask(api, 'POST /v1/admissions', { token: ground.clerk, key: `admit-${iptNo}`, body: admitBody(iptNo) });
  expect([answer.status, answer.body]).toEqual([201, expect.objectContaining({ status: 'done' })]);
}

const deposit = (receiptNo: string, amountFen = 100) => ({ amountFen, method: 'cash', receiptNo });

const carriedOut = (iptNo: string): Promise<readonly string[]> =>
  client.workflow.getHandle(`admission/${INSTITUTION}/${iptNo}`).query<readonly string[]>('carriedOut');

const rowsOf = (iptNo: string): Promise<Command[]> =>
  ground.store.read((manager) => manager.findBy(Command, { workflowId: `admission/${INSTITUTION}/${iptNo}` }));

const abnormalOf = (commandId: string): Promise<AbnormalItem[]> => ground.store.read((manager) => manager.findBy(AbnormalItem, { subject: commandId }));

async function until<T>(look: () => Promise<T>, fits: (value: T) => boolean, ms = 15_000): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const value = await look();
    if (fits(value)) return value;
    if (Date.now() > deadline) throw new Error(`not in time; last seen: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('idempotency', () => {
  test('same key and body: the first answer, and a header that says so; nothing is done twice', async () => {
    await admitted('IDEM1');
    const send = () => ask(api, 'POST /v1/admissions/IDEM1/deposits', { token: ground.clerk, key: 'dep-1', body: deposit('R1') });
    const first = await send();
    const second = await send();
    expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([200, null]);
    expect([second.status, second.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
    expect(second.body).toEqual(first.body);
    expect(await carriedOut('IDEM1')).toHaveLength(2);
  });

  test('the order of members does not matter, another body is a conflict, another operator too', async () => {
    await admitted('IDEM2');
    const path = 'POST /v1/admissions/IDEM2/deposits';
    await ask(api, path, { token: ground.clerk, key: 'dep-2', body: deposit('R2') });
    const reordered = await ask(api, path, { token: ground.clerk, key: 'dep-2', raw: '{"receiptNo":"R2", "method":"cash","amountFen":100}' });
    expect([reordered.status, reordered.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
    const other = await ask(api, path, { token: ground.clerk, key: 'dep-2', body: deposit('R2', 101) });
    expect([other.status, other.body.code]).toEqual([409, 'IDEMPOTENCY_KEY_REUSED']);
    const colleague = await ground.tokens.issueDevToken({ sub: '0102', name: '同事', institution: INSTITUTION, roles: [], expiresIn: '1h' });
    const byOther = await ask(api, path, { token: colleague, key: 'dep-2', body: deposit('R2') });
    expect([byOther.status, byOther.body.code]).toEqual([409, 'IDEMPOTENCY_KEY_REUSED']);
    expect(await carriedOut('IDEM2')).toHaveLength(2);
  });

  test('one key twenty times at once: one command', async () => {
    await admitted('IDEM3');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ask(api, 'POST /v1/admissions/IDEM3/deposits', { token: ground.clerk, key: 'dep-3', body: deposit('R3') })),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    expect(new Set(answers.map((answer) => answer.body.commandId)).size).toBe(1);
    expect(answers.filter((answer) => answer.headers.get('idempotency-replayed') === null)).toHaveLength(1);
    expect(await carriedOut('IDEM3')).toHaveLength(2);
  });

  test('a refusal is repeated as a refusal, with the words of the platform', async () => {
    await admitted('IDEM4');
    const send = () => ask(api, 'POST /v1/admissions/IDEM4/deposits', { token: ground.clerk, key: 'dep-4', body: deposit('REFUSE-1') });
    const first = await send();
    expect([first.status, first.body.code, first.body['platform']]).toEqual([422, 'PLATFORM_REFUSED', { infno: '2304', code: '-2', text: '测试拒绝' }]);
    expect(first.headers.get('content-type')).toContain('application/problem+json');
    const second = await send();
    expect([second.status, second.headers.get('idempotency-replayed'), second.body]).toEqual([422, 'true', first.body]);
  });
});

test('a self-pay settlement asks for no credential and hands on what was announced', async () => {
  await admitted('CASH1');
  const path = 'POST /v1/admissions/CASH1/self-pay-settlement';
  const settled = await ask(api, path, { token: ground.clerk, key: 'cash-1', body: { expectedCashFen: 58_000, invono: 'FP1' } });
  expect(settled.body.result).toMatchObject({ name: 'settleSelfPay', payload: { expectedCashFen: 58_000, invono: 'FP1' } });
  expect((await ask(api, path, { token: ground.clerk, key: 'cash-2', body: {} })).body.result).toMatchObject({ payload: {} });
  const wrong = await ask(api, path, { token: ground.clerk, key: 'cash-3', body: { credential: EXAMPLE_CREDENTIAL } });
  expect([wrong.status, wrong.body.code]).toEqual([400, 'FIELD_INVALID']);
});

describe('refusals and faults of the workflow', () => {
  test('a validator’s refusal keeps its code and leaves no trace', async () => {
    await admitted('REJ1');
    const answer = await ask(api, 'POST /v1/admissions/REJ1/deposits', { token: ground.clerk, key: 'rej-1', body: deposit('REJECT') });
    expect([answer.status, answer.body.code, answer.body['detail']]).toEqual([409, 'WRONG_STEP', '当前不能办理']);
    expect(await carriedOut('REJ1')).toHaveLength(1);
  });

  test('a command that breaks says so under its number and is not tried again', async () => {
    await admitted('REJ2');
    const answer = await ask(api, 'POST /v1/admissions/REJ2/deposits', { token: ground.clerk, key: 'rej-2', body: deposit('BREAK') });
    expect([answer.status, answer.body.code, typeof answer.body.commandId]).toEqual([500, 'COMMAND_FAILED', 'string']);
    const incident = /[0-9a-f-]{36}/.exec(String(answer.body['detail']))?.[0];
    expect(incident).toBeDefined();
    expect(await abnormalOf(String(answer.body.commandId))).toEqual([
      expect.objectContaining({ code: 'COMMAND_FAILED', state: 'open', process: 'admission', title: expect.stringContaining(incident ?? '?') }),
    ]);
    const listed = await ask(api, 'GET /v1/abnormal-items', { token: ground.clerk });
    expect(listed.body.items).toContainEqual(expect.objectContaining({ code: 'COMMAND_FAILED', subject: answer.body.commandId }));
    expect((await ask(api, 'GET /v1/abnormal-items', { token: ground.otherClerk })).body.items).toEqual([]);
  });

  test('a business refusal is no abnormal item', async () => {
    await admitted('REJ3');
    const answer = await ask(api, 'POST /v1/admissions/REJ3/deposits', { token: ground.clerk, key: 'rej-3', body: deposit('REFUSE-3') });
    expect(answer.body.code).toBe('PLATFORM_REFUSED');
    expect(await abnormalOf(String(answer.body.commandId))).toEqual([]);
  });

  test('a closed stay takes no more commands', async () => {
    await admitted('END1');
    await ask(api, 'POST /v1/admissions/END1/cancellation', { token: ground.clerk, key: 'end-1', body: { reason: '登记有误' } });
    const answer = await ask(api, 'POST /v1/admissions/END1/deposits', { token: ground.clerk, key: 'end-2', body: deposit('R') });
    expect([answer.status, answer.body.code]).toEqual([409, 'ADMISSION_ENDED']);
  });

  test('a number that is registered is not registered again under another key', async () => {
    await admitted('DUP1');
    const answer = await ask(api, 'POST /v1/admissions', { token: ground.clerk, key: 'dup-other', body: admitBody('DUP1') });
    expect([answer.status, answer.body.code]).toEqual([409, 'ADMISSION_EXISTS']);
  });
});

describeOnSqlite('waiting', () => {
  test('202 with the place to ask; the result is there later; a repeat then gets it', async () => {
    await admitted('WAIT1');
    const path = 'POST /v1/admissions/WAIT1/deposits';
    const accepted = await ask(api, path, { token: ground.clerk, key: 'wait-1', body: deposit('HOLD-1'), prefer: 'wait=1' });
    expect([accepted.status, accepted.headers.get('preference-applied')]).toEqual([202, 'wait=1']);
    const place = accepted.headers.get('location') ?? '';
    expect((await ask(api, `GET ${place}`, { token: ground.clerk })).body.status).toBe('accepted');
    expect((await ask(api, `GET ${place}`, { token: ground.otherClerk })).status).toBe(404);

    await client.workflow.getHandle(`admission/${INSTITUTION}/WAIT1`).signal('release');
    const done = await until(() => ask(api, `GET ${place}`, { token: ground.clerk }), (answer) => answer.body.status === 'done');
    expect(done.body.result).toMatchObject({ name: 'recordDeposit' });
    const repeat = await ask(api, path, { token: ground.clerk, key: 'wait-1', body: deposit('HOLD-1') });
    expect([repeat.status, repeat.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
  });

  test('eight commands of one stay under way: the ninth hears 429 with Retry-After, and nothing of it is stored', async () => {
    await admitted('FULL1');
    const send = (n: number) =>
      ask(api, 'POST /v1/admissions/FULL1/deposits', { token: ground.clerk, key: `full-${n}`, body: deposit(`HOLD-${n}`), prefer: 'wait=0' });
    for (let n = 1; n <= 8; n += 1) expect((await send(n)).status).toBe(202);
    const ninth = await send(9);
    expect([ninth.status, ninth.body.code, ninth.headers.get('retry-after')]).toEqual([429, 'TOO_MANY_COMMANDS', '2']);
    expect(await rowsOf('FULL1')).toHaveLength(9);
    await client.workflow.getHandle(`admission/${INSTITUTION}/FULL1`).signal('release');
    await until(() => rowsOf('FULL1'), (rows) => rows.every((row) => row.state === 'done'));
    expect((await send(9)).status).toBe(202);
  });

  test('a process that stops answers 202 to those who wait, and the command goes on elsewhere', async () => {
    await admitted('STOP1');
    const second = await startInstance(ground, client);
    const waiting = ask(second, 'POST /v1/admissions/STOP1/deposits', { token: ground.clerk, key: 'stop-1', body: deposit('HOLD'), prefer: 'wait=30' });
    await until(() => rowsOf('STOP1'), (rows) => rows.length === 2);
    const began = Date.now();
    second.stopping.abort();
    const answer = await waiting;
    expect([answer.status, Date.now() - began < 3_000]).toEqual([202, true]);
    expect((await ask(second, 'POST /v1/admissions/STOP1/deposits', { token: ground.clerk, key: 'stop-2', body: deposit('R') })).body.code).toBe('SHUTTING_DOWN');
    await second.stop();
    await client.workflow.getHandle(`admission/${INSTITUTION}/STOP1`).signal('release');
    await until(() => rowsOf('STOP1'), (rows) => rows.every((row) => row.state === 'done'));
    expect(await carriedOut('STOP1')).toHaveLength(2);
  });
});

describe('the sweeper', () => {
  const leave = async (iptNo: string, id: string, name: string, start: object | null, payload: object): Promise<void> => {
    await ground.store.write((manager) =>
      manager.insert(Command, {
        id, institution: INSTITUTION, idempotencyKey: `left-${id}`, bodyHash: 'x', process: 'admission',
        workflowId: `admission/${INSTITUTION}/${iptNo}`, name, state: 'accepted', leaseUntil: Date.now() - 1,
        payload: { payload, operator: { id: '0101', name: '测试收费员', type: '1' }, start }, result: null, createdAt: Date.now(), doneAt: null,
      }),
    );
  };

  test('an accepted command that nobody delivered is carried out once, whoever of five sweepers gets it', async () => {
    await admitted('SWEEP1');
    await leave('SWEEP1', '11111111-1111-4111-8111-111111111111', 'recordDeposit', null, deposit('R'));
    const logger = createLogger('test', 'silent');
    const sweepers = Array.from({ length: 5 }, () => new Sweeper(new CommandDesk(ground.store, client, logger), logger, 100));
    await Promise.all(sweepers.map((sweeper) => sweeper.start()));
    const rows = await until(() => rowsOf('SWEEP1'), (all) => all.every((row) => row.state === 'done'));
    await Promise.all(sweepers.map((sweeper) => sweeper.stop()));
    expect(rows.map((row) => row.result)).toEqual(rows.map(() => expect.objectContaining({ status: 'done' })));
    expect(await carriedOut('SWEEP1')).toHaveLength(2);
  });

  test('a command that Temporal refuses to take is tried on, and a person is told until it is taken', async () => {
    await admitted('SWEEP3');
    const id = '33333333-3333-4333-8333-333333333333';
    await leave('SWEEP3', id, '', null, deposit('R'));
    const [item] = await until(() => abnormalOf(id), (items) => items.length > 0);
    expect(item).toMatchObject({ code: 'DELIVERY_REFUSED', state: 'open', institution: INSTITUTION, workflowId: `admission/${INSTITUTION}/SWEEP3` });
    expect((await rowsOf('SWEEP3')).find((row) => row.id === id)?.state).not.toBe('done');
    await ground.store.write((manager) => manager.update(Command, { id }, { name: 'recordDeposit', leaseUntil: 1 }));
    await until(() => rowsOf('SWEEP3'), (all) => all.every((row) => row.state === 'done'));
    expect(await abnormalOf(id)).toEqual([expect.objectContaining({ state: 'closed', openedAt: item?.openedAt })]);
  });

  test('an admission that ended before its answer was recorded is not opened a second time', async () => {
    await admitted('SWEEP2');
    const [admit] = await rowsOf('SWEEP2');
    await ask(api, 'POST /v1/admissions/SWEEP2/cancellation', { token: ground.clerk, key: 'sweep2-cancel', body: { reason: '登记有误' } });
    await ground.store.write((manager) => manager.update(Command, { id: admit?.id ?? '' }, { state: 'accepted', result: null, leaseUntil: 1 }));
    const rows = await until(() => rowsOf('SWEEP2'), (all) => all.every((row) => row.state === 'done'));
    expect(rows.find((row) => row.id === admit?.id)?.result).toEqual(admit?.result);
    const runs = [];
    for await (const run of client.workflow.list({ query: `WorkflowId = 'admission/${INSTITUTION}/SWEEP2'` })) runs.push(run.status.name);
    expect(runs).toEqual(['COMPLETED']);
  });
});
