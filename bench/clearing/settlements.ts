import type { BookedRow } from '../../activities/clearing/intake/book';
import type { XrRecord } from '../../domain/clearing/record';
import { fen } from '../../domain/money';
import { LINES_PER_FILE } from '../../store/entities';

/** Cities of the made-up province; the office that clears between them. */
export const OFFICE = '990000';
const CITIES = Array.from({ length: 21 }, (_, index) => `99${String(index + 1).padStart(2, '0')}`);
const FILE_LINES = 200_000;
export const WINDOW = 202610;

/** The n-th made-up settlement of October 2026: all pairs of 21 cities, employees and residents, two to three funds. */
export function benchSettlement(n: number): BookedRow {
  const paying = CITIES[n % 21] ?? '';
  const receiving = CITIES[((n % 21) + 1 + (Math.floor(n / 21) % 20)) % 21] ?? '';
  const employee = n % 5 < 3;
  const pool = 50_000 + (n * 7_919) % 400_000;
  const account = (n * 31) % 9_000;
  const third = n % 4 === 0 ? 10_000 + (n % 777) : 0;
  const cash = 10_000 + (n % 5_000);
  const [poolCode, accountCode, thirdCode] = employee ? ['310100', '310200', '330100'] : ['390100', '390500', '390200'];
  const day = String(1 + (n % 28)).padStart(2, '0');
  const record: XrRecord = {
    recordType: 'S',
    setl_id: `S${String(n).padStart(14, '0')}`,
    msgid: `H${String(n).padStart(29, '0')}`,
    insuplc_admdvs: `${paying}01`,
    mdtrtarea_admdvs: `${receiving}0${1 + (n % 5)}`,
    fixmedins_code: `H${receiving}${String(n % 200).padStart(6, '0')}`,
    psn_no: `P${n}`,
    insutype: employee ? '310' : '390',
    med_type: n % 3 === 0 ? '21' : '11',
    setl_time: `2026-10-${day} 10:00:00`,
    businessDate: `2026-10-${day}`,
    reconciledDate: `2026-10-${day}`,
    dise_codg: `I${10 + (n % 60)}.x00`,
    medfee_sumamt: fen(pool + account + third + cash),
    psn_cash_pay: fen(cash),
    fulamt_ownpay_amt: fen(0),
    overlmt_selfpay: fen(0),
    preselfpay_amt: fen(0),
    inscp_scp_amt: fen(pool),
    reversalOf: '',
    funds: [
      { fund_pay_type: poolCode ?? '', fund_payamt: fen(pool) },
      { fund_pay_type: accountCode ?? '', fund_payamt: fen(account) },
      ...(third ? [{ fund_pay_type: thirdCode ?? '', fund_payamt: fen(third) }] : []),
    ],
  };
  return {
    id: (1 + Math.floor(n / FILE_LINES)) * LINES_PER_FILE + 1 + (n % FILE_LINES),
    record,
    personHash: String(n).padStart(32, '0'),
    status: 'reconciled',
    reversalOf: null,
    enteredWindow: WINDOW,
    entry: 'current',
  };
}
