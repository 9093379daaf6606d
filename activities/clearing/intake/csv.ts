import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { type RecordFault, type RecordType, recordFault, type XrRecord } from '../../../domain/clearing/record';
import { decodedText, TextProblem } from '../../../domain/files/text-chunks';
import { add, type Fen, parseYuan, ZERO } from '../../../domain/money';
import { FileProblem, type IntakeLine, type Totals } from './lines';

/** Columns of a CSV intake, in any order; amounts are yuan text. */
export const COLUMNS = [
  'record_type', 'setl_id', 'msgid', 'insuplc_admdvs', 'mdtrtarea_admdvs', 'fixmedins_code', 'psn_no', 'insutype', 'med_type',
  'setl_time', 'business_date', 'reconciled_date', 'dise_codg', 'medfee_sumamt', 'psn_cash_pay', 'fulamt_ownpay_amt',
  'overlmt_selfpay', 'preselfpay_amt', 'inscp_scp_amt', 'reversal_of', 'funds',
] as const;
type ColumnName = (typeof COLUMNS)[number];

const MAX_RECORD = 8_000;
const SIGNATURE = 'XR-SETTLEMENTS';
const VERSION = '1';

/** Reads `H`, column names, data lines and `T` of a CSV file. Throws FileProblem for what concerns the file as a whole. */
export async function* readCsv(bytes: AsyncIterable<Buffer>, charset: string): AsyncGenerator<IntakeLine> {
  const parser = parse({ bom: true, relax_column_count: true, skip_empty_lines: true, max_record_size: MAX_RECORD });
  pipeline(Readable.from(decodedText(bytes, charset)), parser, () => undefined);
  let count = 0;
  let places: ReadonlyMap<ColumnName, number> | null = null;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      if (count === 0) yield readHeader(cells);
      else if (count === 1) places = readColumns(cells);
      else if (cells[0] === 'T' && cells.length === 5) yield readTrailer(cells);
      else yield readLine(cells, places ?? new Map(), count - 1);
      count += 1;
    }
  } catch (error) {
    if (error instanceof TextProblem) throw new FileProblem(error.code, error.message);
    throw error instanceof CsvError ? new FileProblem('CSV_MALFORMED', `第 ${error.lines} 行附近`) : error;
  }
  if (count < 2) throw new FileProblem('XR_FILE_HEADER_INVALID', '文件是空的');
}

function readHeader(cells: readonly string[]): IntakeLine {
  const [mark, signature, version, division = ''] = cells;
  if (mark !== 'H' || signature !== SIGNATURE || version !== VERSION || !/^\d{6}$/.test(division)) {
    throw new FileProblem('XR_FILE_HEADER_INVALID', `首行应为 H,${SIGNATURE},${VERSION},六位辖区代码`);
  }
  return { kind: 'header', header: { division } };
}

function readColumns(names: readonly string[]): ReadonlyMap<ColumnName, number> {
  const missing = COLUMNS.filter((name) => !names.includes(name));
  const unknown = names.filter((name) => !COLUMNS.some((known) => known === name));
  if (missing.length > 0) throw new FileProblem('XR_FILE_HEADER_INVALID', `缺少列 ${missing.join('、')}`);
  if (unknown.length > 0 || new Set(names).size !== names.length) throw new FileProblem('XR_FILE_HEADER_INVALID', '有不认识的或重复的列');
  return new Map(COLUMNS.map((name) => [name, names.indexOf(name)]));
}

function readTrailer(cells: readonly string[]): IntakeLine {
  const [, lines = '', medfee = '', funds = '', cash = ''] = cells;
  try {
    if (!/^\d{1,9}$/.test(lines)) throw new RangeError('no count');
    return { kind: 'trailer', totals: { lines: Number(lines), medfee: parseYuan(medfee), funds: parseYuan(funds), cash: parseYuan(cash) } };
  } catch (error) {
    if (error instanceof RangeError) throw new FileProblem('XR_FILE_TRAILER_MISSING', '末行应为 T,行数,医疗费总额,基金合计,现金合计（元）');
    throw error;
  }
}

