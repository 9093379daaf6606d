import { formatDateTime } from '../../domain/calendar';
import { HOSPITAL, demoFees, openRig, type Rig } from '../support/admission-rig';
import { codeOf, done, expectBooksAgree, expectReadModelEqualsState, liveAtCentre, openAbnormal, SETTLE, walk } from '../support/stay-walk';
import { AbnormalItem, Admission } from '../../store/entities';

/** What time alone brings about, and answers that take long to be learned; time is skipped. */
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let rig: Rig;
beforeAll(async () => {
  rig = await openRig({
    time: 'skipping',
    timeoutMs: 700,
    rules: { feesOverdueDays: 3, settlementOverdueHours: 24, maxStayDaysPerSettlement: 10, keepOpenDays: 30 },
  });
}, 120_000);
afterAll(() => rig.close(), 60_000);
afterEach(() => rig.faults());

describe('deadlines', () => {
  test('no fees for three days: alarm and abnormal item, cleared by the next upload', async () => {
    const stay = await admitted();
    const { lastUploadAt } = (await rig.state(stay.iptNo)).fees;
    expect(await dueAt(stay.iptNo)).toBe((lastUploadAt ?? 0) + 3 * DAY_MS);
    await rig.advance(3 * DAY_MS - HOUR_MS);
    expect(await alarms(stay.iptNo)).toEqual([[], []]);
    await rig.advance(2 * HOUR_MS);
    expect(await alarms(stay.iptNo)).toEqual([['FEES_OVERDUE'], ['FEES_OVERDUE']]);
    expect(await rig.handle(stay.iptNo).query('waitsFor')).toBe('费用上传逾期');
    expect(await dueAt(stay.iptNo)).toBe((lastUploadAt ?? 0) + 3 * DAY_MS);
    await stay.upload(fees());
    expect(await dueAt(stay.iptNo)).toBeGreaterThan(rig.now());
    expect(await alarms(stay.iptNo)).toEqual([[], []]);
    const [item] = await rig.store.read((manager) => manager.findBy(AbnormalItem, { workflowId: `admission/${HOSPITAL}/${stay.iptNo}` }));
    expect(item).toMatchObject({ code: 'FEES_OVERDUE', state: 'closed', resolution: '已办理' });
    // And it comes again.
    await rig.advance(3 * DAY_MS + HOUR_MS);
    expect(await alarms(stay.iptNo)).toEqual([['FEES_OVERDUE'], ['FEES_OVERDUE']]);
    await end(stay);
  }, 60_000);

  test('a long stay is due for a mid-stay settlement, which clears it', async () => {
    const stay = await admitted();
    for (let day = 0; day < 5; day += 1) {
      await stay.upload(fees(`d${day}-`));
      await rig.advance(2 * DAY_MS + HOUR_MS);
    }
    expect(await alarms(stay.iptNo)).toEqual([['MID_STAY_DUE'], ['MID_STAY_DUE']]);
    done(await rig.command(stay.iptNo, 'settle', { credential: stay.patient.credential, ...SETTLE, midSetlFlag: '1' }));
    expect(await alarms(stay.iptNo)).toEqual([[], []]);
    await end(stay);
  }, 60_000);

  test('discharged and not settled within a day: alarm, cleared by the settlement; 30 days later the workflow ends', async () => {
    const stay = await admitted();
    await stay.upload(fees());
    await stay.discharge({ ...stay.patient, discharge: { ...stay.patient.discharge, endtime: formatDateTime(rig.now()) } });
    await rig.advance(25 * HOUR_MS);
    expect(await alarms(stay.iptNo)).toEqual([['SETTLEMENT_OVERDUE'], ['SETTLEMENT_OVERDUE']]);
    expect(await dueAt(stay.iptNo)).toBeLessThan(rig.now());
    const settled = await stay.settle();
    expect(await alarms(stay.iptNo)).toEqual([[], []]);
    expect(await dueAt(stay.iptNo)).toBeNull();
    await agree(stay.iptNo);
    await rig.advance(29 * DAY_MS);
    expect((await rig.handle(stay.iptNo).describe()).status.name).toBe('RUNNING');
    await rig.advance(2 * DAY_MS);
    expect(await rig.handle(stay.iptNo).result()).toEqual({ stage: 'settled', settlements: [settled['setlId']] });
  }, 60_000);
});

