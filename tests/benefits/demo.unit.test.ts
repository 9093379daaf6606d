import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { catalogueItemOn, lineToSplit, type CatalogueItem } from '../../domain/benefits/catalogue';
import { lineAmount, splitLine, type LineSplit } from '../../domain/benefits/line';
import { identityOn, isRetired, type IdentityRow } from '../../domain/benefits/person';
import { returnProblem } from '../../domain/benefits/returns';
import { computeSettlement } from '../../domain/benefits/settlement';
import { applyDeposit, invoiceSplit } from '../../domain/benefits/sheet';
import type { Accumulators } from '../../domain/benefits/accumulators';
import { add, fen, formatYuan, formatYuanGrouped, parseYuan } from '../../domain/money';
import { dateOf, dateTimeProblem } from '../../domain/calendar';
import { checkIdNumber } from '../../domain/identity';
import { fundPolicyFor, policyFor } from '../../domain/policies';
import type { Level } from '../../domain/policies/policy';
import { caseById } from './oracle';
import { sumLines } from './sums';

interface FeeRow {
  readonly feedetl_sn: string;
  readonly init_feedetl_sn: string;
  readonly fee_ocur_time: string;
  readonly med_list_codg: string;
  readonly medins_list_codg: string;
  readonly medins_list_name: string;
  readonly cnt: string;
  readonly pric: string;
  readonly det_item_fee_sumamt: string;
  readonly hosp_appr_flag: string;
}

interface Header {
  readonly case: string;
  readonly continues?: string;
  readonly institution: string;
  readonly patient: { readonly certno: string; readonly psn_name: string; readonly brdy: string; readonly gend: string; readonly insutype: string };
  readonly admission: { readonly begntime: string };
  readonly deposits: readonly { readonly amount: string }[];
  readonly fees: { readonly file: string; readonly encoding: string; readonly lines: number; readonly refused: readonly string[] };
  readonly discharge: { readonly endtime: string };
  readonly settlement: { readonly acct_used_flag: '0' | '1' };
  readonly expected: {
    readonly setlinfo: Readonly<Record<string, number | string>>;
    readonly setldetail: readonly unknown[];
    readonly invoice: unknown;
    readonly deposit: unknown;
  };
}

interface Person {
  readonly certno: string;
  readonly psn_name: string;
  readonly brdy: string;
  readonly gend: string;
  readonly insuinfo: readonly { readonly insutype: string; readonly psn_insu_stas: string; readonly psn_type: string }[];
  readonly idetinfo: readonly IdentityRow[];
  readonly accounts: { readonly personal: number };
  readonly accumulators: readonly (Accumulators & { readonly year: number; readonly insutype: string })[];
}

const ROOT = join(__dirname, '../..');
const DEMO = join(ROOT, 'cli/demo');
const CASES = ['A', 'A2', 'B', 'C', 'C-cap', 'D'];
const HAS_PYTHON = spawnSync('python3', ['--version']).status === 0;

const read = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;
const catalogue = read<{ items: CatalogueItem[] }>(join(DEMO, 'catalogue.json')).items;
const people = read<{ persons: Person[] }>(join(DEMO, 'people.json')).persons;
const institutions = read<{ institutions: { fixmedins_code: string; level: string }[] }>(join(DEMO, 'institutions.json')).institutions;

function headerOf(id: string): Header {
  const header = read<Header>(join(DEMO, 'patients', `${id}.json`));
  return header.continues ? { ...headerOf(header.continues), ...header } : header;
}

function rowsOf(id: string): FeeRow[] {
  const header = read<Header>(join(DEMO, 'patients', `${id}.json`));
  const text = iconv.decode(readFileSync(join(DEMO, 'patients', header.fees.file)), header.fees.encoding);
  const own = parse(text, { columns: true }) as FeeRow[];
  expect(own).toHaveLength(header.fees.lines);
  return header.continues ? [...rowsOf(header.continues), ...own] : own;
}

function personOf(header: Header): Person {
  const found = people.find((person) => person.certno === header.patient.certno);
  if (!found) throw new Error(`${header.case}: unknown person`);
  return found;
}

/** Splits every line as the centre would; a line of an unknown code is refused and listed. */
function splitAll(rows: readonly FeeRow[]): { splits: LineSplit[]; refused: string[] } {
  const bySn = new Map(rows.map((row) => [row.feedetl_sn, row]));
  const splits: LineSplit[] = [];
  const refused: string[] = [];
  for (const row of rows) {
    const feeTime = (bySn.get(row.init_feedetl_sn) ?? row).fee_ocur_time;
    const date = dateOf(feeTime);
    const item = catalogueItemOn(catalogue, row.med_list_codg, date);
    if (!item) refused.push(row.feedetl_sn);
    else splits.push(splitLine(lineToSplit(row, item, policyFor(date)), policyFor(date).line));
  }
  return { splits, refused };
}

