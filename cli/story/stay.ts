import type { Api } from './client';
import type { Centre, CentreSettlement } from './centre';
import type { Checks } from './checks';
import type { Expected, FeeDay, Patient } from './patient';
import { yuan } from './screen';
import { parseYuan } from '../../domain/money';

/** A settlement as the API shows it; amounts in fen by their national names. */
export interface SettlementView {
  readonly setlId: string;
  readonly msgid: string;
  readonly status: 'live' | 'cancelled' | 'held';
  readonly amounts: Readonly<Record<string, number>>;
  readonly depositAppliedFen: number;
  readonly depositRefundFen: number;
  readonly topUpFen: number;
}

interface AdmissionView {
  readonly stage: string;
  readonly workflowId: string;
  readonly mdtrtId: string | null;
  readonly depositFen: number;
  readonly settlements: readonly SettlementView[];
}

/** The acts of one stay through the API, each with what it found. */
export interface Stay {
  admit(): Promise<AdmissionView>;
  receiveDeposit(deposit: { amount: string; method: string; receiptNo: string }): Promise<void>;
  uploadFees(day: FeeDay, charset: string): Promise<{ uploaded: number; refused: number }>;
  refusedLines(): Promise<readonly { feedetl_sn: string; refusalText: string | null }[]>;
  preSettle(): Promise<Readonly<Record<string, number>>>;
  discharge(): Promise<void>;
  settle(): Promise<SettlementView>;
  cancelSettlement(reason: string): Promise<void>;
  cancelDischarge(reason: string): Promise<void>;
  look(): Promise<AdmissionView>;
}

export function openStay(api: Api, patient: Patient): Stay {
  const place = `/v1/admissions/${encodeURIComponent(patient.iptNo)}`;
  const look = (): Promise<AdmissionView> => api.get<AdmissionView>(place);
  const way = {
    credential: patient.credential,
    psnSetlway: patient.settlement.psn_setlway,
    acctUsedFlag: patient.settlement.acct_used_flag,
    midSetlFlag: patient.settlement.mid_setl_flag,
  };
  return {
    look,
    async admit() {
      if (!patient.admission || !patient.diagnoses) throw new Error(`${patient.case}：缺少 admission 或 diagnoses`);
      const { begntime, med_type: medType, ...form } = patient.admission;
      await api.command('POST', '/v1/admissions', {
        iptNo: patient.iptNo,
        credential: patient.credential,
        certno: patient.patient.certno,
        insutype: patient.patient.insutype,
        medType,
        begntime,
        form,
        diagnoses: patient.diagnoses,
      });
      return look();
    },
    async receiveDeposit({ amount, method, receiptNo }) {
      await api.command('POST', `${place}/deposits`, { amountFen: parseYuan(amount), method, receiptNo });
    },
    async uploadFees(day, charset) {
      const { uploaded = 0, refused = 0 } = await api.upload(`${place}/fees`, day.csv, charset);
      return { uploaded: Number(uploaded), refused: Number(refused) };
    },
    async refusedLines() {
      const { items } = await api.get<{ items: { feedetl_sn: string; refusalText: string | null }[] }>(`${place}/fees?state=refused&limit=100`);
      return items;
    },
    async preSettle() {
      await api.command('POST', `${place}/pre-settlement`, way);
      const { preSettlement } = await api.get<{ preSettlement: Record<string, number> | null }>(`${place}/money`);
      if (!preSettlement) throw new Error(`${patient.case}：预结算后查不到金额`);
      return preSettlement;
    },
    async discharge() {
      const { endtime, ...form } = patient.discharge;
      await api.command('POST', `${place}/discharge`, { endtime, form, diagnoses: patient.dischargeDiagnoses });
    },
    async settle() {
      const { invono } = patient.settlement;
      await api.command('POST', `${place}/settlement`, { ...way, ...(invono === undefined ? {} : { invono }) });
      const live = (await look()).settlements.filter((settlement) => settlement.status === 'live');
      const last = live.at(-1);
      if (!last) throw new Error(`${patient.case}：结算后查不到有效结算`);
      return last;
    },
    cancelSettlement: async (reason) => void (await api.command('POST', `${place}/settlement/cancellation`, { reason })),
    cancelDischarge: async (reason) => void (await api.command('POST', `${place}/discharge/cancellation`, { reason })),
  };
}

