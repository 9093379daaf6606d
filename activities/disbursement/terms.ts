import { In, IsNull, type EntityManager } from 'typeorm';
import { formatDate } from '../../domain/calendar';
import { fundName, type FundKey } from '../../domain/clearing/funds';
import { termStage, type TermStage } from '../../domain/disbursement/terms';
import { add, formatYuanGrouped, ZERO, type Fen } from '../../domain/money';
import { addWorkingTime } from '../../domain/working-time';
import { prepaymentRules } from '../../schemas/processes/xr-prepayment-rules';
import { AbnormalItem, OfficeCase, PaymentOrder, XrClearingBatch, XrPayable } from '../../store/entities';
import { closeItem, raiseItem, type ItemKey } from '../abnormal/items';

/** Batches looked at in one run of the watch, newest first. */
const MOST = 100;
/** Working hours of a day of the office. */
const DAY_HOURS = 8;
/** Case definition by which a city disburses. */
const DISBURSEMENT = 'xr-clear-city-pay';

/** What a city has to do in time: submit its disbursement (申报), and pay it (付款). */
const DUTIES = {
  DISBURSEMENT_UNSUBMITTED: { zh: '尚未申报拨付', days: () => prepaymentRules.disbursementSubmitDays },
  DISBURSEMENT_UNPAID: { zh: '尚未付款', days: () => prepaymentRules.disbursementPayDays },
} as const;
type Duty = keyof typeof DUTIES;
const DUTY_CODES = Object.keys(DUTIES) as Duty[];

/** What a city has to pay by one fund of a batch. */
interface Debt {
  readonly batch: XrClearingBatch;
  readonly city: string;
  readonly fund: FundKey;
  readonly fen: Fen;
  /** Orders that stand for it. */
  readonly orders: readonly PaymentOrder[];
}

/**
 * Reminds each city that has not disbursed an approved clearing in time, tells the province when a term is over, and closes what is
 * done meanwhile. Returns how many terms are over. `at` in epoch ms.
 */
export async function watchTerms(manager: EntityManager, at: number): Promise<number> {
  const batches = await manager.find(XrClearingBatch, { where: { status: 'approved' }, order: { approvedAt: 'DESC' }, take: MOST });
  const raised = new Set<string>();
  let over = 0;
  for (const batch of batches) {
    for (const debt of await debtsOf(manager, batch)) {
      for (const duty of await openDuties(manager, debt)) {
        const stage = stageOf(debt, duty, at);
        if (stage === 'over') over += 1;
        for (const item of itemsOf(debt, duty, stage)) {
          raised.add(keyText(item.key));
          await raiseItem(manager, { ...item.key, institution: item.institution, process: 'xr-clear-city-disbursement', title: titleOf(debt, duty, stage), at });
        }
      }
    }
  }
  const open = await manager.findBy(AbnormalItem, { code: In(DUTY_CODES), state: 'open' });
  for (const item of open) if (!raised.has(keyText(item))) await closeItem(manager, item, '已办理', at);
  return over;
}

async function debtsOf(manager: EntityManager, batch: XrClearingBatch): Promise<Debt[]> {
  const payables = await manager.find(XrPayable, { where: { batchId: batch.id, status: 'open' }, order: { id: 'ASC' } });
  const orders = (await manager.findBy(PaymentOrder, { batchId: batch.id, kind: 'clearing' })).filter(({ voidedAt }) => voidedAt === null);
  const debts = new Map<string, Debt>();
  for (const { payingCity: city, fund, fen } of payables) {
    const debt = debts.get(`${city}/${fund}`) ?? { batch, city, fund, fen: ZERO, orders: orders.filter((order) => order.payer === city && order.fund === fund) };
    debts.set(`${city}/${fund}`, { ...debt, fen: add(debt.fen, fen) });
  }
  return [...debts.values()];
}

/** An order is made for all that is payable; what it keeps back (扣款, 预留) was submitted by it. */
async function openDuties(manager: EntityManager, { batch, city, fund, orders }: Debt): Promise<readonly Duty[]> {
  if (orders.length > 0) return orders.some(({ dueFen, paidFen }) => paidFen < dueFen) ? ['DISBURSEMENT_UNPAID'] : [];
  const cases = await manager.findBy(OfficeCase, { definition: DISBURSEMENT, division: city, businessKey: `${batch.id}/${fund}`, endedAt: IsNull() });
  return cases.some(({ status }) => status !== 'draft') ? ['DISBURSEMENT_UNPAID'] : DUTY_CODES;
}

function stageOf({ batch }: Debt, duty: Duty, at: number): TermStage {
  const approvedAt = batch.approvedAt ?? at;
  return termStage((hours) => addWorkingTime(approvedAt, hours), DUTIES[duty].days() * DAY_HOURS, at);
}

/** The city's item from the reminder on, the province's once the term is over. */
function itemsOf({ batch, city, fund }: Debt, duty: Duty, stage: TermStage): { key: ItemKey; institution: string }[] {
  const key = { workflowId: `xr-clearing/${batch.id}`, code: duty, subject: `${fund}/${city}` };
  if (stage === 'running') return [];
  const own = { key, institution: city };
  return stage === 'due' ? [own] : [own, { key: { ...key, subject: `${key.subject}/${batch.office}` }, institution: batch.office }];
}

function titleOf({ batch, city, fund, fen }: Debt, duty: Duty, stage: TermStage): string {
  const until = formatDate(addWorkingTime(batch.approvedAt ?? 0, DUTIES[duty].days() * DAY_HOURS));
  const when = stage === 'over' ? `已过期限 ${until}` : `期限 ${until}`;
  return `${batch.period} ${fundName(fund)} ${city} 应付 ${formatYuanGrouped(fen)} 元${DUTIES[duty].zh}，${when}（${batch.id}）`;
}

function keyText({ workflowId, code, subject }: ItemKey): string {
  return `${workflowId} ${code} ${subject}`;
}
