import type { EntityManager } from 'typeorm';
import type { Refusal } from '../../domain/commands';
import { add, negate, ZERO, type Fen } from '../../domain/money';
import { periodOf } from '../../domain/clearing/period';
import { FUNDS } from '../../domain/clearing/funds';
import { refusal } from '../../domain/refusal';
import { fenOf, integerOf } from '../../store/columns';
import { BankAccount, FundRequest, PaymentOrder, PaymentOrderLine, XrClearingBatch, type PrintedDocument } from '../../store/entities';
import type { OperationContext } from '../office-case/operations';
import { type AnyNewDocument, issueDocument } from './issue';
import { issuerOf, signersOf } from './people';
import { openGazetteer, payeeOf } from './places';

const STEPS = { reviewed: 'review', inspected: 'inspect', approved: 'approve' } as const;

/** Issues the 拨付单 of an order (拨付 or 转付) in the transaction that makes the order. */
export async function issueOrderDocument(manager: EntityManager, order: PaymentOrder, context: OperationContext): Promise<PrintedDocument | Refusal> {
  const { fund, orderNo, batchId, period, subject, dueDate } = order;
  const gazetteer = await openGazetteer(manager, context.now);
  const lines = await manager.find(PaymentOrderLine, { where: { orderId: order.id }, order: { lineNo: 'ASC' } });
  const request = await manager.findOneBy(FundRequest, { caseNo: order.caseNo });
  const account = await manager.findOneByOrFail(BankAccount, { id: order.payeeAccountId });
  const amounts = (row: PaymentOrder | PaymentOrderLine) => ({
    payable: { fund, fen: row.payableFen },
    deduction: { fund, fen: row.deductionFen },
    reserve: { fund, fen: row.reserveFen },
    drawn: { fund, fen: row.drawnFen },
    due: { fund, fen: row.dueFen },
  });
  const document: AnyNewDocument = {
    kind: 'disbursementOrder',
    admdvs: order.payer,
    party: order.payee,
    period,
    caseId: context.caseId,
    subject: orderNo,
    data: {
      office: gazetteer.office(order.payer),
      orderNo,
      batchId: batchId ?? '',
      period,
      fund,
      subject,
      planNo: request?.planNo ?? null,
      payeeOffice: order.institution === null ? gazetteer.office(order.payee) : { code: order.institution, name: account.holder },
      payee: payeeOf(account),
      ...amounts(order),
      dueDate,
      lines: lines.map((line) => ({ payableId: line.payableId ?? '', receiving: gazetteer.place(line.receivingCity), insutype: line.insutype ?? '', ...amounts(line) })),
      signers: await signersOf(manager, context.actors, STEPS),
    },
  };
  return issueDocument(manager, document, { by: issuerOf(context), at: context.now });
}

/**
 * Issues the 拨付明细 of one institution of an order, from the settlements of the order's month that stand in its clearing:
 * of a 转付 and of what an institution is paid those of the care city, of a 拨付 those of the city's insured. DOCUMENT_NOT_READY when the institution has none.
 */
export async function issueDetail(
  manager: EntityManager,
  order: PaymentOrder,
  institution: string,
  issuing: { readonly by: string; readonly at: number },
): Promise<PrintedDocument | Refusal> {
  if (order.batchId === null) return refusal('DOCUMENT_NOT_READY', '预付金凭单没有拨付明细。');
  if (order.voidedAt !== null) return refusal('ORDER_VOID');
  if (order.institution !== null && order.institution !== institution) return refusal('DOCUMENT_NOT_READY', `${institution} 不是本单的收款机构。`);
  const sums = await institutionSums(manager, order, institution);
  if (sums.length === 0) return refusal('DOCUMENT_NOT_READY', `${institution} 在本单没有结算。`);
  const gazetteer = await openGazetteer(manager, issuing.at);
  const { fund, orderNo, period } = order;
  return issueDocument(
    manager,
    {
      kind: 'disbursementDetail',
      admdvs: order.payer,
      party: order.payee,
      period,
      caseId: null,
      subject: `${orderNo}/${institution}`,
      data: {
        office: gazetteer.office(order.payer),
        orderNo,
        institution: gazetteer.office(institution),
        period,
        fund,
        rows: sums.map(({ insutype, settlements, medfee, owed, deduction, deductions }) => ({
          insutype,
          settlements,
          medfee,
          owed: { fund, fen: owed },
          deduction: { fund, fen: deduction },
          reason: deductions === 0 ? '' : `协议扣款 ${deductions} 笔`,
        })),
        signers: { made: null, reviewed: null, approved: null },
      },
    },
    issuing,
  );
}

/** The office that cleared what an institution is paid for. */
async function officeOf(manager: EntityManager, { batchId }: PaymentOrder): Promise<string> {
  return (await manager.findOneByOrFail(XrClearingBatch, { id: batchId ?? '' })).office;
}

interface InstitutionSum {
  readonly insutype: string;
  readonly settlements: number;
  readonly medfee: Fen;
  /** Without deductions, and those by themselves, above zero. */
  readonly owed: Fen;
  readonly deduction: Fen;
  readonly deductions: number;
}

async function institutionSums(manager: EntityManager, order: PaymentOrder, institution: string): Promise<InstitutionSum[]> {
  const [office, column, city] =
    order.kind === 'forward'
      ? [order.payer, 'receiving_city', order.payee]
      : order.kind === 'inst'
        ? [await officeOf(manager, order), 'receiving_city', order.payer]
        : [order.payee, 'paying_city', order.payer];
  const rows: (Record<'insutype' | 'entry', string> & Record<'settlements' | 'medfee' | 'fen', unknown>)[] = await manager.query(
    `SELECT s.insutype AS insutype, s.entry AS entry, COUNT(*) AS settlements, SUM(s.medfee_sumamt) AS medfee, SUM(f.fen) AS fen
     FROM xr_settlement s JOIN xr_settlement_fund f ON f.settlement_id = s.id AND f.fund_no = ?
     WHERE s.office = ? AND s.entered_window = ? AND s.${column} = ? AND s.fixmedins_code = ?
     GROUP BY s.insutype, s.entry ORDER BY s.insutype, s.entry`,
    [FUNDS[order.fund].no, office, periodOf(order.period), city, institution],
  );
  const insutypes = [...new Set(rows.map(({ insutype }) => insutype))];
  return insutypes.map((insutype) => {
    const own = rows.filter((row) => row.insutype === insutype);
    const deducted = own.filter(({ entry }) => entry === 'deduction');
    const kept = own.filter(({ entry }) => entry !== 'deduction');
    return {
      insutype,
      settlements: kept.reduce((sum, row) => sum + integerOf(row.settlements), 0),
      medfee: add(ZERO, ...kept.map((row) => fenOf(row.medfee))),
      owed: add(ZERO, ...kept.map((row) => fenOf(row.fen))),
      deduction: negate(add(ZERO, ...deducted.map((row) => fenOf(row.fen)))),
      deductions: deducted.reduce((sum, row) => sum + integerOf(row.settlements), 0),
    };
  });
}