/** Amounts that a clerk compares first, with their Chinese names. */
const SHOWN = {
  medfee_sumamt: '总费用',
  fund_pay_sumamt: '基金支付',
  acct_pay: '个人账户',
  psn_cash_pay: '个人现金',
} as const;

export function describeAmounts(amounts: Readonly<Record<string, number>>): string {
  return Object.entries(SHOWN).map(([name, zh]) => `${zh} ${yuan(amounts[name] ?? 0)}`).join('，');
}

export function describeDeposit(settlement: SettlementView): string {
  const { depositAppliedFen, depositRefundFen, topUpFen } = settlement;
  return `预交金抵扣 ${yuan(depositAppliedFen)}，退 ${yuan(depositRefundFen)}，补交 ${yuan(topUpFen)}`;
}

/** Compares amounts with what the patient's file says must come out. */
export function checkAmounts(checks: Checks, about: string, expected: Expected, amounts: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(expected.setlinfo)) {
    if (typeof value === 'number') checks.equal(about, name, yuan(value), yuan(amounts[name] ?? NaN));
  }
}

export function checkDeposit(checks: Checks, about: string, expected: Expected, settlement: SettlementView): void {
  checks.equal(about, '预交金抵扣', yuan(expected.deposit.applied), yuan(settlement.depositAppliedFen));
  checks.equal(about, '预交金退还', yuan(expected.deposit.refund), yuan(settlement.depositRefundFen));
  checks.equal(about, '补交', yuan(expected.deposit.topUp), yuan(settlement.topUpFen));
}

/** The sums that hold for every settlement, whatever the policy. */
export function checkSums(checks: Checks, about: string, settlement: SettlementView): void {
  const amount = (name: string): number => settlement.amounts[name] ?? NaN;
  const parts = ['fulamt_ownpay_amt', 'overlmt_selfpay', 'preselfpay_amt', 'inscp_scp_amt'];
  const payers = ['fund_pay_sumamt', 'acct_pay', 'acct_mulaid_pay', 'psn_cash_pay', 'hosp_part_amt'];
  const sum = (names: readonly string[]): number => names.reduce((total, name) => total + amount(name), 0);
  checks.equal(about, '自费＋超限价＋先自付＋符合范围＝总费用', yuan(amount('medfee_sumamt')), yuan(sum(parts)));
  checks.equal(about, '基金＋个账＋现金＋医院＝总费用', yuan(amount('medfee_sumamt')), yuan(sum(payers)));
  checks.equal(about, '抵扣＋补交＝现金', yuan(amount('psn_cash_pay')), yuan(settlement.depositAppliedFen + settlement.topUpFen));
}

/** Asks the centre itself: one live settlement of this stay, the same one, to the fen. */
export async function checkCentre(
  checks: Checks,
  about: string,
  centre: Centre,
  mdtrtId: string,
  settlement: SettlementView,
  expected?: Expected,
): Promise<void> {
  const live = (await centre.settlements(mdtrtId)).filter((each) => each.refd_setl_flag === '0');
  checks.equal(about, '中心的有效结算笔数', 1, live.length);
  const [theirs] = live;
  if (!theirs) return;
  checks.equal(about, '中心的结算号', theirs.setl_id, settlement.setlId);
  checks.equal(about, '中心的报文编号', theirs.msgid, settlement.msgid);
  for (const [name, value] of Object.entries(theirs.amounts)) {
    const ours = settlement.amounts[name];
    if (ours !== undefined) checks.equal(about, `中心 ${name}`, yuan(value), yuan(ours));
  }
  if (expected) checkFunds(checks, about, expected, theirs);
}

function checkFunds(checks: Checks, about: string, expected: Expected, theirs: CentreSettlement): void {
  const inWords = (funds: readonly { fund_pay_type: string; fund_payamt: number }[]): string =>
    funds.map((fund) => `${fund.fund_pay_type} ${yuan(fund.fund_payamt)}`).sort().join('；');
  checks.equal(about, '各基金', inWords(expected.setldetail), inWords(theirs.setldetail.filter((fund) => fund.fund_payamt !== 0)));
}