const AMOUNTS = ['medfee_sumamt', 'psn_cash_pay', 'fulamt_ownpay_amt', 'overlmt_selfpay', 'preselfpay_amt', 'inscp_scp_amt'] as const;

function readLine(cells: readonly string[], places: ReadonlyMap<ColumnName, number>, line: number): IntakeLine {
  if (cells.length !== COLUMNS.length) return { kind: 'fault', line, fault: field('列数'), amounts: null };
  const cell = (name: ColumnName): string => cells[places.get(name) ?? 0] ?? '';
  const amounts = new Map<string, Fen>();
  for (const name of AMOUNTS) {
    const amount = yuan(cell(name) === '' ? '0' : cell(name));
    if (amount === null) return { kind: 'fault', line, fault: field(name), amounts: null };
    amounts.set(name, amount);
  }
  const funds = readFunds(cell('funds'));
  if (!funds) return { kind: 'fault', line, fault: field('funds'), amounts: null };
  const amountOf = (name: (typeof AMOUNTS)[number]): Fen => amounts.get(name) ?? ZERO;
  const record: XrRecord = {
    recordType: cell('record_type') as RecordType,
    setl_id: cell('setl_id'),
    msgid: cell('msgid'),
    insuplc_admdvs: cell('insuplc_admdvs'),
    mdtrtarea_admdvs: cell('mdtrtarea_admdvs'),
    fixmedins_code: cell('fixmedins_code'),
    psn_no: cell('psn_no'),
    insutype: cell('insutype'),
    med_type: cell('med_type'),
    setl_time: cell('setl_time'),
    businessDate: cell('business_date'),
    reconciledDate: cell('reconciled_date'),
    dise_codg: cell('dise_codg'),
    medfee_sumamt: amountOf('medfee_sumamt'),
    psn_cash_pay: amountOf('psn_cash_pay'),
    fulamt_ownpay_amt: amountOf('fulamt_ownpay_amt'),
    overlmt_selfpay: amountOf('overlmt_selfpay'),
    preselfpay_amt: amountOf('preselfpay_amt'),
    inscp_scp_amt: amountOf('inscp_scp_amt'),
    reversalOf: cell('reversal_of'),
    funds,
  };
  return judged(line, record);
}

/** A record, or its fault with the amounts that the totals count all the same. */
export function judged(line: number, record: XrRecord): IntakeLine {
  const fault = recordFault(record);
  return fault ? { kind: 'fault', line, fault, amounts: amountsOf(record) } : { kind: 'record', line, record };
}

export function amountsOf(record: XrRecord): Pick<Totals, 'medfee' | 'funds' | 'cash'> {
  return { medfee: record.medfee_sumamt, funds: add(...record.funds.map(({ fund_payamt }) => fund_payamt)), cash: record.psn_cash_pay };
}

/** `310100:1200.00;310200:80.50`; empty where no fund paid. Null for anything else. */
function readFunds(text: string): XrRecord['funds'] | null {
  const funds: { fund_pay_type: string; fund_payamt: Fen }[] = [];
  if (text === '') return funds;
  for (const part of text.split(';')) {
    const [fund_pay_type = '', amount = '', ...rest] = part.split(':');
    const fund_payamt = yuan(amount);
    if (fund_payamt === null || rest.length > 0) return null;
    funds.push({ fund_pay_type, fund_payamt });
  }
  return funds;
}

/** Largest amount of one line, yuan; sums of a file stay exact below it. */
const AMOUNT = /^-?\d{1,10}(\.\d{1,2})?$/;

function yuan(text: string): Fen | null {
  return AMOUNT.test(text) ? parseYuan(text) : null;
}

function field(name: string): RecordFault {
  return { code: 'XR_FIELD_INVALID', field: name };
}
