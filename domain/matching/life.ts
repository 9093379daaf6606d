import type { Refusal } from '../commands';
import { humansOf } from '../office-case/four-eyes';
import type { Signer } from '../office-case/types';
import { refusal } from '../refusal';

/**
 * The life of a difference (差异) over runs and people. Pure: what a run finds and what a person does are events that lead from one
 * state to the next.
 */

export const DIFFERENCE_STATES = {
  new: '新增',
  persisting: '持续',
  expected: '规则内未达',
  explained: '已说明',
  writeOffProposed: '核销待复核',
  writtenOff: '已核销',
  resolved: '已消除',
} as const;
export type DifferenceState = keyof typeof DIFFERENCE_STATES;

/** Still in the residual, with or without a name. */
export const OPEN_STATES = ['new', 'persisting', 'expected', 'explained', 'writeOffProposed'] as const satisfies readonly DifferenceState[];
/** Open, and somebody or some rule says why. */
export const EXPLAINED_STATES = ['expected', 'explained', 'writeOffProposed'] as const satisfies readonly DifferenceState[];

export function isOpen(state: DifferenceState): boolean {
  return (OPEN_STATES as readonly DifferenceState[]).includes(state);
}

export const DIFFERENCE_EVENTS = {
  found: '首次发现',
  persisted: '再次发现',
  changed: '内容变化',
  overdue: '超过规定期限',
  recurred: '消除后再现',
  arrived: '迟到数据到达',
  gone: '更正后不再存在',
  assigned: '指定责任人',
  explained: '说明原因',
  writeOffProposed: '申请核销',
  writeOffApproved: '核销复核通过',
  writeOffRefused: '核销复核不通过',
} as const;
export type DifferenceEvent = keyof typeof DIFFERENCE_EVENTS;

/** What a run found under a key. */
export interface Found {
  readonly code: string;
  readonly kind: 'break' | 'expected';
  /** Digest of what the sides say; another one is another content. */
  readonly content: string;
}

/** What is known of the difference so far. */
export interface Known {
  readonly state: DifferenceState;
  readonly code: string;
  readonly content: string;
}

/** The next state, and the event to note; none when there is nothing new to tell. */
export interface Step {
  readonly state: DifferenceState;
  readonly event: DifferenceEvent | null;
}

/**
 * A run finds the key differing. What a person said of it (explained, written off) holds as long as the sides say the same;
 * other content starts anew.
 */
export function found(known: Known | null, now: Found): Step {
  const fresh: DifferenceState = now.kind === 'expected' ? 'expected' : 'new';
  if (known === null) return { state: fresh, event: 'found' };
  const same = known.content === now.content && known.code === now.code;
  if (known.state === 'resolved') return { state: fresh, event: 'recurred' };
  if (known.state === 'expected' && now.kind === 'break') return { state: 'new', event: 'overdue' };
  if (now.kind === 'expected' && (known.state === 'new' || known.state === 'persisting')) return { state: 'expected', event: 'changed' };
  if (same) return known.state === 'new' ? { state: 'persisting', event: 'persisted' } : { state: known.state, event: null };
  return { state: now.kind === 'expected' ? 'expected' : known.state === 'writtenOff' ? 'new' : 'persisting', event: 'changed' };
}

/** A run finds the sides agreeing: by a row that came late, or because a corrected file no longer shows it. */
export function vanished(known: Pick<Known, 'state'>, how: 'arrived' | 'gone'): Step {
  return isOpen(known.state) ? { state: 'resolved', event: how } : { state: known.state, event: null };
}

/** What people do about a difference. */
export type DifferenceAct =
  | { readonly act: 'assign'; readonly owner: string }
  | { readonly act: 'explain'; readonly cause: string }
  | { readonly act: 'proposeWriteOff'; readonly cause: string }
  | { readonly act: 'approveWriteOff' }
  | { readonly act: 'refuseWriteOff'; readonly cause: string };

/** Roles (岗位) that may do it; what a second person decides is not for the maker's post. */
export const ACT_ROLES: Readonly<Record<DifferenceAct['act'], readonly string[]>> = {
  assign: ['maker', 'accountant', 'reviewer'],
  explain: ['maker', 'accountant'],
  proposeWriteOff: ['maker', 'accountant'],
  approveWriteOff: ['reviewer', 'rechecker', 'approver'],
  refuseWriteOff: ['reviewer', 'rechecker', 'approver'],
};

/**
 * Judges an act by `signer` on a difference in `state`; `proposer` is who proposed the write-off, where one is proposed. Four eyes are
 * judged over humans, as in office cases: no account, role or delegation lets one person write off what he proposed.
 */
export function judgeAct(state: DifferenceState, act: DifferenceAct, signer: Signer, proposer: Signer | null): Step | Refusal {
  if (!ACT_ROLES[act.act].includes(signer.role)) return refusal('MATCHING_ROLE_UNFIT');
  if (!isOpen(state)) return refusal('MATCHING_STATE_UNFIT', `差异${DIFFERENCE_STATES[state]}，不能再办理。`);
  if ('cause' in act && act.cause.trim() === '') return refusal('MATCHING_CAUSE_MISSING');
  switch (act.act) {
    case 'assign':
      return { state, event: 'assigned' };
    case 'explain':
      return state === 'writeOffProposed' ? refusal('MATCHING_STATE_UNFIT', '核销正待复核，不能改原因。') : { state: 'explained', event: 'explained' };
    case 'proposeWriteOff':
      return state === 'writeOffProposed' ? refusal('MATCHING_STATE_UNFIT', '已申请核销，等待复核。') : { state: 'writeOffProposed', event: 'writeOffProposed' };
    case 'approveWriteOff':
    case 'refuseWriteOff': {
      if (state !== 'writeOffProposed' || proposer === null) return refusal('MATCHING_STATE_UNFIT', '没有待复核的核销。');
      const behind = humansOf(proposer);
      if ([...humansOf(signer)].some((human) => behind.has(human))) return refusal('MATCHING_FOUR_EYES');
      return act.act === 'approveWriteOff' ? { state: 'writtenOff', event: 'writeOffApproved' } : { state: 'explained', event: 'writeOffRefused' };
    }
  }
}
