import type { Accumulators } from '../../domain/benefits/accumulators';
import type { FundRow, StayProgress } from '../../domain/benefits/types';
import type { SettlementAmounts } from '../../domain/admission/types';
import type { Db } from './store';

/** What a settlement did to the person's money, so that undoing it takes off exactly that. */
export interface Effects {
  readonly change: Accumulators;
  /** Fen taken from the person's own account and from the family member's. */
  readonly personal: number;
  readonly family: number;
  /** Where the next settlement of the same stay goes on. */
  readonly stay: StayProgress;
}

/** A booked settlement. Amounts in the outside reading of fund_pay_sumamt, fen. */
export interface Settlement {
  readonly seq: number;
  readonly setl_id: string;
  readonly mdtrt_id: string;
  readonly fixmedins_code: string;
  readonly psn_no: string;
  readonly insutype: string;
  readonly msgid: string;
  readonly infno: string;
  /** 1 interim, 0 final. */
  readonly mid_setl_flag: string;
  /** The year whose accumulators it stands on. */
  readonly year: string;
  readonly setl_time: string;
  readonly line_count: number;
  readonly clr_type: string;
  readonly clr_way: string;
  readonly clr_optins: string;
  readonly amounts: SettlementAmounts;
  readonly setldetail: readonly FundRow[];
  readonly effects: Effects;
  /** Members of SETLINFO that are no amounts, and what 2304 was asked with. */
  readonly info: SettlementInfo;
  /** 0 live, 1 refunded. */
  readonly refd_setl_flag: string;
  readonly refund_msgid: string | null;
  readonly refund_time: string | null;
  /** The month's declaration (清算申请) that it is part of. */
  readonly clr_appy_evt_id: string | null;
}

export interface SettlementInfo {
  readonly psn_type: string;
  readonly cvlserv_flag: string;
  readonly mdtrt_cert_type: string;
  readonly psn_setlway: string;
  readonly pool_prop_selfpay: string;
  readonly policyVersion: string;
  readonly invono?: string;
  readonly dise_codg?: string;
  readonly enddate: string;
  readonly opter: string;
  readonly opterName: string;
}

type Row = Omit<Settlement, 'amounts' | 'setldetail' | 'effects' | 'info'> & {
  readonly amounts: string;
  readonly setldetail: string;
  readonly effects: string;
  readonly info: string;
};

function read(row: Row): Settlement {
  return {
    ...row,
    amounts: JSON.parse(row.amounts) as SettlementAmounts,
    setldetail: JSON.parse(row.setldetail) as FundRow[],
    effects: JSON.parse(row.effects) as Effects,
    info: JSON.parse(row.info) as SettlementInfo,
  };
}

export function settlementById(view: Db, setlId: string): Settlement | undefined {
  const row = view.prepare<[string], Row>('SELECT * FROM settlement WHERE setl_id = ?').get(setlId);
  return row && read(row);
}

/** What a message booked; the newest live one where a repeated message was booked twice. */
export function settlementByMessage(view: Db, msgid: string): Settlement | undefined {
  const row = view
    .prepare<[string], Row>('SELECT * FROM settlement WHERE msgid = ? ORDER BY refd_setl_flag, seq DESC LIMIT 1')
    .get(msgid);
  return row && read(row);
}

/** The settlement that a refund message undid, while it is still undone. */
export function settlementByRefund(view: Db, msgid: string): Settlement | undefined {
  const row = view
    .prepare<[string], Row>("SELECT * FROM settlement WHERE refund_msgid = ? AND refd_setl_flag = '1'")
    .get(msgid);
  return row && read(row);
}

/** All settlements, oldest first. */
export function allSettlements(view: Db): Settlement[] {
  return view.prepare<[], Row>('SELECT * FROM settlement ORDER BY seq').all().map(read);
}

/** Live settlements of a person's insurance and year, in the order in which they were booked. */
export function liveSettlementsOfYear(view: Db, of: Pick<Settlement, 'psn_no' | 'insutype' | 'year'>): Settlement[] {
  return view
    .prepare<[string, string, string], Row>(
      "SELECT * FROM settlement WHERE psn_no = ? AND insutype = ? AND year = ? AND refd_setl_flag = '0' ORDER BY seq",
    )
    .all(of.psn_no, of.insutype, of.year)
    .map(read);
}

/** Live settlements of a stay, oldest first. */
export function liveSettlementsOfStay(view: Db, mdtrtId: string): Settlement[] {
  return view
    .prepare<[string], Row>("SELECT * FROM settlement WHERE mdtrt_id = ? AND refd_setl_flag = '0' ORDER BY seq")
    .all(mdtrtId)
    .map(read);
}

export function hasLiveSettlement(view: Db, mdtrtId: string): boolean {
  return liveSettlementsOfStay(view, mdtrtId).length > 0;
}

/** The live final settlement of a stay, or undefined. */
export function finalSettlementOf(view: Db, mdtrtId: string): Settlement | undefined {
  return liveSettlementsOfStay(view, mdtrtId).find((settlement) => settlement.mid_setl_flag === '0');
}

/** What 2304 books; the rest is filled in by what happens to it later. */
export type NewSettlement = Omit<Settlement, 'seq' | 'refd_setl_flag' | 'refund_msgid' | 'refund_time' | 'clr_appy_evt_id'>;

export function insertSettlement(db: Db, settlement: NewSettlement): void {
  const { amounts, setldetail, effects, info, ...columns } = settlement;
  const row = {
    ...columns,
    medfee_sumamt: amounts.medfee_sumamt,
    fund_pay_sumamt: amounts.fund_pay_sumamt,
    acct_pay: amounts.acct_pay,
    acct_mulaid_pay: amounts.acct_mulaid_pay,
    psn_cash_pay: amounts.psn_cash_pay,
    hosp_part_amt: amounts.hosp_part_amt,
    amounts: JSON.stringify(amounts),
    setldetail: JSON.stringify(setldetail),
    effects: JSON.stringify(effects),
    info: JSON.stringify(info),
  };
  const names = Object.keys(row);
  db.prepare(`INSERT INTO settlement (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`).run(row);
}
