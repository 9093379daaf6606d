import { formatDateTime } from '../calendar';
import type { ApprovalSheetData } from './data';
import type { DocumentBody } from './model';
import { column, grouped, head, row, SEAL } from './parts';

/** 审批表 of an office case: its form with what changed, and who signed what. */
export function approvalSheet(data: ApprovalSheetData): DocumentBody {
  const { office, form, chain } = data;
  return {
    office: office.name,
    title: `${data.title.split(' ')[0] ?? ''}审批表`,
    fund: null,
    heads: [
      head('办件编号', data.caseNo, true),
      head('事项', data.title, true),
      head('状态', data.status),
      head('轮次', data.round),
      head('收件', formatDateTime(data.openedAt)),
      ...(data.endedAt === null ? [] : [head('办结', formatDateTime(data.endedAt))]),
    ],
    sections: [
      {
        title: '一、申请内容（＊为本轮改动）',
        columns: [column('项目', 1), column('内容', 2.6), column('改动前', 1.6)],
        rows: form.map(({ zh, value, changed, before }) => row([`${changed ? '＊' : ''}${zh}`, value === '' ? '—' : value, changed ? (before ?? '（空）') : ''])),
        none: '没有内容',
      },
      {
        title: '二、办理过程',
        columns: [column('时间', 1.3), column('环节', 1.1), column('办理', 0.9), column('办理人', 1.2), column('意见', 2.6), column('轮', 0.4, 'center')],
        rows: chain.map(({ at, step, act, by, forWhom, opinion, round }) =>
          row([formatDateTime(at), step, act, forWhom === null ? by : `${by}（代 ${forWhom}）`, opinion, String(round)]),
        ),
        none: '尚未办理',
      },
    ],
    total: null,
    count: `${grouped(chain.length)} 次办理`,
    notes: [],
    signatures: [],
    seals: [SEAL],
    copies: [],
  };
}
