import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import type { Accumulators } from '../../domain/benefits/accumulators';
import { catalogueItemOn, lineToSplit, type CatalogueItem } from '../../domain/benefits/catalogue';
import { splitLine } from '../../domain/benefits/line';
import { identityOn, isRetired, type IdentityRow } from '../../domain/benefits/person';
import { computeSettlement } from '../../domain/benefits/settlement';
import { dateOf } from '../../domain/calendar';
import { add, fen, parseYuan, ZERO, type Fen } from '../../domain/money';
import { fundPolicyFor, policyFor } from '../../domain/policies';
import type { Level } from '../../domain/policies/policy';
import type { DepositMovement, FeeSum, SheetInput, SheetLine } from '../../domain/sheet/input';
import { sumLines } from '../benefits/sums';

/** The demonstration's patients as the store would hold them after their settlement. */
const DEMO = join(__dirname, '../../cli/demo');

interface Patient {
  readonly continues?: string;
  readonly institution: string;
  readonly iptNo: string;
  readonly patient: { readonly certno: string; readonly psn_name: string; readonly brdy: string; readonly gend: string; readonly insutype: string };
  readonly admission: Readonly<Record<string, string>> & { readonly begntime: string };
  readonly deposits: readonly { readonly amount: string; readonly method: string; readonly receiptNo: string; readonly at: string }[];
  readonly fees: { readonly file: string; readonly encoding: string };
  readonly discharge: { readonly endtime: string };
  readonly settlement: { readonly acct_used_flag: '0' | '1' };
  readonly expected: {
    readonly setlinfo: Readonly<Record<string, number | string>>;
    readonly invoice: { readonly selfPay: number; readonly ownPay: number; readonly deductible: number };
    readonly deposit: { readonly applied: number; readonly refund: number; readonly topUp: number };
  };
}

interface Person {
  readonly certno: string;
  readonly insuinfo: readonly { readonly insutype: string; readonly psn_insu_stas: string; readonly psn_type: string }[];
  readonly idetinfo: readonly IdentityRow[];
  readonly accounts: { readonly personal: number };
  readonly accumulators: readonly (Accumulators & { readonly year: number; readonly insutype: string })[];
}

const read = <T>(name: string): T => JSON.parse(readFileSync(join(DEMO, name), 'utf8')) as T;
const { items } = read<{ items: (CatalogueItem & { med_chrgitm_type: string; chrgitm_lv: string })[] }>('catalogue.json');
const { persons } = read<{ persons: Person[] }>('people.json');
const { institutions } = read<{ institutions: { fixmedins_code: string; fixmedins_name: string; level: '1' | '2' | '3' }[] }>('institutions.json');

export function patientOf(id: string): Patient {
  const patient = read<Patient>(`patients/${id}.json`);
  return patient.continues ? { ...patientOf(patient.continues), ...patient } : patient;
}

/** The sheet's input of a patient; `change` replaces parts of it. */
export function sheetInput(id: string, change: Partial<SheetInput> = {}): SheetInput {
  const patient = patientOf(id);
  const person = persons.find(({ certno }) => certno === patient.patient.certno);
  const institution = institutions.find((one) => one.fixmedins_code === patient.institution);
  const insurance = person?.insuinfo.find((row) => row.insutype === patient.patient.insutype && row.psn_insu_stas === '1');
  if (!person || !institution || !insurance) throw new Error(`${id}: no person, institution or insurance`);
  const lines = linesOf(id);
  const { applied, refund, topUp } = patient.expected.deposit;
  const amounts = Object.fromEntries(Object.entries(patient.expected.setlinfo).filter(([, value]) => typeof value === 'number')) as unknown as SheetInput['settlement'];
  return {
    institution: { code: patient.institution, name: institution.fixmedins_name, level: institution.level },
    stay: {
      iptNo: patient.iptNo, patientName: patient.patient.psn_name, certno: patient.patient.certno, psnNo: '99010000000000000000000001', mdtrtId: 'M1',
      medType: '21', insuplcAdmdvs: '990100', admittedAt: patient.admission.begntime, dischargedAt: patient.discharge.endtime,
      department: patient.admission['adm_dept_name'] ?? null, bed: patient.admission['adm_bed'] ?? null, diagnosis: patient.admission['dscg_maindiag_name'] ?? null,
    },
    person: { gend: patient.patient.gend, brdy: patient.patient.brdy, psn_type: insurance.psn_type },
    settlement: {
      ...amounts, setlId: 'S1', msgid: 'H99000000001202611130900000001', infno: '2304', kind: 'final', status: 'live',
      setlTime: '2026-11-18 09:00:00', insutype: patient.patient.insutype,
      depositApplied: fen(applied), depositRefund: fen(refund), topUp: fen(topUp), cancelled: null,
    },
    funds: fundsOf(id, person, insurance.psn_type, institution.level),
    fees: sumsOf(lines),
    lines: null,
    deposits: movementsOf(patient),
    earlierAlike: 0,
    accountInFundSum: false,
    printed: { at: Date.parse('2026-11-18T09:05:00+08:00'), by: '示例收费员', no: 1 },
    ...change,
  };
}

