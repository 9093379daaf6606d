import type { Fen } from '../money';

/** What a batch (批次) is doing: working its rows out, taking effect after confirmation, taking back what had no effect yet, undoing what had. */
export type BatchPhase = 'work' | 'post' | 'discard' | 'undo';

/**
 * `accepted` 已受理, `refused` 未受理, `working` 处理中, `previewed` 待确认, `posting` 入账中, `done` 已生效, `discarding` 取消中,
 * `cancelled` 已取消, `undoing` 撤销中, `undone` 已撤销.
 */
export type BatchState = 'accepted' | 'refused' | 'working' | 'previewed' | 'posting' | 'done' | 'discarding' | 'cancelled' | 'undoing' | 'undone';

export const BATCH_STATE_NAMES: Readonly<Record<BatchState, string>> = {
  accepted: '已受理',
  refused: '未受理',
  working: '处理中',
  previewed: '待确认',
  posting: '入账中',
  done: '已生效',
  discarding: '取消中',
  cancelled: '已取消',
  undoing: '撤销中',
  undone: '已撤销',
};

/** What stops a batch between two chunks: a person's pause, or a chunk that could not be worked. */
export type BatchHold = 'paused' | 'failed';

/** A part of a batch that is worked in one transaction: rows between two keys, both included. */
export interface BatchRange {
  readonly from: string;
  readonly through: string;
  readonly rows: number;
}

/** Sums of a batch by the kind's own names, such as `310/unit`, fen; what a name beginning with `count/` says are rows. */
export type BatchSums = Readonly<Record<string, Fen>>;

/** What one chunk came to. */
export interface ChunkOutcome {
  /** Rows that were taken over. */
  readonly done: number;
  readonly rejects: readonly BatchRejection[];
  readonly sums: BatchSums;
}

/** A row that was left out (未处理行), with the reason a person can act on. */
export interface BatchRejection {
  /** Line of the file, or ordinal in the population, from 1. */
  readonly rowNo: number;
  /** What the row is about, without personal data: an internal number. */
  readonly subject: string;
  readonly code: string;
  /** One Chinese sentence, kept encrypted: it may name what stood in the row. */
  readonly text: string;
}
