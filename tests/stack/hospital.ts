import { setTimeout as sleep } from 'node:timers/promises';
import { makeIdNumber } from '../support/identity';

/** An invented insured person, as PUT /_data of the sandbox takes it. */
export interface Person {
  readonly psn_no: string;
  readonly psn_name: string;
  readonly certno: string;
  readonly ec_qr_code: string;
  readonly gend: string;
  readonly brdy: string;
  readonly insuinfo: readonly object[];
  readonly accounts: { readonly personal: number; readonly family: number };
}

/** Problem or result of a command, as its caller hears it in the end. */
export interface Answer {
  readonly status: number;
  readonly body: {
    readonly commandId?: string;
    readonly status?: string | number;
    readonly code?: string;
    readonly result?: Record<string, unknown>;
    readonly problem?: { readonly code: string };
    readonly location?: string;
  };
  readonly headers: Headers;
}

interface Order {
  readonly path: string;
  readonly body: object;
  readonly key: string;
}

/** How a command ended: the code of its refusal, or null where it was done. */
export interface End {
  readonly order: Order;
  readonly code: string | null;
  readonly result: Record<string, unknown>;
}

/** A hospital's own system at the API: it repeats what got no answer, always under the same key, until it has one. */
export interface Hospital {
  /** One request as it is, without repetition. */
  post(order: Order, waitSeconds?: number): Promise<Answer>;
  get<T>(path: string): Promise<T>;
  /** Gives a command until it has ended. Throws when that takes longer than `PATIENCE_MS`. */
  give(path: string, body: object, key: string): Promise<End>;
  /** Every command that ended, for the check that its key is answered the same for ever. */
  readonly ended: readonly End[];
}

const PATIENCE_MS = 90_000;
const PAUSE_MS = 100;
/** New keys that a step is given under while the platform is out of reach. */
const ATTEMPTS = 5;
/** Answers that end nothing: the same request under the same key is due again. */
const NOT_YET = ['STORE_UNAVAILABLE', 'TEMPORAL_UNAVAILABLE', 'KEYS_UNAVAILABLE', 'SHUTTING_DOWN', 'TOO_MANY_COMMANDS', 'TOO_MANY_REQUESTS'];

