import { formatDateTime } from '../calendar';
import type { BatchStanding } from './state';
import { BATCH_STATE_NAMES } from './types';

/** A batch as far as its state is told in words. */
export interface ToldBatch extends BatchStanding {
  readonly total: number;
  readonly done: number;
  readonly rejected: number;
  readonly reason: string | null;
  readonly confirmCaseNo: string | null;
  readonly undoCaseNo: string | null;
  /** When the phase under way began, epoch ms. */
  readonly phaseStartedAt: number | null;
}

/** How far a batch is, Chinese. */
export function progressText({ state, hold, total, done, rejected }: Pick<ToldBatch, 'state' | 'hold' | 'total' | 'done' | 'rejected'>): string {
  const held = hold === 'paused' ? '（已暂停）' : hold === 'failed' ? '（因故停下，待处理）' : '';
  return `${BATCH_STATE_NAMES[state]}${held}：共 ${total} 行，已处理 ${done} 行，未通过 ${rejected} 行`;
}

/** Why a batch stands where it stands: how far it is, what it waits for, and since when its phase goes. */
export function batchWhy(batch: ToldBatch): string {
  const { phaseStartedAt, reason } = batch;
  const since = phaseStartedAt === null ? '' : `本阶段自 ${formatDateTime(phaseStartedAt).slice(0, 16)}`;
  return [progressText(batch), since, waitsFor(batch), reason ?? ''].filter((text) => text !== '').join('；');
}

function waitsFor({ state, hold, confirmCaseNo, undoCaseNo }: ToldBatch): string {
  if (hold === 'paused') return '等待有人恢复';
  if (hold === 'failed') return '等待有人处理后恢复';
  if (state === 'previewed') return confirmCaseNo === null ? '等待确认' : `等待办件 ${confirmCaseNo} 确认`;
  return state === 'done' && undoCaseNo !== null ? `撤销办件 ${undoCaseNo} 在办` : '';
}