describe.each(CASES)('patient %s', (id) => {
  const header = headerOf(id);
  const rows = rowsOf(id);
  const person = personOf(header);
  const dischargeDate = dateOf(header.discharge.endtime);

  test('the amounts computed from the fee lines are the expected ones', () => {
    const { splits, refused } = splitAll(rows);
    const policy = fundPolicyFor({ admissionDate: dateOf(header.admission.begntime), dischargeDate });
    const { insutype } = header.patient;
    const insurance = person.insuinfo.find((row) => row.insutype === insutype && row.psn_insu_stas === '1');
    const ytd = person.accumulators.find((row) => row.insutype === insutype && String(row.year) === dischargeDate.slice(0, 4));
    if (!insurance || !ytd) throw new Error(`${id}: no live insurance or accumulators`);
    const { year: _year, insutype: _insutype, ...accumulators } = ytd;
    const level = `level${institutions.find((one) => one.fixmedins_code === header.institution)?.level}` as Level;
    const { amounts, funds, poolPropSelfpay } = computeSettlement({
      policy,
      insutype,
      retired: isRetired(insurance.psn_type),
      level,
      admissionNoInYear: ytd.admissions + 1,
      stay: null,
      ytd: accumulators,
      identity: identityOn(person.idetinfo, dischargeDate, policy),
      acctUsedFlag: header.settlement.acct_used_flag,
      accountBalance: fen(person.accounts.personal),
      sums: sumLines(splits),
    });
    const paid = add(...header.deposits.map((deposit) => parseYuan(deposit.amount)));
    expect(refused).toEqual(header.continues ? headerOf(header.continues).fees.refused : header.fees.refused);
    expect({
      setlinfo: { ...amounts, pool_prop_selfpay: poolPropSelfpay },
      setldetail: funds.map((row) => ({ fund_pay_type: row.fund_pay_type, name: row.fund_pay_type_name, fund_payamt: row.fund_payamt })),
      invoice: invoiceSplit(amounts),
      deposit: applyDeposit(paid, amounts.psn_cash_pay),
    }).toEqual(header.expected);
  });

  test('the fee lines are well formed: unique, inside the stay, amounts and returns right', () => {
    expect(new Set(rows.map((row) => row.feedetl_sn)).size).toBe(rows.length);
    const earlier: FeeRow[] = [];
    for (const row of rows) {
      expect(dateTimeProblem(row.fee_ocur_time)).toBeNull();
      expect(row.fee_ocur_time > header.admission.begntime && row.fee_ocur_time < header.discharge.endtime).toBe(true);
      expect(formatYuan(lineAmount(row.cnt, row.pric, { rounding: 'halfUp' }))).toBe(row.det_item_fee_sumamt);
      const original = rows.find((other) => other.feedetl_sn === row.init_feedetl_sn);
      const returns = earlier.filter((other) => other.init_feedetl_sn === row.init_feedetl_sn);
      expect(returnProblem(row, original, row.init_feedetl_sn ? returns : [])).toBeNull();
      earlier.push(row);
    }
  });

  test('header, person and identity number agree', () => {
    const { certno, psn_name, brdy, gend } = header.patient;
    expect({ certno, psn_name, brdy, gend }).toEqual({ certno: person.certno, psn_name: person.psn_name, brdy: person.brdy, gend: person.gend });
    expect(checkIdNumber(certno, dischargeDate)).toEqual({ ok: true, birthDate: brdy, gend, region: '990101' });
  });
});

test.each(CASES.filter((id) => id !== 'D'))('%s expects what the worked settlement says', (id) => {
  const { setlinfo, setldetail } = headerOf(id).expected;
  const worked = caseById(id);
  expect({ setlinfo, setldetail }).toEqual({ setlinfo: worked.setlinfo, setldetail: worked.setldetail });
});

test.each(CASES)('docs/benefits.md tells the sums of %s', (id) => {
  const page = readFileSync(join(ROOT, 'docs/benefits.md'), 'utf8');
  const chapter = page.split('\n## ').find((part) => part.startsWith(`${id}: `)) ?? '';
  const { setlinfo } = headerOf(id).expected;
  for (const name of ['medfee_sumamt', 'inscp_scp_amt', 'maf_pay', 'fund_pay_sumamt', 'psn_part_amt', 'psn_cash_pay']) {
    expect(chapter).toContain(formatYuanGrouped(fen(Number(setlinfo[name]))));
  }
});

