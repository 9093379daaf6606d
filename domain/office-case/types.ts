import type { CommandEnvelope, Refusal } from '../commands';

/** Acts (办理动作) of people on a case; each is carried by the update and the signal `act`. */
export const CASE_ACTS = [
  'submit', // 提交
  'accept', // 受理
  'approve', // 同意
  'return', // 退回补正
  'reject', // 不同意
  'object', // 提出异议
  'withdraw', // 撤回
  'transfer', // 转办
  'addSigner', // 加签
  'urge', // 催办
  'suspend', // 挂起
  'resume', // 恢复
  'void', // 作废
  'copy', // 抄送
  'amend', // 补正
] as const;
export type CaseActName = (typeof CASE_ACTS)[number];

export const ACT_NAMES: Record<CaseActName, string> = {
  submit: '提交',
  accept: '受理',
  approve: '同意',
  return: '退回补正',
  reject: '不同意',
  object: '提出异议',
  withdraw: '撤回',
  transfer: '转办',
  addSigner: '加签',
  urge: '催办',
  suspend: '挂起',
  resume: '恢复',
  void: '作废',
  copy: '抄送',
  amend: '补正',
};

export const CASE_STATUSES = [
  'draft',
  'submitted',
  'accepted',
  'inReview',
  'returned',
  'suspended',
  'approved',
  'effective',
  'rejected',
  'withdrawn',
  'voided',
  'failed',
] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];

export const STATUS_NAMES: Record<CaseStatus, string> = {
  draft: '草稿',
  submitted: '已提交',
  accepted: '已受理',
  inReview: '审批中',
  returned: '退回补正',
  suspended: '挂起',
  approved: '已批准，正在登记',
  effective: '已生效',
  rejected: '不予通过',
  withdrawn: '已撤回',
  voided: '已作废',
  failed: '登记失败，已回退',
};

/** What is asked of a case. `decision` is the signed decision (签名决定) of the one who acts. */
export interface ActPayload {
  readonly act: CaseActName;
  /** Key of the step; `maker` for what the maker does. */
  readonly step: string;
  /** The slot of the step; null where the step has one only, or the act belongs to none. */
  readonly slot?: string | null;
  readonly round: number;
  readonly opinion: string;
  /** Of submit and amend: the form anew. */
  readonly form?: Readonly<Record<string, unknown>>;
  /** Of transfer, addSigner and copy: to whom. Of return: to which step (the maker where absent). */
  readonly to?: { readonly userId?: string; readonly role?: string; readonly division?: string; readonly step?: string };
  readonly decision: string;
}

export type ActCommand = CommandEnvelope<ActPayload>;

/** Who acted, for whom, and every human on the way: keys of persons, never names of accounts. */
export interface Signer {
  readonly userId: string;
  readonly name: string;
  readonly personKey: string;
  /** By delegation (委托) the one who holds the role; else the same. */
  readonly forUserId: string;
  readonly forName: string;
  readonly forPersonKey: string;
  /** Person keys of the whole chain of delegations. */
  readonly chain: readonly string[];
  readonly role: string;
  readonly division: string;
}

/** A place (席位) in a step where one person signs. */
export interface Slot {
  readonly slot: string;
  readonly zh: string;
  readonly role: string;
  readonly division: string;
  /** `tacit`: nobody spoke to the end of the term, and the definition lets silence count (视为确认). */
  readonly state: 'open' | 'signed' | 'objected' | 'returned' | 'rejected' | 'void' | 'tacit';
  /** Round in which it opened. */
  readonly round: number;
  /** Only this person (or a delegate of theirs) may sign. */
  readonly assigneeId: string | null;
  /** By 加签: must sign whatever the step needs else. */
  readonly added: boolean;
  readonly openedAt: number;
  readonly doneAt: number | null;
  readonly by: Signer | null;
  /** Round of the signature, when it was kept from an earlier one. */
  readonly keptFrom: number | null;
  /** What was signed: hash of the party's entry, or of the form. */
  readonly mark: string;
}

/** A party: an entry of a list of the form whose parties sign. */
export interface Party {
  readonly slot: string;
  readonly division: string;
  readonly zh: string;
  /** Hash of the whole entry. */
  readonly mark: string;
}

/** Of the form, what the chain needs: the rest stays in the database. */
export interface FormExtract {
  readonly formHash: string;
  /** Numbers that `when` asks for. */
  readonly numbers: Readonly<Record<string, number>>;
  /** Divisions that `where: field:…` asks for. */
  readonly divisions: Readonly<Record<string, string>>;
  /** By name of the list. */
  readonly parties: Readonly<Record<string, readonly Party[]>>;
  readonly amountFen: number | null;
  readonly period: string | null;
  readonly businessKey: string;
}