export function linesOf(id: string): SheetLine[] {
  const patient = patientOf(id);
  const files = patient.continues ? [patientOf(patient.continues).fees, read<Patient>(`patients/${id}.json`).fees] : [patient.fees];
  const rows = files.flatMap(({ file, encoding }) =>
    parse(iconv.decode(readFileSync(join(DEMO, 'patients', file)), encoding), { columns: true, bom: true, skip_empty_lines: true }) as Record<string, string>[],
  );
  const bySn = new Map(rows.map((row) => [row['feedetl_sn'], row]));
  return rows.flatMap((row) => {
    const time = (bySn.get(row['init_feedetl_sn'] ?? '') ?? row)['fee_ocur_time'] ?? '';
    const date = dateOf(time);
    const item = catalogueItemOn(items, row['med_list_codg'] ?? '', date) as (typeof items)[number] | undefined;
    if (!item) return [];
    const split = splitLine(lineToSplit(row as unknown as Parameters<typeof lineToSplit>[0], item, policyFor(date)), policyFor(date).line);
    return [{
      feedetl_sn: row['feedetl_sn'] ?? '', date: dateOf(row['fee_ocur_time'] ?? ''), category: item.med_chrgitm_type, level: item.chrgitm_lv,
      name: row['medins_list_name'] ?? '', cnt: row['cnt'] ?? '', pric: row['pric'] ?? '', cap: item.cap ?? '0', selfpayProp: split.selfpay_prop,
      amount: split.det_item_fee_sumamt, fulamt: split.fulamt_ownpay_amt, overlmt: split.overlmt_amt, preselfpay: split.preselfpay_amt, inscp: split.inscp_scp_amt,
    }];
  });
}

/** What the store's GROUP BY answers. */
export function sumsOf(lines: readonly SheetLine[]): FeeSum[] {
  const keys = [...new Set(lines.map((line) => `${line.category} ${line.level}`))];
  return keys.map((key) => {
    const members = lines.filter((line) => `${line.category} ${line.level}` === key);
    const sum = (name: 'amount' | 'fulamt' | 'overlmt' | 'preselfpay' | 'inscp'): Fen => add(ZERO, ...members.map((line) => line[name]));
    const [first] = members;
    return { category: first?.category ?? '', level: first?.level ?? null, lines: members.length, amount: sum('amount'), fulamt: sum('fulamt'), overlmt: sum('overlmt'), preselfpay: sum('preselfpay'), inscp: sum('inscp') };
  });
}

function movementsOf({ deposits, expected }: Patient): DepositMovement[] {
  const received = deposits.map(({ amount, method, receiptNo, at }, index): DepositMovement => ({ commandId: `d${index}`, kind: 'received', amountFen: parseYuan(amount), method, receiptNo, at }));
  const used = (['applied', 'refund', 'topUp'] as const).filter((name) => expected.deposit[name] > 0).map((name): DepositMovement => ({
    commandId: 's1', kind: name === 'refund' ? 'refunded' : name, amountFen: fen(expected.deposit[name]), method: null, receiptNo: null, at: '2026-11-18 09:00:01',
  }));
  return [...received, ...used];
}

function fundsOf(id: string, person: Person, psnType: string, level: string): SheetInput['funds'] {
  const patient = patientOf(id);
  const { insutype } = patient.patient;
  const dischargeDate = dateOf(patient.discharge.endtime);
  const policy = fundPolicyFor({ admissionDate: dateOf(patient.admission.begntime), dischargeDate });
  const found = person.accumulators.find((row) => row.insutype === insutype && String(row.year) === dischargeDate.slice(0, 4));
  if (!found) throw new Error(`${id}: no accumulators`);
  const { year: _year, insutype: _insutype, ...ytd } = found;
  const sums = sumLines(linesOf(id).map((line) => ({
    det_item_fee_sumamt: line.amount, fulamt_ownpay_amt: line.fulamt, overlmt_amt: line.overlmt, preselfpay_amt: line.preselfpay, inscp_scp_amt: line.inscp,
  }) as Parameters<typeof sumLines>[0][number]));
  return computeSettlement({
    policy, insutype, retired: isRetired(psnType), level: `level${level}` as Level, admissionNoInYear: ytd.admissions + 1, stay: null, ytd,
    identity: identityOn(person.idetinfo, dischargeDate, policy), acctUsedFlag: patient.settlement.acct_used_flag,
    accountBalance: fen(person.accounts.personal), sums,
  }).funds;
}
