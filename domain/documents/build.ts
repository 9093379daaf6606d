import { formatDateTime } from '../calendar';
import { printable } from '../sheet/text';
import { approvalSheet } from './approval-sheet';
import { clearingPayable } from './clearing-payable';
import { clearingReceivable } from './clearing-receivable';
import { clearingSummary } from './clearing-summary';
import type { FrozenDocument, Signed } from './data';
import { disbursementDetail } from './disbursement-detail';
import { disbursementOrder } from './disbursement-order';
import type { DocumentBody, DocumentModel } from './model';
import { movedOut } from './moved-out';
import { paymentNotice, receiptNotice } from './notice';
import { MADE, signature, type View } from './parts';
import { prepayBalance } from './prepay-balance';
import { prepayVoucher } from './prepay-voucher';

/** How a document stands: issued under a number, or a draft of what nobody approved yet. */
export type Standing =
  | { readonly number: null }
  | {
      readonly number: string;
      readonly hash: string;
      /** What the QR code says. */
      readonly qr: string;
      readonly replaces: string | null;
      readonly issued: Signed;
      readonly voided: { readonly at: number; readonly reason: string; readonly replacedBy: string | null } | null;
    };

/** Who looks, and whether that is a recorded print. `at` in epoch ms. */
export interface Printing {
  readonly at: number;
  readonly by: string;
  /** Number of the recorded print; null for a look. */
  readonly no: number | null;
}

/** Builds the model of a document. Pure: the same frozen data always gives the same. Throws RangeError for data that do not add up. */
export function buildDocument(frozen: FrozenDocument, standing: Standing, printing: Printing): DocumentModel {
  const body = bodyOf(frozen, { maskAccounts: printing.no === null });
  const issued = standing.number === null ? null : standing;
  return {
    ...body,
    office: printable(body.office),
    title: printable(body.title),
    kind: frozen.kind,
    number: standing.number,
    signatures: body.signatures.map((each) => (each.label === MADE && each.name === null && issued ? signature(MADE, issued.issued) : each)),
    notes: [...body.notes.map(printable), ...(issued ? [`开具：${formatDateTime(issued.issued.at)} ${printable(issued.issued.name)}。`] : []), ...(issued?.replaces ? [`本单代替已作废的 ${issued.replaces}。`] : [])],
    marks: marksOf(standing, printing),
    ...stampOf(frozen, standing, printing),
    proof: issued && { hash: issued.hash, qr: issued.qr },
    foot: { printedAt: formatDateTime(printing.at), printedBy: printable(printing.by), print: printing.no === null ? '预览，未登记打印' : `第 ${printing.no} 次打印` },
  };
}

function bodyOf(frozen: FrozenDocument, view: View): DocumentBody {
  switch (frozen.kind) {
    case 'clearingPayable':
      return clearingPayable(frozen.data);
    case 'clearingReceivable':
      return clearingReceivable(frozen.data);
    case 'clearingSummary':
      return clearingSummary(frozen.data);
    case 'paymentNotice':
      return paymentNotice(frozen.data, view);
    case 'receiptNotice':
      return receiptNotice(frozen.data, view);
    case 'disbursementOrder':
      return disbursementOrder(frozen.data, view);
    case 'disbursementDetail':
      return disbursementDetail(frozen.data);
    case 'prepayVoucher':
      return prepayVoucher(frozen.data, view);
    case 'prepayBalance':
      return prepayBalance(frozen.data);
    case 'movedOut':
      return movedOut(frozen.data);
    case 'approvalSheet':
      return approvalSheet(frozen.data);
    default:
      return frozen satisfies never;
  }
}

function marksOf(standing: Standing, { no }: Printing): string[] {
  if (no === null) return [standing.number === null ? '草稿' : '预览'];
  return no > 1 ? [`补打（第 ${no} 次打印）`] : [];
}

/** What stands across the page: 作废 wins over 未审批, that over 预览 and 补打. */
function stampOf(frozen: FrozenDocument, standing: Standing, { no }: Printing): Pick<DocumentModel, 'stamp' | 'stampNote'> {
  if (standing.number !== null && standing.voided) {
    const { at, reason, replacedBy } = standing.voided;
    const successor = replacedBy === null ? '' : `，由 ${replacedBy} 代替`;
    return { stamp: '作废', stampNote: `于 ${formatDateTime(at)} 作废：${printable(reason)}${successor}。` };
  }
  const unapproved = standing.number === null || (frozen.kind === 'approvalSheet' && !frozen.data.effective);
  if (unapproved) return { stamp: '未审批', stampNote: '未经审批，不作为收付凭据。' };
  if (no === null) return { stamp: '预览', stampNote: '仅供查看，不作为收付凭据；正式打印须登记。' };
  return no > 1 ? { stamp: '补打', stampNote: null } : { stamp: null, stampNote: null };
}
