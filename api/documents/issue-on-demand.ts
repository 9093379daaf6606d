import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { issueDocument, liveKeyOf } from '../../activities/documents/issue';
import { issueDetail } from '../../activities/documents/orders';
import type { FundKey } from '../../domain/clearing/funds';
import type { Refusal } from '../../domain/commands';
import { isFinal } from '../../domain/office-case/state';
import { refusal } from '../../domain/refusal';
import type { issueBody } from '../../schemas/api/documents';
import { PaymentOrder, PrintedDocument } from '../../store/entities';
import { requireCase } from '../cases/find';
import { readerOf } from '../cases/reader';
import { moneyScope } from '../prepayment/scope';
import { Problem } from '../problem';
import type { Call } from '../route';
import { caseSheet } from './case-sheet';
import { issuePrepayBalance } from './prepay-balance';

type IssueCall = Call<unknown, z.output<typeof issueBody>>;

/** Issues what no operation issues by itself; the same asked for again is the same document. */
export async function issueOnDemand(manager: EntityManager, call: IssueCall): Promise<PrintedDocument | Refusal> {
  const { body, user, parts } = call;
  const issuing = { by: user.userId, at: parts.people.now() };
  switch (body.kind) {
    case 'approvalSheet':
      return issueCaseSheet(manager, call, body.caseNo);
    case 'prepayBalance': {
      const { division: province, period, fund } = body;
      if (!(await moneyScope(manager, user, issuing.at)).has(province)) throw new Problem('DIVISION_OUT_OF_SCOPE');
      return issuePrepayBalance(manager, { province, period, fund: fund as FundKey }, issuing);
    }
    case 'disbursementDetail': {
      const order = await manager.findOneBy(PaymentOrder, { orderNo: body.orderNo });
      if (!order || !(await moneyScope(manager, user, issuing.at)).has(order.payer)) throw new Problem('ORDER_NOT_FOUND');
      return issueDetail(manager, order, body.institution, issuing);
    }
    default:
      return body satisfies never;
  }
}

/** 审批表 of a case that has ended. */
async function issueCaseSheet(manager: EntityManager, { user, parts }: IssueCall, caseNo: string): Promise<PrintedDocument | Refusal> {
  const at = parts.people.now();
  const found = await requireCase(manager, caseNo, await readerOf(manager, user, at));
  const { row } = found;
  if (!isFinal(row.status)) return refusal('DOCUMENT_NOT_READY');
  // A case that has ended does not change; names of offices may.
  const standing = await manager.findOneBy(PrintedDocument, { liveKey: liveKeyOf('approvalSheet', row.caseNo) });
  if (standing) return standing;
  const data = await caseSheet(manager, found, at);
  return issueDocument(manager, { kind: 'approvalSheet', admdvs: row.division, party: null, period: row.period, caseId: row.id, subject: row.caseNo, data }, { by: user.userId, at });
}