/** The term of the current step in moments (epoch ms); the working hours were counted by the activity that opened it. */
export interface Timing {
  readonly startedAt: number;
  /** Working ms used up before `since`. */
  readonly spentMs: number;
  /** The clock runs from here; null while it stands still. */
  readonly since: number | null;
  /** Reminders still to come. */
  readonly remindAt: readonly { readonly part: number; readonly at: number }[];
  readonly dueAt: number | null;
  /** Year that the term reaches into though its days off are not known; reckoned by the week alone there. */
  readonly unknownYear?: number;
}

/** A duty that a person has signed for, of any round: what four eyes are judged by. */
export interface Signature {
  readonly duty: string;
  readonly step: string;
  readonly slot: string | null;
  readonly round: number;
  readonly act: CaseActName;
  readonly at: number;
  readonly by: Signer;
  /** False where the definition waives four eyes for the step. */
  readonly different: boolean;
}

/** An operation that was applied and would have to be undone if the case does not come to its end. */
export interface Applied {
  readonly step: string;
  readonly round: number;
}

export interface OpenedCase {
  readonly caseNo: string;
  readonly definition: string;
  readonly definitionVersion: number;
  readonly division: string;
  /** `parent` and `root` of the division, as they were when the case was opened. */
  readonly parentDivision: string;
  readonly rootDivision: string;
  /** User who opened it; only this one submits it. */
  readonly makerId: string;
  /** Form of round 1. */
  readonly extract: FormExtract;
  readonly openedAt: number;
}

export interface CaseState extends OpenedCase {
  /** Counts the events applied; the read model carries the same number. */
  readonly version: number;
  readonly status: CaseStatus;
  /** Status to go back to after a suspension. */
  readonly heldStatus: CaseStatus | null;
  readonly round: number;
  /** Key of the current step, `maker`, `effect`, or null when the case has ended. */
  readonly step: string | null;
  readonly maker: Signer | null;
  /** True once somebody began to review this round: no 撤回 any more. */
  readonly reviewed: boolean;
  /** Slots of the steps entered in this round, by key of the step. */
  readonly slots: Readonly<Record<string, readonly Slot[]>>;
  /** Slots of earlier rounds, for what is kept of them. */
  readonly earlier: Readonly<Record<string, readonly Slot[]>>;
  readonly skipped: readonly string[];
  readonly signatures: readonly Signature[];
  readonly timing: Timing | null;
  readonly urges: number;
  /** Parts of the term reminded of, in this step and round. */
  readonly reminded: readonly number[];
  readonly escalatedAt: number | null;
  readonly copies: readonly { readonly userId: string; readonly at: number }[];
  /** Applied, oldest first. */
  readonly applied: readonly Applied[];
  /** To be undone, newest first, before the case goes on. */
  readonly undoing: readonly Applied[];
  /** Why the case failed or was sent back by itself. */
  readonly failure: Refusal | null;
  /** What the operations show, by step. */
  readonly results: Readonly<Record<string, object>>;
  readonly endedAt: number | null;
}

interface EventBase {
  /** Epoch ms. */
  readonly at: number;
  /** The term of the step that is current afterwards; absent where the event does not touch it. */
  readonly timing?: Timing | null;
}

/** What happened; each changes the state through `apply`, in the workflow and in the read model alike. */
export type CaseEvent = EventBase &
  (
    | {
        readonly type: 'acted';
        readonly act: CaseActName;
        readonly step: string;
        readonly slot: string | null;
        readonly round: number;
        readonly by: Signer;
        readonly extract?: FormExtract;
        readonly to?: ActPayload['to'];
      }
    | { readonly type: 'refused'; readonly act: string; readonly step: string; readonly slot: string | null; readonly userId: string | null; readonly refusal: Refusal }
    | { readonly type: 'operated'; readonly step: string; readonly result: object }
    | { readonly type: 'operationFailed'; readonly step: string; readonly refusal: Refusal; readonly undoItself: boolean }
    | { readonly type: 'undone'; readonly step: string; readonly round: number }
    | { readonly type: 'reminded'; readonly step: string; readonly round: number; readonly part: number }
    | { readonly type: 'escalated'; readonly step: string; readonly round: number; readonly to: string }
    /** 逾期视为确认: by nobody; the slots that were silent. */
    | { readonly type: 'tacit'; readonly step: string; readonly round: number; readonly slots: readonly string[] }
  );

/** How many characters an opinion may have. */
export const LONGEST_OPINION = 500;
/** How many rounds a case may have: whoever returns it more often should not accept it. */
export const MOST_ROUNDS = 50;
/** How many slots a step may have. */
export const MOST_SLOTS = 500;

/** `office-case/<definition>/<division>/<caseNo>`; also the id of the case's row. */
export function caseIdOf(opened: Pick<OpenedCase, 'definition' | 'division' | 'caseNo'>): string {
  return `office-case/${opened.definition}/${opened.division}/${opened.caseNo}`;
}
