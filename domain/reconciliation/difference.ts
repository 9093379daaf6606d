import type { Fen } from '../money';
import type { ResultRow } from './day-file';

/** `onlyOurs`, `onlyTheirs`: one side lacks it; `amounts`: both have it with different sums; `cancelled`: one side has undone it. */
export type DifferenceClass = 'onlyOurs' | 'onlyTheirs' | 'amounts' | 'cancelled';

/** What the centre says of one settlement on which the sides differ. */
export interface TheirSettlement extends Pick<ResultRow, 'setl_id' | 'mdtrt_id' | 'refd_setl_flag' | 'medfee' | 'fund' | 'account'> {
  readonly class: DifferenceClass;
}

/** Our settlement of that setl_id as the books hold it; the fund sum in the profile's reading. */
export interface OurSettlement {
  readonly status: 'live' | 'cancelled' | 'held';
  /** yyyy-MM-dd */
  readonly businessDate: string;
  readonly medfee: Fen;
  readonly fund: Fen;
  readonly account: Fen;
}

/** Our settlement message of the row's msgid as the message log holds it. */
export interface OurMessage {
  readonly workflowId: string;
  readonly mdtrt_id: string | null;
  /** Null while it is on its way. */
  readonly outcome: 'settled' | 'refused' | 'unknown' | null;
  readonly resolution: string | null;
  /** setl_id under which our books hold what it settled, or null. */
  readonly bookedAs: string | null;
}

/** What is done about a difference. */
export type Verdict =
  /** Lost, still open, and live at the centre: the stay takes it into our books. */
  | { readonly action: 'adopt'; readonly workflowId: string }
  /** Given up here and live at the centre: undone there by 2305. */
  | { readonly action: 'undo'; readonly reason: string }
  /** Not decided yet; the next comparison will tell. */
  | { readonly action: 'later'; readonly reason: string }
  /** A person looks at it. */
  | { readonly action: 'abnormal'; readonly reason: string }
  /** Nothing to do: both sides mean the same. */
  | { readonly action: 'none'; readonly reason: string };

const REFUNDED = /^0*1$/;
/** 医药机构多, interface catalogue 6.2. */
const INSTITUTION_HAS_MORE = '000102';

/** How a row of the result file is filed; `ours` is our settlement of its setl_id. */
export function classOf(row: Pick<ResultRow, 'stmt_rslt' | 'medfee'>, ours: Pick<OurSettlement, 'status'> | undefined): DifferenceClass {
  if (ours?.status === 'cancelled') return 'cancelled';
  // The centre lists what only we have with our own amounts, so its code tells, not the amounts.
  if (row.stmt_rslt === INSTITUTION_HAS_MORE || row.medfee === null) return 'onlyOurs';
  return ours ? 'amounts' : 'onlyTheirs';
}

/** Decides about one difference of the day `date`. Pure; docs/reconciliation.md has the same rules as a table. */
export function judge(date: string, theirs: TheirSettlement, ours: OurSettlement | undefined, message: OurMessage | undefined): Verdict {
  if (ours) return judgeOurs(date, theirs, ours);
  if (theirs.class === 'onlyOurs') return { action: 'abnormal', reason: '中心称本机构多出此笔，本地没有' };
  if (!isLive(theirs)) return { action: 'none', reason: '中心已退费，本地本无此笔' };
  if (!message) return { action: 'abnormal', reason: '中心有结算，本地没有这份报文' };
  if (message.mdtrt_id !== theirs.mdtrt_id) return { action: 'abnormal', reason: '中心的结算与本地报文不是同一次就诊' };
  return judgeLost(message);
}

function judgeOurs(date: string, theirs: TheirSettlement, ours: OurSettlement): Verdict {
  if (ours.status === 'cancelled') {
    const live = isLive(theirs) && theirs.class !== 'onlyOurs';
    return live ? { action: 'abnormal', reason: '本地已撤销，中心仍有效' } : { action: 'none', reason: '两边均已撤销' };
  }
  if (theirs.class === 'onlyOurs' || !isLive(theirs)) return { action: 'abnormal', reason: '本地已结算，中心没有或已退费' };
  if (ours.businessDate !== date) return { action: 'abnormal', reason: `两边业务日期不一致，本地记在 ${ours.businessDate}` };
  if (ours.status === 'held') return { action: 'abnormal', reason: '金额待确认，尚未入账' };
  const sameAmounts = theirs.medfee === ours.medfee && theirs.fund === ours.fund && theirs.account === ours.account;
  return { action: 'abnormal', reason: sameAmounts ? '金额一致，人员或就诊编号不一致' : '两边金额不一致' };
}

/** A settlement that lives at the centre and that our books do not hold under its setl_id, though the message was ours. */
function judgeLost({ workflowId, outcome, resolution, bookedAs }: OurMessage): Verdict {
  if (bookedAs !== null) return { action: 'undo', reason: `同一报文在中心记了两笔，本地已按 ${bookedAs} 入账` };
  switch (outcome) {
    case null:
    case 'settled':
      return { action: 'later', reason: '报文尚在途中' };
    case 'refused':
      return { action: 'undo', reason: '本地收到拒绝，中心却已记账' };
    case 'unknown':
      return GIVEN_UP.includes(resolution ?? '')
        ? { action: 'undo', reason: '本地已冲正放弃，中心迟到入账' }
        : { action: 'adopt', workflowId };
  }
}

/** Resolutions of a message that is or will be nothing in our books; adopting it could meet a 2601 that is still on its way. */
const GIVEN_UP: readonly string[] = ['abandoning', 'abandoned', 'absent'];

function isLive({ refd_setl_flag, medfee }: TheirSettlement): boolean {
  return !REFUNDED.test(refd_setl_flag) && medfee !== null && medfee >= 0;
}