describe('answers that take long to learn', () => {
  test('2401 lost and the query down: waits, an abnormal item after three looks, no second admission; then resolves', async () => {
    const stay = walk(rig, 'B', { iptNo: nextNumber() });
    await rig.faults(lost('2401'), { infno: '5303', kind: 'http503', times: 24 });
    const admitting = rig.admit(patientNow(stay));
    await passing(admitting);
    done(await admitting);
    expect(await countAtCentre('2401', stay.iptNo)).toBe(1);
    expect(await openAbnormal(rig, stay.iptNo)).toEqual([]);
    expect(await closedAbnormal(stay.iptNo)).toEqual(['OUTCOME_UNKNOWN']);
    await end(stay);
  }, 60_000);

  test('2305 lost and the query down: not sent again, an abnormal item after three looks; then resolves', async () => {
    const stay = await admitted('B');
    await stay.upload(fees());
    const interim = done(await rig.command(stay.iptNo, 'settle', { credential: stay.patient.credential, ...SETTLE, midSetlFlag: '1' }));
    await rig.faults(lost('2305'), { infno: '5203', kind: 'http503', times: 24 });
    const cancelling = rig.command(stay.iptNo, 'cancelSettlement', { setlId: interim['setlId'], reason: '测试' });
    await passing(cancelling);
    done(await cancelling);
    expect(await countAtCentre('2305', stay.iptNo)).toBe(1);
    expect(await closedAbnormal(stay.iptNo)).toEqual(['OUTCOME_UNKNOWN']);
    expect(await liveAtCentre(rig)).not.toContain(interim['setlId']);
    await end(stay);
  }, 60_000);

  test('2601 lost twice and the centre down for a while: one settlement in the end, the items closed', async () => {
    const stay = await admitted('B');
    await stay.upload(fees());
    await stay.discharge({ ...stay.patient, discharge: { ...stay.patient.discharge, endtime: formatDateTime(rig.now()) } });
    await rig.faults(lost('2304'), { ...lost('2601'), times: 2 }, { infno: '2601', nth: 3, times: 3, kind: 'http503' });
    const settling = stay.trySettle();
    await passing(settling);
    const settled = done(await settling);
    expect(await countAtCentre('2304', stay.iptNo)).toBe(2);
    expect(await liveAtCentre(rig)).toContain(settled['setlId']);
    expect(await closedAbnormal(stay.iptNo)).toEqual(['OUTCOME_UNKNOWN', 'SETTLEMENT_UNKNOWN']);
    await end(stay);
  }, 60_000);
});

test('an admission that never came through leaves no workflow open', async () => {
  const stay = walk(rig, 'A', { iptNo: nextNumber() });
  await rig.faults({ infno: '1101', kind: 'http503', times: 500 });
  const admitting = rig.admit(patientNow(stay));
  await passing(admitting);
  expect(codeOf(await admitting)).toBe('PLATFORM_UNREACHABLE');
  expect(await rig.handle(stay.iptNo).result()).toEqual({ stage: 'refused', settlements: [] });
}, 60_000);

let numbers = 0;
function nextNumber(): string {
  numbers += 1;
  return `ZYTIME${numbers}`;
}

function patientNow(stay: ReturnType<typeof walk>) {
  return { ...stay.patient, admission: { ...stay.patient.admission, begntime: formatDateTime(rig.now()) } };
}

async function admitted(name = 'A') {
  const stay = walk(rig, name, { iptNo: nextNumber() });
  done(await rig.admit(patientNow(stay)));
  return stay;
}

/** Two plain lines of today. */
function fees(prefix = ''): Record<string, string>[] {
  const [line] = demoFees('A');
  return ['1', '2'].map((sn) => ({ ...line, feedetl_sn: `${prefix}${sn}`, fee_ocur_time: formatDateTime(rig.now()) }));
}

/** Time passes in steps of ten seconds until the work is done. */
async function passing(work: Promise<unknown>): Promise<void> {
  let over = false;
  const watched = work.finally(() => {
    over = true;
  });
  for (let step = 0; !over; step += 1) {
    if (step > 2_000) throw new Error('it takes longer than five hours');
    await rig.advance(10_000);
    await Promise.race([watched, new Promise((resolve) => setTimeout(resolve, 60))]);
  }
}

/** Alarms of the state, and open abnormal items. */
async function alarms(iptNo: string): Promise<[readonly string[], readonly string[]]> {
  await expectReadModelEqualsState(rig, iptNo);
  return [(await rig.state(iptNo)).alarms, await openAbnormal(rig, iptNo)];
}

/** By when somebody shall act, as lists show it. */
async function dueAt(iptNo: string): Promise<number | null> {
  return (await rig.store.read((manager) => manager.findOneByOrFail(Admission, { id: `${HOSPITAL}/${iptNo}/1` }))).dueAt;
}

async function closedAbnormal(iptNo: string): Promise<string[]> {
  const rows = await rig.store.read((manager) => manager.findBy(AbnormalItem, { workflowId: `admission/${HOSPITAL}/${iptNo}`, state: 'closed' }));
  return rows.map((row) => row.code).sort();
}

async function countAtCentre(infno: string, iptNo: string): Promise<number> {
  const sent = await rig.store.read((manager) => manager.query(`SELECT msgid FROM message WHERE workflow_id = 'admission/${HOSPITAL}/${iptNo}'`));
  const ours = new Set((sent as { msgid: string }[]).map((row) => row.msgid));
  return (await rig.records<{ msgid: string; infno: string }>('messages')).filter((row) => row.infno === infno && ours.has(row.msgid)).length;
}

async function agree(iptNo: string): Promise<void> {
  await expectBooksAgree(rig);
  await expectReadModelEqualsState(rig, iptNo);
}

async function end(stay: ReturnType<typeof walk>): Promise<void> {
  await agree(stay.iptNo);
  await stay.cancelAdmission();
  await expectBooksAgree(rig);
  expect(await openAbnormal(rig, stay.iptNo)).toEqual([]);
}

function lost(infno: string): object {
  return { infno, phase: 'after-commit', kind: 'reset' };
}
