import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import { ADMISSION_COMMANDS, type AdmissionCommand } from '../../domain/admission/types';
import { TimelineEvent } from '../../store/entities';
import { HOSPITAL, demoFees, demoPatient, openRig, type Rig } from '../support/admission-rig';
import { storeUpload } from '../support/demo-data';
import { codeOf, done, expectBooksAgree, expectReadModelEqualsState, SELF_PAYING, SETTLE, walk } from '../support/stay-walk';

/** The same commands as signals: an operator may send them from Temporal's own tools, and nobody hears the answer. */
let rig: Rig;
beforeAll(async () => {
  rig = await openRig({ timeoutMs: 700 });
}, 120_000);
afterAll(() => rig.close(), 60_000);

test('a whole stay and its undoing by signals alone, each with the effect of the update', async () => {
  const stay = walk(rig, 'A', { iptNo: 'ZYSIGNAL1' });
  const { iptNo, patient } = stay;
  const { credential } = patient;
  const { endtime, ...form } = patient.discharge;
  const given: AdmissionCommand[] = [];
  const give = async (name: AdmissionCommand, payload: object): Promise<void> => {
    const { version } = await rig.state(iptNo);
    given.push(name);
    await rig.signal(iptNo, name, payload);
    await until(async () => (await rig.state(iptNo)).version > version);
  };
  const state = () => rig.state(iptNo);

  await stay.admit();
  await give('recordDeposit', { amountFen: 800000, method: 'cash', receiptNo: 'R1' });
  await give('refundDeposit', { amountFen: 1, method: 'cash', receiptNo: 'R2' });
  expect((await state()).deposit).toBe(799999);
  await give('uploadFees', await storeUpload(rig.store, { admissionId: `${HOSPITAL}/${iptNo}/1`, rows: demoFees('A') }));
  expect((await state()).fees).toMatchObject({ uploaded: 9, refused: 1 });
  await give('withdrawFees', { feedetlSns: ['A01'] });
  expect((await state()).fees.uploaded).toBe(8);
  await give('amendAdmission', { form: { adm_bed: '血管-13' }, diagnoses: patient.diagnoses });
  await give('preSettle', { credential, ...SETTLE });
  await give('revokePreSettlement', {});
  expect((await state()).preSettlement).toBeNull();
  await give('discharge', { endtime, form, diagnoses: patient.dischargeDiagnoses });
  await give('settle', { credential, ...SETTLE });
  const [settled] = (await state()).settlements;
  expect(settled).toMatchObject({ kind: 'final', medfee_sumamt: 2118743 - 58000 });
  await expectBooksAgree(rig);
  await give('submitList', stay.listOf(settled?.setlId));
  await give('withdrawList', { setlId: settled?.setlId });
  await give('cancelSettlement', { setlId: settled?.setlId, reason: '测试' });
  await give('cancelDischarge', { reason: '测试' });
  expect(await state()).toMatchObject({ stage: 'admitted', endtime: null, deposit: 799999 });
  await expectReadModelEqualsState(rig, iptNo);
  await give('cancelAdmission', { reason: '测试' });
  await expectBooksAgree(rig);
  // Given elsewhere, since they need a lost or a differing answer, or a self-pay stay; admit starts the stay.
  const needed = ADMISSION_COMMANDS.filter((name) => !['admit', 'acceptAmounts', 'resolveUnknown', 'settleSelfPay'].includes(name));
  expect([...given].sort()).toEqual([...needed].sort());
}, 60_000);

test('a self-pay stay is settled by a signal too', async () => {
  const stay = walk(rig, 'A', { ...SELF_PAYING, iptNo: 'ZYSELFSIGNAL' });
  await stay.admit();
  await stay.upload();
  await stay.discharge();
  await rig.signal(stay.iptNo, 'settleSelfPay', { expectedCashFen: 1 });
  await rig.signal(stay.iptNo, 'settleSelfPay', {});
  await until(async () => (await rig.state(stay.iptNo)).stage === 'settled');
  expect((await rig.state(stay.iptNo)).settlements).toEqual([expect.objectContaining({ kind: 'selfPay' })]);
  await expectReadModelEqualsState(rig, stay.iptNo);
  await stay.cancelAdmission();
  await expectBooksAgree(rig);
}, 60_000);

