import { z } from 'zod';
import { stage } from './admissions';
import { problemBody } from './problem';
import { anyFen, businessTime, commandId, epochMs, iptNo, round } from './text';

/** Page of a list: rows and the mark by which the next page is asked for. */
function page<T extends z.ZodType>(rows: T, id: string): z.ZodType {
  return z
    .object({ items: z.array(rows), nextCursor: z.string().nullable().meta({ description: '下一页的标记；没有下一页时为 null' }) })
    .meta({ id });
}

const text = z.string();

export const commandAnswer = z
  .object({ commandId, status: z.literal('done'), result: z.record(z.string(), z.unknown()).meta({ description: '办理结果' }) })
  .meta({ id: 'CommandAnswer' });

export const commandAccepted = z
  .object({ commandId, status: z.literal('accepted'), location: text })
  .meta({ id: 'CommandAccepted' });

export const commandStatus = z
  .object({
    commandId,
    command: text.meta({ description: '业务名，如 settle' }),
    status: z.enum(['accepted', 'done', 'refused']),
    result: z.record(z.string(), z.unknown()).optional(),
    problem: problemBody.optional().meta({ description: '被拒绝时的说明' }),
    createdAt: epochMs,
    doneAt: epochMs.nullable(),
  })
  .meta({ id: 'CommandStatus' });

const summaryShape = {
  iptNo,
  round,
  stage,
  selfPay: z.boolean().meta({ description: '自费住院：待遇未通过，不经医保结算' }),
  patientName: text.nullable().meta({ description: '患者姓名' }),
  insutype: text.nullable(),
  medType: text,
  admittedAt: businessTime.nullable(),
  dischargedAt: businessTime.nullable(),
  waitsFor: text.meta({ description: '正在等什么' }),
  dueAt: epochMs.nullable().meta({ description: '办理期限；已过即为逾期，没有期限时为 null' }),
  medfeeFen: anyFen,
  fundFen: anyFen,
  depositFen: anyFen,
  updatedAt: epochMs,
};

export const admissionSummary = z.object(summaryShape).meta({ id: 'AdmissionSummary' });
export const admissionPage = page(admissionSummary, 'AdmissionPage');

export const settlementView = z
  .object({
    setlId: text,
    msgid: text.nullable().meta({ description: '结算报文的编号；自费结算没有报文' }),
    kind: z.enum(['interim', 'final', 'selfPay']).meta({ description: 'interim 中途结算、final 出院结算、selfPay 自费结算' }),
    status: z.enum(['live', 'cancelled', 'held']),
    setlTime: businessTime,
    amounts: z.record(z.string(), anyFen).meta({ description: '结算各项金额，字段名同国家接口，单位分' }),
    depositAppliedFen: anyFen,
    depositRefundFen: anyFen,
    topUpFen: anyFen,
  })
  .meta({ id: 'Settlement' });

export const admissionView = z
  .object({
    ...summaryShape,
    workflowId: text,
    profile: text,
    certnoMasked: text.nullable().meta({ description: '隐去中间各位的身份证号码' }),
    psnNo: text.nullable(),
    mdtrtId: text.nullable(),
    insuplcAdmdvs: text.nullable(),
    state: z.record(z.string(), z.unknown()).meta({ description: '流程状态全文' }),
    settlements: z.array(settlementView),
  })
  .meta({ id: 'Admission' });

export const depositRow = z
  .object({
    kind: z.enum(['received', 'refunded', 'applied', 'topUp', 'restored']),
    amountFen: anyFen,
    method: text.nullable(),
    receiptNo: text.nullable(),
    at: businessTime,
  })
  .meta({ id: 'DepositRow' });

export const depositsView = z
  .object({ depositFen: anyFen.meta({ description: '预交金余额，单位分' }), items: z.array(depositRow) })
  .meta({ id: 'Deposits' });

export const feeRow = z
  .object({
    feedetl_sn: text,
    init_feedetl_sn: text.nullable(),
    fee_ocur_time: businessTime,
    med_list_codg: text,
    medins_list_codg: text,
    medins_list_name: text,
    cnt: text,
    pric: text,
    det_item_fee_sumamt: anyFen,
    state: z.enum(['pending', 'uploaded', 'refused', 'withdrawn']),
    refusalCode: text.nullable(),
    refusalText: text.nullable(),
    fulamt_ownpay_amt: anyFen.nullable(),
    overlmt_amt: anyFen.nullable(),
    preselfpay_amt: anyFen.nullable(),
    inscp_scp_amt: anyFen.nullable(),
    selfpay_prop: text.nullable(),
    chrgitm_lv: text.nullable(),
    med_chrgitm_type: text.nullable(),
  })
  .meta({ id: 'FeeRow' });
export const feePage = page(feeRow, 'FeePage');

export const timelineRow = z
  .object({ seq: z.number().int(), at: epochMs, kind: text, text, commandId: text.nullable() })
  .meta({ id: 'TimelineRow' });
export const timelinePage = page(timelineRow, 'TimelinePage');

export const moneyView = z
  .object({
    medfeeFen: anyFen.meta({ description: '已上传费用总额' }),
    unsettledFen: anyFen.meta({ description: '未结算费用' }),
    settledFen: anyFen.meta({ description: '已结算费用' }),
    depositFen: anyFen.meta({ description: '预交金余额' }),
    deposits: z.record(z.string(), anyFen).meta({ description: '预交金各类合计：received 收、refunded 退、applied 抵扣、topUp 补交、restored 恢复' }),
    preSettlement: z.record(z.string(), anyFen).nullable().meta({ description: '最近一次预结算的各项金额' }),
    settlements: z.array(settlementView),
  })
  .meta({ id: 'Money' });

export const abnormalRow = z
  .object({
    code: text,
    subject: text,
    title: text,
    process: text,
    workflowId: text,
    state: z.enum(['open', 'closed']),
    openedAt: epochMs,
    closedAt: epochMs.nullable(),
    resolution: text.nullable(),
  })
  .meta({ id: 'AbnormalItem' });
export const abnormalPage = page(abnormalRow, 'AbnormalPage');

export const readiness = z
  .object({ ready: z.boolean(), database: z.boolean(), temporal: z.boolean(), sweeper: z.boolean() })
  .meta({ id: 'Readiness' });

export const sheetPrintAnswer = z
  .object({
    setlId: text,
    printNo: z.number().int().meta({ description: '第几次打印' }),
    printedAt: epochMs,
    sheet: text.meta({ description: '这一次单据的地址' }),
  })
  .meta({ id: 'SheetPrint' });
