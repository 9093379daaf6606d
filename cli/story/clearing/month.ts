import { FUND_KEYS, fundName } from '../../../domain/clearing/funds';
import { owedParts, type XrRecord } from '../../../domain/clearing/record';
import { yuan } from '../screen';
import type { CaseView, Person } from './office';
import { sum } from './settlements';
import { addressesOf, cityLogin, OBJECTOR, PROVINCE, provinceLogin, type Stage } from './stage';

export const MONTH_STEPS = 8;

/** A clearing that was approved, and the settlements that it holds. */
export interface ClearedMonth {
  readonly batchId: string;
  readonly records: readonly XrRecord[];
}

interface BatchView {
  readonly batchId: string;
  readonly status: string;
  readonly items: number;
  readonly movedOut: number;
  readonly payableFen: number;
  readonly balance: readonly { readonly fund: string; readonly payableFen: number; readonly receivableFen: number }[];
  readonly confirmations: readonly { readonly state: string }[];
}

/** What a fund is owed by records, by their own amounts. */
export function owed(records: readonly XrRecord[], fund: string): number {
  return sum(records.flatMap((record) => owedParts(record).flatMap((part) => (part.fund === fund ? [part.fen] : []))));
}

/** The month from the intake to the documents: generated, reviewed, confirmed by every city, re-checked, approved. */
export async function clearMonth(stage: Stage): Promise<ClearedMonth> {
  const { screen, office, months, file } = stage;
  screen.chapter(`${months.month} 异地就医月度清算：全省 ${stage.cities.length} 个市（州）`);
  const maker = await office.person(provinceLogin('jingban'));
  await takeIn(stage, maker);
  screen.doing('生成月度清算');
  const parties = (await maker.api.get<{ items: readonly Party[] }>('/v1/clearing/parties')).items;
  const opened = await maker.open('xr-clear-monthly', PROVINCE, { period: months.month, parties });
  const batch = await batchOf(stage, maker);
  screen.step(`月度清算生成：${batch.items} 笔，应付 ${yuan(batch.payableFen)} 元`, ...addressesOf(stage, opened));
  stage.checks.equal('清算生成', '笔数', file.cleared.length, batch.items);
  checkFunds(stage, '清算生成', batch, file.cleared);
  await (await office.person(provinceLogin('chushen'))).act(opened.caseNo, 'approve', { opinion: '应付、应收平衡，同意初审。' });
  screen.step('初审通过，送各市（州）确认');
  const moved = await confirm(stage, opened, batch.batchId, parties);
  await (await office.person(provinceLogin('fuhe'))).act(opened.caseNo, 'approve', { opinion: '异议已移出，复核无误。' });
  screen.step('复核通过');
  screen.doing('审批，开具单据');
  const approved = await (await office.person(provinceLogin('shenpi'))).act(opened.caseNo, 'approve', { opinion: '同意清算。' });
  const records = file.cleared.filter(({ setl_id }) => setl_id !== moved);
  await checkApproved(stage, maker, approved, batch.batchId, records);
  await printOne(stage, maker, opened);
  return { batchId: batch.batchId, records };
}

interface Party {
  readonly slot: string;
  readonly division: string;
}

async function takeIn({ screen, checks, file }: Stage, maker: Person): Promise<void> {
  screen.doing('报送结算');
  const taken = await maker.api.file<{ accepted: number; rejected: number }>('/v1/xr/settlements', file.text, 'application/x-ndjson');
  screen.step(
    `报送已对账结算 ${taken.accepted} 行，不合格 ${taken.rejected} 行`,
    `其中上月迟报 ${file.late} 笔、撤销 1 笔、扣款 1 笔、过截止日才对账 ${file.afterLastDay} 笔（不入本月）`,
  );
  checks.equal('报送', '收下的行数', file.records.length, taken.accepted);
  checks.equal('报送', '不合格的行数', 0, taken.rejected);
}

async function batchOf({ months }: Stage, { api }: Person): Promise<BatchView> {
  const { items } = await api.get<{ items: readonly BatchView[] }>(`/v1/clearing/batches?period=${months.month}`);
  return api.get(`/v1/clearing/batches/${items[0]?.batchId ?? ''}`);
}

/** Σ应付 = Σ应收 = the settlements, fund by fund. */
function checkFunds({ checks }: Stage, about: string, { balance, payableFen }: BatchView, records: readonly XrRecord[]): void {
  for (const fund of FUND_KEYS) {
    const rows = balance.filter((each) => each.fund === fund);
    const payable = sum(rows.map((each) => each.payableFen));
    checks.equal(about, `${fundName(fund)} 应付＝结算合计`, yuan(owed(records, fund)), yuan(payable));
    checks.equal(about, `${fundName(fund)} 应付＝应收`, yuan(payable), yuan(sum(rows.map((each) => each.receivableFen))));
  }
  checks.equal(about, '批次应付合计', yuan(sum(balance.map((each) => each.payableFen))), yuan(payableFen));
}