test('every invented identity number is valid and no two persons share one', () => {
  for (const person of people) expect(checkIdNumber(person.certno, '2026-11-22').ok).toBe(true);
  expect(new Set(people.map((person) => person.certno)).size).toBe(people.length);
});

describe('patient D has everything that the others have', () => {
  const rows = rowsOf('D');
  const header = headerOf('D');
  const splitsOf = (part: readonly FeeRow[]): LineSplit[] => splitAll(part).splits;

  test('400 lines or more over fourteen days', () => {
    expect(rows.length).toBeGreaterThanOrEqual(400);
    expect(new Set(rows.map((row) => dateOf(row.fee_ocur_time))).size).toBe(14);
  });

  test.each<[string, (split: LineSplit) => boolean]>([
    ['lines above a cap', (split) => split.overlmt_amt > 0],
    ['returns of a capped line', (split) => split.overlmt_amt < 0],
    ['self-paid lines', (split) => split.fulamt_ownpay_amt > 0],
    ['returns of self-paid lines', (split) => split.fulamt_ownpay_amt < 0],
    ['先自付 of 10 %', (split) => split.selfpay_prop === '0.1000'],
    ['先自付 of 15 %', (split) => split.selfpay_prop === '0.1500'],
    ['先自付 of 20 %', (split) => split.selfpay_prop === '0.2000'],
  ])('%s', (_what, has) => {
    expect(splitsOf(rows).filter(has)).not.toHaveLength(0);
  });

  test('full returns bring their originals back to nothing, partial ones leave a rest', () => {
    const rests = rows
      .filter((row) => row.init_feedetl_sn === '' && rows.some((other) => other.init_feedetl_sn === row.feedetl_sn))
      .map((row) => sumLines(splitsOf([row, ...rows.filter((other) => other.init_feedetl_sn === row.feedetl_sn)])).medfee_sumamt);
    expect(rests.filter((rest) => rest === 0).length).toBeGreaterThanOrEqual(2);
    expect(rests.filter((rest) => rest > 0).length).toBeGreaterThanOrEqual(4);
  });

  test('class and cap change during the stay, and a return keeps those of its original', () => {
    const versions = (code: string): number => catalogue.filter((item) => item.med_list_codg === code).length;
    const returned = rows.filter((row) => {
      const original = rows.find((other) => other.feedetl_sn === row.init_feedetl_sn);
      return original && versions(row.med_list_codg) === 2 && original.fee_ocur_time < '2026-11-10' && row.fee_ocur_time >= '2026-11-10';
    });
    expect(returned).toHaveLength(2);
  });

  test('pool cap, 职工大额, aid and account all pay', () => {
    const { hifp_pay, hifob_pay, maf_pay, acct_pay } = header.expected.setlinfo;
    for (const paid of [hifp_pay, hifob_pay, maf_pay, acct_pay]) expect(Number(paid)).toBeGreaterThan(0);
  });
});

(HAS_PYTHON ? describe : describe.skip)('independent proof', () => {
  test('prove.py computes the expected amounts of every patient', () => {
    const run = spawnSync('python3', [join(__dirname, 'prove.py')], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expect(run.stdout.match(/ ok /g)).toHaveLength(CASES.length);
    expect(run.status).toBe(0);
  });

  test('the generator of patient D writes the committed bytes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'patient-d-'));
    try {
      execFileSync('node', [join(DEMO, 'make-patient-d.mjs'), folder]);
      for (const file of ['D.csv', 'D.json']) {
        expect(readFileSync(join(folder, file)).equals(readFileSync(join(DEMO, 'patients', file)))).toBe(true);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('prove.py notices one fen', () => {
    const copy = mkdtempSync(join(tmpdir(), 'proof-'));
    try {
      for (const part of ['cli/demo', 'domain/policies', 'tests/benefits']) cpSync(join(ROOT, part), join(copy, part), { recursive: true });
      const file = join(copy, 'cli/demo/patients/D.json');
      const changed = readFileSync(file, 'utf8').replace(/"psn_cash_pay": (\d+)/, (_all, value: string) => `"psn_cash_pay": ${Number(value) + 1}`);
      writeFileSync(file, changed);
      expect(spawnSync('python3', [join(copy, 'tests/benefits/prove.py')]).status).toBe(1);
    } finally {
      rmSync(copy, { recursive: true });
    }
  });
});
