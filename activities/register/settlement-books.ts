import { IsNull, type EntityManager } from 'typeorm';
import type { FundRow } from '../../domain/benefits/invariants';
import type { LineSums } from '../../domain/admission/line-sums';
import type { AdmissionState } from '../../domain/admission/state';
import type { SettlementTarget } from '../../domain/admission/payloads';
import type { StepInput, StepOutcome } from '../../domain/admission/steps';
import type { SettlementAmounts, SettlementKind, SettlementRef } from '../../domain/admission/types';
import { formatDate, formatDateTime } from '../../domain/calendar';
import { add, fen, type Fen } from '../../domain/money';
import { depositApplicationEntry, depositRefundEntry, settlementEntry, topUpEntry } from '../../domain/ledger';
import type { LedgerLine } from '../../domain/ledger';
import { Deposit, FeeLine, Settlement, SettlementFund } from '../../store/entities';
import { contraEntry, postEntry } from '../ledger';
import { closeAbnormal } from './commit';
import { admissionId, workflowIdOf, type RegisterDeps } from './context';

/** A settlement as the centre answered it, whichever transaction brought it (2304 or 5203), or as made here (self-pay). */
export interface SettledAnswer {
  readonly msgid: string;
  readonly infno: string;
  readonly setlId: string;
  readonly setlTime: string;
  readonly kind: SettlementKind;
  readonly amounts: SettlementAmounts;
  readonly funds: readonly (FundRow & {
    readonly fund_pay_type_name?: string;
    readonly inscp_scp_amt?: Fen;
    readonly crt_payb_lmt_amt?: Fen;
    readonly setl_proc_info?: string;
  })[];
  /** SETLINFO members beside the amounts that are kept as answered. */
  readonly info: {
    readonly insutype?: string;
    readonly clr_type?: string;
    readonly clr_way?: string;
    readonly clr_optins?: string;
    readonly invono?: string;
  };
}

/** Settlement rows, deposit movements and journal entries of a settlement, in one transaction. */
export async function bookSettlement(manager: EntityManager, deps: RegisterDeps, input: StepInput, settled: SettledAnswer, ref: SettlementRef): Promise<void> {
  await insertSettlement(manager, deps, input, settled, ref, 'live');
  await postSettlement(manager, deps, input, settled.funds, ref);
}

/** Keeps a settlement whose amounts a person must look at: recorded, its lines bound to it, nothing in the ledger. */
export async function holdSettlement(manager: EntityManager, deps: RegisterDeps, input: StepInput, settled: SettledAnswer, ref: SettlementRef): Promise<void> {
  await insertSettlement(manager, deps, input, settled, ref, 'held');
}

/** Books a held settlement as it stands. */
export async function acceptHeld(
  manager: EntityManager,
  deps: RegisterDeps,
  input: StepInput<SettlementTarget>,
): Promise<Extract<StepOutcome, { kind: 'done' }>> {
  const held = input.state.held;
  if (!held) throw new Error('nothing is held: checkStep lets no such command through');
  const row = await settlementRow(manager, input.state, held.ref.setlId);
  const funds = await manager.find(SettlementFund, { where: { settlementId: row.id }, order: { lineNo: 'ASC' } });
  await manager.update(Settlement, { id: row.id }, { status: 'live' });
  await postSettlement(manager, deps, input, funds, held.ref);
  await closeAbnormal(manager, deps, input.state, { code: 'SETTLEMENT_HELD', subject: held.ref.setlId, resolution: '人工确认金额入账' });
  return {
    kind: 'done',
    events: [{ type: 'settled', ref: held.ref, sums: sumsOf(row), at: deps.now() }],
    result: held.ref,
  };
}

/** Undoes the books of a settlement that the centre cancelled: contra entries, deposit restored, lines free again. */
export async function undoSettlement(
  manager: EntityManager,
  deps: RegisterDeps,
  input: StepInput,
  setlId: string,
  cancelled: { msgid: string | null; setlId: string | null },
): Promise<Extract<StepOutcome, { kind: 'done' }>> {
  const row = await settlementRow(manager, input.state, setlId);
  const wasLive = row.status === 'live';
  const restored = wasLive ? add(row.depositApplied, row.depositRefund) : fen(0);
  await manager.update(
    Settlement,
    { id: row.id },
    { status: 'cancelled', cancelledAt: deps.now(), cancelMsgid: cancelled.msgid, cancelSetlId: cancelled.setlId },
  );
  await manager.update(FeeLine, { settlementId: row.id }, { settlementId: null });
  if (wasLive) {
    for (const part of PARTS.filter((each) => each === 'settlement' || amountOf(row, each) > 0)) {
      await contraEntry(manager, {
        key: `${entryKey(input.state, setlId, part)}/contra`,
        of: entryKey(input.state, setlId, part),
        memo: `撤销结算 ${setlId}`,
        businessDate: formatDate(deps.now()),
      });
    }
  }
  if (restored > 0) await insertDeposit(manager, deps, input, 'restored', restored);
  await closeAbnormal(manager, deps, input.state, { code: 'SETTLEMENT_HELD', subject: setlId, resolution: '结算已撤销' });
  return {
    kind: 'done',
    events: [{ type: 'settlementCancelled', setlId, sums: sumsOf(row), depositRestored: restored }],
    result: { setl_id: setlId, depositRestoredFen: restored },
  };
}

