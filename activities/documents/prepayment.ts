import type { EntityManager } from 'typeorm';
import type { Refusal } from '../../domain/commands';
import type { PrepayVoucherData } from '../../domain/documents/data';
import { add } from '../../domain/money';
import { refusal } from '../../domain/refusal';
import { BankAccount, type PaymentOrder, type PrintedDocument } from '../../store/entities';
import type { OperationContext } from '../office-case/operations';
import { poolBalance } from '../xr-prepayment/pools';
import { currentQuota } from '../xr-prepayment/quota';
import { issueDocument } from './issue';
import { issuerOf, signersOf } from './people';
import { openGazetteer, payeeOf } from './places';

const STEPS = { reviewed: 'review', approved: 'recheck' } as const;

/** Issues the 预付金凭单 of an order of prepayment in the transaction that makes the order. */
export async function issueVoucher(manager: EntityManager, order: PaymentOrder, context: OperationContext): Promise<PrintedDocument | Refusal> {
  const { city, fund, orderNo, caseNo, dueDate } = order;
  const province = context.division;
  const quota = await currentQuota(manager, order);
  if (!quota) return refusal('PREPAY_QUOTA_MISSING');
  const gazetteer = await openGazetteer(manager, context.now);
  const balance = await poolBalance(manager, { city, fund, province });
  const account = await manager.findOneByOrFail(BankAccount, { id: order.payeeAccountId });
  const data: PrepayVoucherData = {
    office: gazetteer.office(province),
    city: gazetteer.place(city),
    kind: order.kind === 'return' ? 'return' : quota.kind === 'emergency' ? 'emergency' : 'annual',
    orderNo,
    year: quota.year,
    fund,
    quotaVersion: quota.version,
    caseNo,
    quotaBefore: { fund, fen: quota.beforeFen },
    quotaAfter: { fund, fen: quota.quotaFen },
    // What is given back has left the pool with the order.
    paidBefore: { fund, fen: order.kind === 'return' ? add(balance, order.dueFen) : balance },
    amount: { fund, fen: order.dueFen },
    payer: gazetteer.office(order.payer),
    payeeOffice: gazetteer.office(order.payee),
    payee: payeeOf(account),
    dueDate,
    signers: await signersOf(manager, context.actors, STEPS),
  };
  const document = { kind: 'prepayVoucher' as const, admdvs: province, party: city, period: order.period, caseId: context.caseId, subject: orderNo, data };
  return issueDocument(manager, document, { by: issuerOf(context), at: context.now });
}
