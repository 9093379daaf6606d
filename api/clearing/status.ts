import type { XrBatchStatus } from '../../store/entities';

/** How a clearing batch stands, in Chinese. */
export const BATCH_STATUS_NAMES: Readonly<Record<XrBatchStatus, string>> = { generating: '生成中', draft: '审核中', approved: '已审批', undone: '已撤销审批', withdrawn: '已收回' };