async function insertSettlement(
  manager: EntityManager,
  deps: RegisterDeps,
  input: StepInput,
  settled: SettledAnswer,
  ref: SettlementRef,
  status: 'live' | 'held',
): Promise<void> {
  const { state } = input;
  const inserted = await manager.insert(Settlement, {
    ...settled.amounts,
    admissionId: admissionId(state),
    institution: state.institution,
    setl_id: settled.setlId,
    msgid: settled.msgid,
    infno: settled.infno,
    kind: settled.kind,
    status,
    setl_time: settled.setlTime || formatDateTime(deps.now()),
    businessDate: (settled.setlTime || formatDateTime(deps.now())).slice(0, 10),
    insutype: settled.info.insutype ?? state.insutype,
    clr_type: settled.info.clr_type ?? null,
    clr_way: settled.info.clr_way ?? null,
    clr_optins: settled.info.clr_optins ?? null,
    hi_paymtd: settled.info.clr_way ?? null,
    depositApplied: ref.depositApplied,
    depositRefund: ref.depositRefund,
    topUp: ref.topUp,
    raw: settled.info as object,
    cancelledAt: null,
    cancelMsgid: null,
    cancelSetlId: null,
  });
  const settlementId = Number(inserted.identifiers[0]?.id);
  if (settled.funds.length > 0) {
    await manager.insert(
      SettlementFund,
      settled.funds.map((fund, index) => ({
        settlementId,
        lineNo: index + 1,
        fund_pay_type: fund.fund_pay_type,
        fund_pay_type_name: fund.fund_pay_type_name ?? null,
        inscp_scp_amt: fund.inscp_scp_amt ?? null,
        crt_payb_lmt_amt: fund.crt_payb_lmt_amt ?? null,
        fund_payamt: fund.fund_payamt,
        setl_proc_info: fund.setl_proc_info?.slice(0, 500) ?? null,
      })),
    );
  }
  await manager.update(FeeLine, { admissionId: admissionId(state), state: 'uploaded', settlementId: IsNull() }, { settlementId });
}

const PARTS = ['settlement', 'applied', 'refunded', 'topUp'] as const;
type Part = (typeof PARTS)[number];

function amountOf(row: Pick<SettlementRef, 'depositApplied' | 'depositRefund' | 'topUp'>, part: Part): Fen {
  switch (part) {
    case 'settlement':
      return fen(0);
    case 'applied':
      return row.depositApplied;
    case 'refunded':
      return row.depositRefund;
    case 'topUp':
      return row.topUp;
  }
}

async function postSettlement(manager: EntityManager, deps: RegisterDeps, input: StepInput, funds: readonly FundRow[], ref: SettlementRef): Promise<void> {
  const lines: Record<Part, () => readonly LedgerLine[]> = {
    settlement: () => settlementEntry(ref, funds),
    applied: () => depositApplicationEntry(ref.depositApplied),
    refunded: () => depositRefundEntry(ref.depositRefund),
    topUp: () => topUpEntry(ref.topUp),
  };
  for (const part of PARTS) {
    const amount = amountOf(ref, part);
    if (part !== 'settlement' && amount === 0) continue;
    await postEntry(manager, {
      key: entryKey(input.state, ref.setlId, part),
      institution: input.state.institution,
      admissionId: admissionId(input.state),
      kind: part === 'settlement' ? 'settlement' : `deposit-${part}`,
      memo: `${MEMOS[part]} ${ref.setlId}`,
      businessDate: ref.setlTime.slice(0, 10) || formatDate(deps.now()),
      lines: lines[part](),
    });
    if (part !== 'settlement') await insertDeposit(manager, deps, input, part, amount);
  }
}

const MEMOS: Record<Part, string> = { settlement: '结算', applied: '预交金抵扣', refunded: '预交金退还', topUp: '补缴现金' };

async function insertDeposit(
  manager: EntityManager,
  deps: RegisterDeps,
  input: StepInput,
  kind: 'applied' | 'refunded' | 'topUp' | 'restored',
  amountFen: Fen,
): Promise<void> {
  await manager.insert(Deposit, {
    admissionId: admissionId(input.state),
    kind,
    amountFen,
    method: null,
    receiptNo: null,
    commandId: input.commandId,
    at: formatDateTime(deps.now()),
  });
}

function entryKey(state: AdmissionState, setlId: string, part: Part): string {
  return `${workflowIdOf(state)}/${setlId}/${part}`;
}

async function settlementRow(manager: EntityManager, state: AdmissionState, setlId: string): Promise<Settlement> {
  return manager.findOneByOrFail(Settlement, { institution: state.institution, setl_id: setlId });
}

function sumsOf(row: SettlementAmounts): LineSums {
  return {
    medfee: row.medfee_sumamt,
    fulamtOwnpay: row.fulamt_ownpay_amt,
    overlmt: row.overlmt_selfpay,
    preselfpay: row.preselfpay_amt,
    inscp: row.inscp_scp_amt,
  };
}
