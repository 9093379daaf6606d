import { z } from 'zod';
import { pageShape, wholeNumber } from './queries';
import { anyFen, businessDate, epochMs } from './text';

const text = z.string();
const state = z
  .enum(['running', 'closed', 'balanced', 'differs', 'failed'])
  .meta({ description: 'running 对账中、closed 平且已日结、balanced 平但当日未结束、differs 不平、failed 未能完成' });

export const reconcileBody = z
  .strictObject({ date: businessDate.meta({ description: '业务日期，今天或以前' }) })
  .meta({ id: 'ReconcileRequest' });

export const reconciliationQuery = z.strictObject({
  version: wholeNumber(1, 999_999).optional().meta({ description: '第几次对账，默认最近一次' }),
  ...pageShape,
});

const sums = { settlements: z.number().int().meta({ description: '笔数' }), medfeeFen: anyFen, fundFen: anyFen, accountFen: anyFen };

const group = z
  .object({
    insutype: text.meta({ description: '险种类型' }),
    clrType: text.meta({ description: '清算类别' }),
    clrOptins: text.meta({ description: '清算经办机构' }),
    ...sums,
    stmtRslt: text.nullable().meta({ description: '3201 的对账结果' }),
    stmtRsltDscr: text.nullable(),
    msgid: text.nullable().meta({ description: '3201 的报文编号' }),
  })
  .meta({ id: 'ReconciliationGroup' });

const run = {
  businessDate: text,
  version: z.number().int().meta({ description: '第几次对账' }),
  state,
  startedAt: epochMs,
  finishedAt: epochMs.nullable(),
  totals: z.object(sums).meta({ description: '本机构各组合计；基金支付额按当地口径' }),
  groups: z.array(group),
  openDifferences: z.number().int().meta({ description: '尚待处理的差异' }),
};

export const reconciliationRow = z.object(run).meta({ id: 'Reconciliation' });
export const reconciliationPage = z
  .object({ items: z.array(reconciliationRow), nextCursor: text.nullable() })
  .meta({ id: 'ReconciliationPage' });

const side = z.object({ medfeeFen: anyFen.nullable(), fundFen: anyFen.nullable(), accountFen: anyFen.nullable() });

const difference = z
  .object({
    class: z
      .enum(['onlyOurs', 'onlyTheirs', 'amounts', 'cancelled'])
      .meta({ description: 'onlyOurs 本机构多、onlyTheirs 医保中心多、amounts 数据不一致、cancelled 一方已撤销' }),
    state: z
      .enum(['open', 'adopted', 'undone', 'abnormal', 'closed'])
      .meta({ description: 'open 待再次核对、adopted 已认领入账、undone 已用 2305 撤销、abnormal 待人工处理、closed 已一致' }),
    setlId: text.nullable(),
    msgid: text.nullable(),
    mdtrtId: text.nullable(),
    ours: side.meta({ description: '本机构金额，分' }),
    theirs: side.meta({ description: '医保中心金额，分' }),
    memo: text.nullable().meta({ description: '结果文件的备注' }),
    resolution: text.nullable().meta({ description: '处理结果或待处理的原因' }),
    updatedAt: epochMs,
  })
  .meta({ id: 'ReconciliationDifference' });

export const reconciliationView = z
  .object({
    ...run,
    versions: z.array(z.object({ version: z.number().int(), state, startedAt: epochMs, finishedAt: epochMs.nullable() })),
    differences: z.object({ items: z.array(difference), nextCursor: text.nullable() }),
  })
  .meta({ id: 'ReconciliationView' });