test('what waits for a person is decided by a signal too', async () => {
  const held = walk(rig, 'B', { iptNo: 'ZYSIGNAL2' });
  await held.untilSettlement();
  await held.preSettle();
  await rig.faults({ infno: '2304', kind: 'amountDrift' });
  expect(codeOf(await held.trySettle())).toBe('SETTLEMENT_HELD');
  const setlId = (await rig.state(held.iptNo)).held?.ref.setlId;
  await rig.signal(held.iptNo, 'acceptAmounts', { setlId });
  await until(async () => (await rig.state(held.iptNo)).stage === 'settled');
  await expectBooksAgree(rig);
  await held.cancelAdmission();

  const unknown = walk(rig, 'B', { iptNo: 'ZYSIGNAL3' });
  await unknown.untilSettlement();
  await rig.faults({ infno: '2304', phase: 'after-commit', kind: 'reset' }, { infno: '2601', kind: 'businessError', text: '[冲正]暂不允许冲正' });
  expect(codeOf(await unknown.trySettle())).toBe('OUTCOME_UNKNOWN');
  const msgid = (await rig.state(unknown.iptNo)).unknown?.msgid;
  await rig.signal(unknown.iptNo, 'resolveUnknown', { msgid, decision: 'abandon', reason: '测试' });
  await until(async () => (await rig.state(unknown.iptNo)).unknown === null);
  done(await unknown.trySettle());
  await expectBooksAgree(rig);
  await unknown.cancelAdmission();
}, 60_000);

test('refused, malformed and unencrypted signals change nothing and stand on the timeline', async () => {
  const stay = walk(rig, 'A', { iptNo: 'ZYSIGNAL4' });
  await stay.admit();
  const { iptNo } = stay;
  const before = await rig.state(iptNo);
  const handle = rig.client.workflow.getHandle(`admission/${HOSPITAL}/${iptNo}`);
  const envelope = { commandId: 'S1', operator: { id: 'C001', name: '示例收费员', type: '1' } };
  const sent: [string, unknown, string][] = [
    // signal            argument                                                             what the timeline says
    ['settle',           { ...envelope, payload: { credential: stay.patient.credential, ...SETTLE } }, '请先办理出院'],
    ['recordDeposit',    { ...envelope, payload: { amountFen: -5, method: 'cash', receiptNo: 'R' } },  'amountFen'],
    ['recordDeposit',    { ...envelope, payload: { amountFen: 1.5, method: 'cash', receiptNo: 'R' } }, 'amountFen'],
    ['recordDeposit',    { ...envelope, payload: { amountFen: 5, method: 'gold', receiptNo: 'R' } },   'method'],
    ['recordDeposit',    { payload: {} },                                                             '指令格式不正确'],
    ['recordDeposit',    { ...envelope, commandId: 'x'.repeat(57), payload: {} },                     '指令格式不正确'],
    ['recordDeposit',    null,                                                                        '指令格式不正确'],
    ['recordDeposit',    'recordDeposit',                                                             '指令格式不正确'],
    ['withdrawFees',     { ...envelope, payload: { feedetlSns: [1] } },                               'feedetlSns'],
    ['cancelAdmission',  { ...envelope, payload: {} },                                                'reason'],
  ];
  for (const [name, argument] of sent) await handle.signal(name, argument);
  await handle.signal('recordDeposit');
  // Whoever reaches Temporal without the key sends plain JSON: it never reaches the code.
  const plain = new Client({ connection: rig.env.connection, namespace: rig.env.namespace });
  const wellFormed = { ...envelope, payload: { amountFen: 5, method: 'cash', receiptNo: 'R' } };
  await plain.workflow.getHandle(handle.workflowId).signal('recordDeposit', wellFormed);
  const texts = [...sent.map(([, , text]) => text), '指令格式不正确', '指令格式不正确'];
  await until(async () => (await rig.state(iptNo)).version === before.version + texts.length);

  const rows = await rig.store.read((manager) =>
    manager.find(TimelineEvent, { where: { admissionId: `${HOSPITAL}/${iptNo}/1`, kind: 'signalRefused' }, order: { seq: 'ASC' } }),
  );
  expect(rows.map((row) => row.text)).toEqual(texts.map((text) => expect.stringContaining(text)));
  expect(await rig.state(iptNo)).toEqual({ ...before, version: before.version + texts.length });
  await expectReadModelEqualsState(rig, iptNo);
  await expectBooksAgree(rig);
  // The same as an update is refused to its caller and leaves no trace.
  expect(codeOf(await rig.command(iptNo, 'recordDeposit', { amountFen: 0, method: 'cash', receiptNo: 'R' }))).toBe('COMMAND_MALFORMED');
  await stay.cancelAdmission();
}, 60_000);

