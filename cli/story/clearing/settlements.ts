import type { XrRecord } from '../../../domain/clearing/record';
import { fen, type Fen } from '../../../domain/money';

/** A month of settlements between the cities of a province, and what the story expects of it. All of it is invented. */
export interface MonthFile {
  /** NDJSON as POST /v1/xr/settlements takes it. */
  readonly text: string;
  readonly records: readonly XrRecord[];
  /** What the month's clearing has to hold: all but the reversed and what was reconciled after the last day. */
  readonly cleared: readonly XrRecord[];
  readonly late: number;
  readonly afterLastDay: number;
}

/** The months that decide where a settlement goes, yyyy-MM. */
export interface Months {
  readonly before: string;
  readonly month: string;
  readonly after: string;
}

const SETTLEMENTS = 3_000;
const LATE = 60;
const AFTER_LAST_DAY = 15;
const NEIGHBOURS = 5;
const SEED = 20_260_101;

/** Parts of the total by insurance, in thousandths; the rest is cash. Between them they use every fund. */
const SHARES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  '310': { '310100': 560, '310200': 90, '320100': 40, '330100': 70, '310500': 20 },
  '390': { '390100': 480, '390200': 80, '610100': 60 },
  '510': { '510100': 800 },
};

/** Writes the file of a month with a fixed seed: the same months and cities give the same bytes. */
export function monthOfSettlements(province: string, cities: readonly string[], months: Months): MonthFile {
  const random = generator(SEED);
  const records = Array.from({ length: SETTLEMENTS }, (_, index) => settlement(index, cities, random, daysOf(index, months, random)));
  const reversed = records[LATE] as XrRecord;
  const reduced = records[LATE + 1] as XrRecord;
  const reversal = against(reversed, 'R', reversed.funds);
  const deduction = against(reduced, 'D', [{ fund_pay_type: reduced.funds[0]?.fund_pay_type ?? '', fund_payamt: fen(5_000) }]);
  const all = [...records, reversal, deduction];
  const gone = new Set([reversed.setl_id, reversal.setl_id]);
  const cleared = all.filter((record, index) => !gone.has(record.setl_id) && !isAfterLastDay(index));
  return { text: fileOf(province, all), records: all, cleared, late: LATE, afterLastDay: AFTER_LAST_DAY };
}

/** The first are of the month before and late; the last of the settlements are reconciled too late for this one. */
function daysOf(index: number, { before, month, after }: Months, random: () => number): { readonly business: string; readonly reconciled: string } {
  if (index < LATE) return { business: `${before}-28`, reconciled: `${month}-25` };
  const business = `${month}-${String(1 + Math.floor(random() * 28)).padStart(2, '0')}`;
  return { business, reconciled: `${after}-${isAfterLastDay(index) ? '22' : '05'}` };
}

function isAfterLastDay(index: number): boolean {
  return index >= SETTLEMENTS - AFTER_LAST_DAY && index < SETTLEMENTS;
}

function settlement(index: number, cities: readonly string[], random: () => number, days: { readonly business: string; readonly reconciled: string }): XrRecord {
  const paying = index % cities.length;
  const receiving = (paying + 1 + Math.floor(random() * NEIGHBOURS)) % cities.length;
  const kind = random();
  const insutype = kind < 0.55 ? '310' : kind < 0.95 ? '390' : '510';
  const total = 50_000 + Math.floor(random() * 3_000_000);
  const funds = Object.entries(SHARES[insutype] ?? {}).map(([fund_pay_type, share]) => ({ fund_pay_type, fund_payamt: fen(Math.floor((total * share) / 1_000)) }));
  const number = String(index + 1).padStart(6, '0');
  return {
    recordType: 'S', setl_id: `DEMO${number}`, msgid: `DEMOMSG${number}`,
    insuplc_admdvs: countyOf(cities[paying]), mdtrtarea_admdvs: countyOf(cities[receiving]),
    fixmedins_code: `H${countyOf(cities[receiving])}00001`, psn_no: `DEMOPSN${number}`, insutype, med_type: insutype === '510' ? '52' : '21',
    setl_time: `${days.business} 10:00:00`, businessDate: days.business, reconciledDate: days.reconciled, dise_codg: 'I10.x00',
    medfee_sumamt: fen(total), psn_cash_pay: fen(total - sum(funds.map(({ fund_payamt }) => fund_payamt))),
    fulamt_ownpay_amt: fen(0), overlmt_selfpay: fen(0), preselfpay_amt: fen(0), inscp_scp_amt: fen(0), reversalOf: '', funds,
  };
}

/** The reversal of a settlement, or a deduction of parts of it, agreed on at the same day. */
function against(original: XrRecord, recordType: 'R' | 'D', parts: XrRecord['funds']): XrRecord {
  const cash = recordType === 'R' ? -original.psn_cash_pay : 0;
  const funds = parts.map(({ fund_pay_type, fund_payamt }) => ({ fund_pay_type, fund_payamt: fen(-fund_payamt) }));
  const { setl_id, msgid } = original;
  return {
    ...original, recordType, setl_id: `${setl_id}${recordType}`, msgid: `${msgid}${recordType}`, reversalOf: setl_id, funds,
    psn_cash_pay: fen(cash), medfee_sumamt: fen(cash + sum(funds.map(({ fund_payamt }) => fund_payamt))),
  };
}

function fileOf(province: string, records: readonly XrRecord[]): string {
  const total = (amountsOf: (record: XrRecord) => readonly Fen[]): number => sum(records.flatMap(amountsOf));
  const trailer = {
    lines: records.length,
    medfee: total(({ medfee_sumamt }) => [medfee_sumamt]),
    funds: total(({ funds }) => funds.map(({ fund_payamt }) => fund_payamt)),
    cash: total(({ psn_cash_pay }) => [psn_cash_pay]),
  };
  const lines = [{ header: { kind: 'XR-SETTLEMENTS', version: 1, division: province } }, ...records, { trailer }];
  return `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
}

/** A county of a city: its first. */
function countyOf(city = ''): string {
  return `${city.slice(0, 4)}01`;
}

/** Sum of amounts in fen, computed here and not by the product's own arithmetic. */
export function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

/** Numbers from 0 up to 1 in an order that the seed decides: a linear congruence. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 0x1_0000_0000;
  };
}