/** Every city signs twice, as payer and as receiver; one objects to a settlement that it should pay. Returns its number. */
async function confirm(stage: Stage, { caseNo }: CaseView, batchId: string, parties: readonly Party[]): Promise<string> {
  const { screen, checks, office, cities } = stage;
  screen.doing('市（州）确认');
  const objector = await office.person(cityLogin(OBJECTOR, 'queren'));
  const { items } = await objector.api.get<{ items: readonly { setl_id: string }[] }>(`/v1/clearing/batches/${batchId}/items?city=${OBJECTOR}&side=payable&kind=current&limit=1`);
  const named = items[0]?.setl_id ?? '';
  const objection = { city: OBJECTOR, side: 'payable', setlIds: [named], reasonCode: 'amount', reason: '票据金额待核（演示）' };
  await objector.api.post(`/v1/clearing/batches/${batchId}/objections`, objection);
  for (const city of cities) {
    const person = await office.person(cityLogin(city, 'queren'));
    for (const { slot } of parties.filter(({ division }) => division === city)) {
      if (slot === `payable-${OBJECTOR}`) await person.act(caseNo, 'object', { slot, opinion: `${named} 金额待核，请移出。` });
      else await person.act(caseNo, 'approve', { slot, opinion: '核对无误，确认。' });
    }
  }
  const batch = await batchOf(stage, objector);
  const { items: decided } = await objector.api.get<{ items: readonly Decided[] }>(`/v1/clearing/batches/${batchId}/items?decided=movedOut`);
  const [moved] = decided;
  screen.step(`市（州）确认 ${parties.length} 个席位：同意 ${parties.length - 1}，异议 1（${OBJECTOR}）`);
  screen.step(`异议处理：${named} 移至 ${moved?.decision?.movedTo ?? ''}，原因「${moved?.decision?.reason ?? ''}」`);
  checks.equal('市（州）确认', '席位', cities.length * 2, parties.length);
  checks.equal('市（州）确认', '移出的笔数', 1, batch.movedOut);
  checks.equal('市（州）确认', '移出的结算', named, moved?.setl_id);
  checks.equal('市（州）确认', '移至', stage.months.after, moved?.decision?.movedTo);
  checks.equal('市（州）确认', '原因', objection.reason, moved?.decision?.reason);
  return named;
}

interface Decided {
  readonly setl_id: string;
  readonly decision: { readonly movedTo: string | null; readonly reason: string } | null;
}

async function checkApproved(stage: Stage, maker: Person, approved: CaseView, batchId: string, records: readonly XrRecord[]): Promise<void> {
  const { screen, checks } = stage;
  const batch = await batchOf(stage, maker);
  checkFunds(stage, '清算审批', batch, records);
  checks.equal('清算审批', '办件状态', 'effective', approved.status);
  checks.equal('清算审批', '批次状态', 'approved', batch.status);
  const { items: payables } = await maker.api.get<{ items: readonly { fund: string; fen: number }[] }>(`/v1/clearing/batches/${batchId}/payables`);
  for (const fund of FUND_KEYS) {
    const total = sum(payables.filter((each) => each.fund === fund).map(({ fen }) => fen));
    checks.equal('应付款', `${fundName(fund)} 合计`, yuan(owed(records, fund)), yuan(total));
  }
  screen.step(`审批通过：${batch.items} 笔，应付 ${yuan(batch.payableFen)} 元，应付款 ${payables.length} 笔；开具单据 ${String(approved.results['effect']?.['documents'] ?? 0)} 张`);
}

/** The summary of one fund as a recorded print. */
async function printOne({ screen, checks, months }: Stage, { api }: Person, { caseNo }: CaseView): Promise<void> {
  const page = await api.get<{ items: readonly { number: string; href: string }[] }>(`/v1/documents?kind=clearingSummary&caseNo=${caseNo}&period=${months.month}`);
  const [document] = page.items;
  const bytes = document ? await api.print(`/v1/documents/${document.number}/prints?format=pdf`) : Buffer.alloc(0);
  screen.step(`打印 ${document?.number ?? '（无）'} 清算汇总表，PDF ${Math.round(bytes.length / 1024)} KB`);
  checks.equal('单据', '清算汇总表为 PDF', '%PDF', bytes.subarray(0, 4).toString());
}
