import { randomUUID } from 'node:crypto';
import { formatDate, formatDateTime } from '../../domain/calendar';
import type { SettlementRef } from '../../domain/admission/types';
import { HOSPITAL, openRig, type Rig } from '../support/admission-rig';
import { demoPatient } from '../support/demo-data';
import { historiesOf } from '../support/histories';
import { done, expectBooksAgree, expectReadModelEqualsState, openAbnormal, SETTLE, walk } from '../support/stay-walk';

const DAYS = 400;
const LINES_A_DAY = 50;
const LINE_FEN = 3200;
const DAY_MS = 24 * 3_600_000;
const MOST_EVENTS = 4_000;

let rig: Rig;
beforeAll(async () => {
  rig = await openRig({ time: 'skipping', settings: { rateLimitPerSecond: 1_000 }, timeoutMs: 10_000 });
}, 120_000);
afterAll(() => rig.close(), 60_000);

test('400 days, 20,000 lines, settled at the year end and again: deductible once, history small in every run', async () => {
  const heapBefore = process.memoryUsage().heapUsed;
  const stay = walk(rig, 'A', { iptNo: 'ZYLONG1' });
  const { iptNo, patient } = stay;
  const begntime = formatDateTime(rig.now());
  done(await rig.admit({ ...patient, admission: { ...patient.admission, begntime } }));
  const firstRun = (await rig.handle(iptNo).describe()).runId;
  const settled: SettlementRef[] = [];
  const alarms: string[] = [];
  const deposits = new Deposits(iptNo);
  let [run, day] = [firstRun, formatDate(rig.now())];

  for (let count = 0; count < DAYS; count += 1) {
    await stay.upload(linesOf(count, formatDateTime(rig.now())));
    const { runId, historyLength } = await rig.handle(iptNo).describe();
    if (runId !== run) {
      await deposits.repeatLast();
      run = runId;
    }
    // Shortly before a run rolls over, commands come from all sides.
    if (historyLength > 430) await deposits.burst();
    const before = day;
    day = formatDate(rig.now() + DAY_MS);
    const yearEnds = day.slice(0, 4) !== before.slice(0, 4);
    if (yearEnds || count === 250) {
      if (count === 250) {
        expect(await openAbnormal(rig, iptNo)).toEqual(['MID_STAY_DUE']);
        alarms.push(...(await rig.state(iptNo)).alarms);
      }
      settled.push(done(await rig.command(iptNo, 'settle', interim())) as unknown as SettlementRef);
      expect((await rig.state(iptNo)).alarms).toEqual([]);
      expect(await openAbnormal(rig, iptNo)).toEqual([]);
    }
    await rig.advance(DAY_MS);
  }
  await rig.command(iptNo, 'discharge', { ...dischargeForm(), endtime: formatDateTime(rig.now()) }).then(done);
  settled.push(done(await stay.trySettle()) as unknown as SettlementRef);

  expect(alarms).toEqual(['MID_STAY_DUE']);
  expect(settled.map((ref) => ref.kind)).toEqual(['interim', 'interim', 'final']);
  expect(settled.map((ref) => ref.act_pay_dedc > 0)).toEqual([true, false, false]);
  expect(settled.reduce((sum, ref) => sum + ref.medfee_sumamt, 0)).toBe(DAYS * LINES_A_DAY * LINE_FEN);
  const state = await rig.state(iptNo);
  expect(state).toMatchObject({ stage: 'settled', fees: { uploaded: DAYS * LINES_A_DAY, refused: 0, unsettled: { medfee: 0 } } });
  expect(deposits.total).toBeGreaterThan(0);
  expect(settled.reduce((sum, ref) => sum + ref.depositApplied + ref.depositRefund, 0)).toBe(deposits.total);
  await expectAccumulatorsByYear(settled);
  await expectBooksAgree(rig);
  await expectReadModelEqualsState(rig, iptNo);

  const runs = await historiesOf(rig, `admission/${HOSPITAL}/${iptNo}`, firstRun);
  expect(runs.length).toBeGreaterThan(1);
  for (const history of runs) expect(history.events?.length ?? 0).toBeLessThan(MOST_EVENTS);
  expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(300 * 1024 * 1024);

  // 90 days later nothing more can be asked of the stay and its workflow ends by itself.
  await rig.advance(91 * DAY_MS);
  expect(await rig.handle(iptNo).result()).toEqual({ stage: 'settled', settlements: settled.map((ref) => ref.setlId) });
}, 600_000);

/** Deposits as a test of the desk: many at once, by update and by signal, and the same one again. */
class Deposits {
  total = 0;
  private last: { id: string; result: unknown } | null = null;

  constructor(private readonly iptNo: string) {}

  async burst(): Promise<void> {
    const give = { amountFen: 100, method: 'cash', receiptNo: 'R1' };
    const ids = Array.from({ length: 5 }, () => randomUUID());
    const signals = Array.from({ length: 3 }, () => rig.signal(this.iptNo, 'recordDeposit', give));
    const results = await Promise.all(ids.map(async (id) => done(await rig.command(this.iptNo, 'recordDeposit', give, id))));
    await Promise.all(signals);
    this.total += 8 * give.amountFen;
    this.last = { id: ids.at(-1) ?? '', result: results.at(-1) };
  }

  /** Given again after the run rolled over: the first result, and nothing happens. */
  async repeatLast(): Promise<void> {
    if (!this.last) throw new Error('a run rolled over before any deposit');
    const before = await rig.state(this.iptNo);
    const again = done(await rig.command(this.iptNo, 'recordDeposit', { amountFen: 100, method: 'cash', receiptNo: 'R1' }, this.last.id));
    expect(again).toEqual(this.last.result);
    expect(await rig.state(this.iptNo)).toEqual(before);
  }
}

function linesOf(day: number, feeTime: string): Record<string, string>[] {
  return Array.from({ length: LINES_A_DAY }, (_, index) => ({
    feedetl_sn: `D${day}N${index}`, init_feedetl_sn: '', fee_ocur_time: feeTime, med_list_codg: '001201000029901', medins_list_codg: 'XM00004',
    medins_list_name: '一级护理', cnt: '1', pric: '32.00', det_item_fee_sumamt: '32.00', bilg_dept_codg: '0304', bilg_dept_name: '血管外科',
    bilg_dr_codg: 'D990100000011', bilg_dr_name: '示例医师甲', hosp_appr_flag: '0',
  }));
}

function interim(): object {
  return { credential: demoPatient('A').credential, ...SETTLE, midSetlFlag: '1' };
}

function dischargeForm(): object {
  const { endtime: _, ...form } = demoPatient('A').discharge;
  return { form, diagnoses: demoPatient('A').dischargeDiagnoses };
}

/** The centre counts what each settlement paid in the year of its last fee. */
async function expectAccumulatorsByYear(settled: readonly SettlementRef[]): Promise<void> {
  const rows = await rig.records<{ psn_no: string; year: string; poolFen: number; admissions: number }>('accumulators');
  const mine = rows.filter((row) => row.psn_no === '99010000000000000000000001' && row.poolFen > 0);
  const [first, ...later] = settled.map((ref) => ref.hifp_pay);
  const paid = mine.sort((a, b) => a.year.localeCompare(b.year)).map((row) => row.poolFen);
  expect(paid).toEqual([first, later.reduce((sum, amount) => sum + amount, 0)]);
}