test('the same command by update and by signal, at once and later, happens once', async () => {
  const stay = walk(rig, 'A', { iptNo: 'ZYSIGNAL5' });
  await stay.admit();
  const payload = { amountFen: 700, method: 'cash', receiptNo: 'R1' };
  const id = randomUUID();
  const [first] = await Promise.all([
    rig.command(stay.iptNo, 'recordDeposit', payload, id),
    rig.signal(stay.iptNo, 'recordDeposit', payload, id),
    rig.signal(stay.iptNo, 'recordDeposit', payload, id),
  ]);
  await rig.signal(stay.iptNo, 'recordDeposit', payload, id);
  const again = await rig.command(stay.iptNo, 'recordDeposit', payload, id);
  expect(again).toEqual(first);
  expect((await rig.state(stay.iptNo)).deposit).toBe(700);
  await expectReadModelEqualsState(rig, stay.iptNo);
  await expectBooksAgree(rig);
  await stay.cancelAdmission();
}, 60_000);

test('a request to cancel the workflow does not cut the stay', async () => {
  const stay = walk(rig, 'A', { iptNo: 'ZYSIGNAL6' });
  await stay.admit();
  await stay.upload();
  await stay.discharge();
  await rig.faults({ infno: '2304', phase: 'before-commit', kind: 'delay', ms: 500 });
  const settling = stay.trySettle();
  await rig.handle(stay.iptNo).cancel();
  done(await settling);
  expect((await rig.handle(stay.iptNo).describe()).status.name).toBe('RUNNING');
  expect(await rig.state(stay.iptNo)).toMatchObject({ stage: 'settled' });
  await expectBooksAgree(rig);
  await stay.cancelAdmission();
  await expectBooksAgree(rig);
  expect(await rig.handle(stay.iptNo).result()).toMatchObject({ stage: 'cancelled' });
}, 60_000);

test('a stream of commands and signals while the run rolls over: none is lost, none happens twice', async () => {
  const stay = walk(rig, 'A', { iptNo: 'ZYSIGNAL7' });
  await stay.admit();
  const payload = { amountFen: 100, method: 'cash', receiptNo: 'R1' };
  const firstRun = (await rig.handle(stay.iptNo).describe()).runId;
  const results = new Map<string, unknown>();
  let given = 0;
  for (let after = 0; after < 4; ) {
    const ids = Array.from({ length: 6 }, () => randomUUID());
    const updates = ids.map(async (id) => results.set(id, done(await rig.command(stay.iptNo, 'recordDeposit', payload, id))));
    const signals = Array.from({ length: 2 }, () => rig.signal(stay.iptNo, 'recordDeposit', payload));
    await Promise.all([...updates, ...signals]);
    given += ids.length + signals.length;
    if ((await rig.handle(stay.iptNo).describe()).runId !== firstRun) after += 1;
  }
  await until(async () => (await rig.state(stay.iptNo)).deposit === given * payload.amountFen);
  for (const id of [...results.keys()].slice(-10)) {
    expect(done(await rig.command(stay.iptNo, 'recordDeposit', payload, id))).toEqual(results.get(id));
  }
  expect((await rig.state(stay.iptNo)).deposit).toBe(given * payload.amountFen);
  await expectReadModelEqualsState(rig, stay.iptNo);
  await expectBooksAgree(rig);
}, 120_000);

test('books ahead of the workflow: what was committed and never heard of is caught up with', async () => {
  const stay = walk(rig, 'B', { iptNo: 'ZYSIGNAL8' });
  await stay.admit();
  await stay.pay();
  const behind = await rig.state(stay.iptNo);
  await stay.upload();
  const ahead = await rig.state(stay.iptNo);
  // A run of its own that only knows the stay as it was opened, as after a lost workflow task.
  await rig.handle(stay.iptNo).terminate('测试');
  const again = await rig.admit({ ...demoPatient('B'), iptNo: stay.iptNo });
  expect(codeOf(again)).toBe('WRONG_STEP');
  expect(behind.version).toBeLessThan(ahead.version);
  expect(await rig.state(stay.iptNo)).toEqual(ahead);
  // The same for a command that no longer fits, because it was done: given again, it has its first result.
  const { endtime, ...form } = stay.patient.discharge;
  const discharge = { endtime, form, diagnoses: stay.patient.dischargeDiagnoses };
  const first = done(await rig.command(stay.iptNo, 'discharge', discharge, 'DISCHARGE-1'));
  await rig.handle(stay.iptNo).terminate('测试');
  await rig.admit({ ...demoPatient('B'), iptNo: stay.iptNo });
  expect(done(await rig.command(stay.iptNo, 'discharge', discharge, 'DISCHARGE-1'))).toEqual(first);
  expect(codeOf(await rig.command(stay.iptNo, 'discharge', discharge))).toBe('WRONG_STEP');
  const settled = await stay.settle();
  expect(settled).toMatchObject({ psn_cash_pay: stay.patient.expected.setlinfo['psn_cash_pay'] });
  await expectBooksAgree(rig);
  await expectReadModelEqualsState(rig, stay.iptNo);
}, 60_000);

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('it did not come about in fifteen seconds');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