export function openHospital(api: string, token: string): Hospital {
  const ended: End[] = [];
  const authorization = `Bearer ${token}`;

  async function post({ path, body, key }: Order, waitSeconds = 20): Promise<Answer> {
    const headers = { authorization, 'content-type': 'application/json', 'idempotency-key': key, prefer: `wait=${waitSeconds}` };
    const answer = await fetch(`${api}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answer['body'] };
  }

  async function get<T>(path: string): Promise<T> {
    const answer = await fetch(`${api}${path}`, { headers: { authorization } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  async function give(path: string, body: object, key: string): Promise<End> {
    const order = { path, body, key };
    const deadline = Date.now() + PATIENCE_MS;
    let last = 'no answer';
    while (Date.now() < deadline) {
      // A connection that breaks says nothing about the command.
      const answer = await post(order).catch((error: unknown) => void (last = String(error)));
      if (answer) {
        const end = endOf(order, answer);
        if (end) {
          ended.push(end);
          return end;
        }
        last = `${answer.status} ${answer.body.code ?? ''}`;
      }
      await sleep(PAUSE_MS);
    }
    throw new Error(`${path} under ${key} has not ended: ${last}`);
  }

  return { post, get, give, ended };
}

/** Null where the answer ends nothing. */
export function endOf(order: Order, { status, body }: Answer): End | null {
  if (status === 200 || status === 201) return { order, code: null, result: body.result ?? {} };
  if (status === 202 || NOT_YET.includes(body.code ?? '')) return null;
  return { order, code: body.code ?? String(status), result: {} };
}

/** Person number `n` (1 to 999): valid number, 职工在职 of the demo's division, nothing settled this year. */
export function makePerson(n: number, over: Partial<Person> = {}): Person {
  const number = String(n).padStart(3, '0');
  return {
    psn_no: `9901888888888888888888${number}0`,
    psn_name: `示例患者${number}`,
    certno: makeIdNumber('1975-05-05', n),
    ec_qr_code: `9901888888888888888888888${number}`,
    gend: n % 2 === 1 ? '1' : '2',
    brdy: '1975-05-05',
    insuinfo: [{ insutype: '310', psn_type: '1101', psn_insu_stas: '1', insuplc_admdvs: '990100' }],
    accounts: { personal: 30_000, family: 0 },
    ...over,
  };
}

const DIAGNOSIS = {
  diag_type: '1', maindiag_flag: '1', diag_srt_no: 1, diag_code: 'I70.200', diag_name: '四肢动脉粥样硬化', diag_dept: '0304',
  dise_dor_no: 'D990100000011', dise_dor_name: '示例医师甲', diag_time: '2026-11-02 15:20:00',
};
const FORM = {
  medrcdno: 'BA1', atddr_no: 'D990100000011', chfpdr_name: '示例医师甲', adm_diag_dscr: '四肢动脉粥样硬化', adm_dept_codg: '0304',
  adm_dept_name: '血管外科', adm_bed: '血管-12', dscg_maindiag_code: 'I70.200', dscg_maindiag_name: '四肢动脉粥样硬化', main_cond_dscr: '间歇性跛行',
};
const LINES = [
  { serial: 1, med_list_codg: '001109000019901', medins_list_codg: 'XM00001', medins_list_name: '普通床位费', cnt: '10', pric: '58.00', det_item_fee_sumamt: 58_000 },
  { serial: 2, med_list_codg: '002103000029901', medins_list_codg: 'XM00010', medins_list_name: 'CT 增强扫描', cnt: '1', pric: '685.00', det_item_fee_sumamt: 68_500 },
  { serial: 3, med_list_codg: '003308000119901', medins_list_codg: 'XM00007', medins_list_name: '手术费（血管）', cnt: '1', pric: '4860.00', det_item_fee_sumamt: 486_000 },
];
/** What the three lines cost, fen. */
export const MEDFEE = 612_500;

/** The body of an admission, for those who post it themselves. */
export function admitBody(person: Person, iptNo: string): object {
  return {
    iptNo, credential: { type: '02', no: person.certno }, certno: person.certno, insutype: '310', medType: '21',
    begntime: '2026-11-02 15:20:00', form: FORM, diagnoses: [DIAGNOSIS],
  };
}

export function settleBody(person: Person): object {
  return { credential: { type: '02', no: person.certno }, psnSetlway: '01', acctUsedFlag: '1', midSetlFlag: '0' };
}

export type StayStep = 'admit' | 'deposit' | 'fees' | 'preSettle' | 'discharge' | 'settle' | 'cancelSettlement';
/** From admission to settlement. */
export const STAY_STEPS: readonly StayStep[] = ['admit', 'deposit', 'fees', 'preSettle', 'discharge', 'settle'];

/** The request of one step of a small stay. `attempt` makes another key where the platform was not reachable. */
export function orderOf(person: Person, iptNo: string, step: StayStep, attempt = 1): Order {
  const place = `/v1/admissions/${iptNo}`;
  const key = `${iptNo}-${step}-${attempt}`;
  switch (step) {
    case 'admit':
      return { path: '/v1/admissions', body: admitBody(person, iptNo), key };
    case 'deposit':
      return { path: `${place}/deposits`, body: { amountFen: 200_000, method: 'cash', receiptNo: `YJ-${iptNo}` }, key };
    case 'fees':
      return { path: `${place}/fees`, body: { lines: LINES.map((line) => feeLine(line, iptNo)) }, key };
    case 'preSettle':
      return { path: `${place}/pre-settlement`, body: settleBody(person), key };
    case 'discharge':
      return { path: `${place}/discharge`, body: { endtime: '2026-11-12 10:00:00', form: { dscg_dept_codg: '0304', dscg_dept_name: '血管外科', dscg_way: '1' }, diagnoses: [DIAGNOSIS] }, key };
    case 'settle':
      return { path: `${place}/settlement`, body: settleBody(person), key };
    case 'cancelSettlement':
      return { path: `${place}/settlement/cancellation`, body: { reason: '多记一日护理费' }, key };
  }
}

function feeLine({ serial, ...line }: (typeof LINES)[number], iptNo: string): object {
  return {
    feedetl_sn: `${iptNo}-${serial}`, fee_ocur_time: '2026-11-03 10:12:00', bilg_dept_codg: '0304', bilg_dept_name: '血管外科',
    bilg_dr_codg: 'D990100000011', bilg_dr_name: '示例医师甲', hosp_appr_flag: '0', ...line,
  };
}

/** Gives the steps of a stay one after another; each must be done. A platform out of reach is asked again under a new key. */
export async function walkStay(hospital: Hospital, person: Person, iptNo: string, steps: readonly StayStep[] = STAY_STEPS): Promise<void> {
  for (const step of steps) await walkStep(hospital, person, iptNo, step);
}

/** One step; `first` numbers its first key, for a step that is done more than once. */
export async function walkStep(hospital: Hospital, person: Person, iptNo: string, step: StayStep, first = 1): Promise<End> {
  const codes: string[] = [];
  for (let attempt = first; attempt < first + ATTEMPTS; attempt += 1) {
    const { path, body, key } = orderOf(person, iptNo, step, attempt);
    const end = await hospital.give(path, body, key);
    if (end.code === null) return end;
    codes.push(end.code);
    if (end.code !== 'PLATFORM_UNREACHABLE') break;
  }
  throw new Error(`${step} of ${iptNo}: ${codes.join(', ')}`);
}
