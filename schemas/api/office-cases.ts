import { z } from 'zod';
import { CASE_ACTS, CASE_STATUSES, LONGEST_OPINION } from '../../domain/office-case/types';
import { problemBody } from './problem';
import { anyFen, epochMs } from './text';

/** Most items of one bulk signing (批量签批). */
export const MOST_BULK_ITEMS = 200;

const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/;
const text = z.string();

export const caseNo = z.string().regex(/^[A-Za-z0-9._-]{1,100}$/, { message: '办件编号不合法' }).meta({ description: '办件编号' });
const key = z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/, { message: '须为 1–64 位字母、数字或 . _ : -' });
export const divisionCode = z.string().regex(/^[1-9]\d{5}$/, { message: '辖区为六位编码' }).meta({ description: '辖区，六位 admdvs' });
const round = z.number().int().min(1).max(99).meta({ description: '轮次，退回一次加一' });
const seenHash = z.string().regex(/^[0-9a-f]{64}$/, { message: '须为办件详情给出的 seenHash' }).meta({ description: '办件详情给出的 seenHash：看到的内容的摘要' });

/** What a person writes: several lines are allowed, invisible marks are not. White space at the ends is theirs to keep. */
const opinion = z
  .string()
  .max(LONGEST_OPINION, { message: `意见至多 ${LONGEST_OPINION} 字` })
  .refine((value) => !CONTROLS.test(value), { message: '意见中有不可见字符', params: { code: 'TEXT_INVALID' } })
  .meta({ description: `意见，至多 ${LONGEST_OPINION} 字` });

/** The fields are those of the definition, which checks them. */
const form = z.record(z.string().max(64), z.unknown()).meta({ id: 'CaseForm', description: '表单，字段见办件目录中该办件的 form' });

export const caseToOpen = z
  .strictObject({
    definition: key.meta({ description: '办件目录中的 key' }),
    division: divisionCode,
    form,
    submit: z.boolean().meta({ description: 'true 立即提交；false 存为草稿' }),
  })
  .meta({ id: 'CaseToOpen' });

const to = z
  .strictObject({
    userId: key.optional().meta({ description: '转办、加签、抄送给谁' }),
    role: key.optional().meta({ description: '加签的岗位；默认同本席位' }),
    division: divisionCode.optional().meta({ description: '加签的辖区；默认同本席位' }),
    step: key.optional().meta({ description: '退回到哪个环节；默认经办' }),
  })
  .meta({ id: 'ActTarget' });

const place = { step: key, slot: key.nullable().optional().meta({ description: '席位；该环节只有一个时可为 null' }), round };

export const actBody = z
  .strictObject({ act: z.enum(CASE_ACTS).meta({ description: '办理动作' }), ...place, opinion, form: form.optional(), to: to.optional(), seenHash })
  .meta({ id: 'CaseAct' });

const bulkAct = z.enum(['approve', 'accept']).meta({ description: '批量只能同意或受理；其余动作须逐件写明理由' });

function bulkItems<T extends z.ZodObject>(item: T, id: string) {
  const named = item.meta({ id });
  return z
    .array(named)
    .min(1, { message: '至少一件' })
    .max(MOST_BULK_ITEMS, { message: `至多 ${MOST_BULK_ITEMS} 件` })
    .superRefine((items, context) => {
      const keys = items.map((each) => JSON.stringify([each['caseNo'], each['step'], each['slot'] ?? null]));
      if (new Set(keys).size < keys.length) context.addIssue({ code: 'custom', message: '同一席位出现两次' });
    });
}

export const bulkPreviewBody = z
  .strictObject({ act: bulkAct, items: bulkItems(z.strictObject({ caseNo, ...place, seenHash: seenHash.optional() }), 'BulkPreviewItem') })
  .meta({ id: 'BulkPreview' });

export const bulkActBody = z
  .strictObject({ act: bulkAct, opinion, items: bulkItems(z.strictObject({ caseNo, ...place, seenHash }), 'BulkActItem') })
  .meta({ id: 'BulkAct' });

export const withdrawAttachmentBody = z
  .strictObject({ reason: opinion.refine((value) => value.trim() !== '', { message: '请写明原因', params: { code: 'TEXT_INVALID' } }) })
  .meta({ id: 'WithdrawAttachment' });

/* What is answered. */

const formChange = z.object({ field: text.meta({ description: '字段，列表中的为 名.行.列' }), before: z.unknown(), after: z.unknown() }).meta({ id: 'FormChange' });

export const timelineEntry = z
  .object({
    seq: z.number().int(),
    at: epochMs,
    act: text.meta({ description: '办理动作，或 operated、reminded、escalated、tacit（逾期视为确认）、refused 等' }),
    actName: text,
    by: text.nullable().meta({ description: '办理人' }),
    forWhom: text.nullable().meta({ description: '代谁办理' }),
    role: text.nullable(),
    step: text.nullable(),
    slot: text.nullable(),
    round: z.number().int(),
    opinion: text.nullable(),
    text: text.meta({ description: '一句话' }),
    refusalCode: text.nullable().meta({ description: '未受理时的结果码' }),
  })
  .meta({ id: 'CaseTimelineEntry' });

export const timelineEntries = z
  .object({ items: z.array(timelineEntry), nextCursor: text.nullable() })
  .meta({ id: 'CaseTimeline' });

const chainSlot = z
  .object({
    slot: text.nullable(),
    zh: text.nullable(),
    division: text.nullable(),
    divisionName: text.nullable(),
    state: z.enum(['open', 'signed', 'objected', 'returned', 'rejected', 'void', 'tacit']),
    assignee: text.nullable().meta({ description: '指定办理人' }),
    by: text.nullable(),
    forWhom: text.nullable(),
    at: epochMs.nullable(),
    opinion: text.nullable(),
    keptFrom: z.number().int().nullable().meta({ description: '签名沿用自第几轮' }),
  })
  .meta({ id: 'ChainSlot' });

const chainStep = z
  .object({
    key: text,
    zh: text,
    en: text,
    kind: z.enum(['sign', 'automatic']),
    role: text.nullable(),
    state: z.enum(['done', 'current', 'todo', 'skipped']),
    slots: z.array(chainSlot),
  })
  .meta({ id: 'ChainStep' });

export const attachmentView = z
  .object({
    id: text,
    name: text,
    type: text,
    bytes: z.number().int(),
    sha256: text,
    by: text.meta({ description: '上传人' }),
    mine: z.boolean().meta({ description: '本人上传的，办结前可撤下' }),
    at: epochMs,
    withdrawnAt: epochMs.nullable().meta({ description: '撤下的时间；附件从不删除' }),
    withdrawnBy: text.nullable(),
    withdrawnReason: text.nullable(),
  })
  .meta({ id: 'Attachment' });

export const dueState = z.enum(['ok', 'soon', 'over']);

const related = z
  .object({ kind: text, id: text, title: text, href: text.nullable() })
  .meta({ id: 'RelatedThing', description: '同一业务的其他办件' });

export const caseView = z
  .object({
    caseNo: text,
    definition: text,
    definitionVersion: z.number().int(),
    zh: text,
    en: text,
    division: text,
    divisionName: text,
    status: z.enum(CASE_STATUSES),
    statusName: text,
    step: text.nullable().meta({ description: '当前环节；查看者可办理的环节优先' }),
    slot: text.nullable().meta({ description: '查看者可办理的席位' }),
    round: z.number().int(),
    title: text,
    makerName: text,
    openedAt: epochMs,
    endedAt: epochMs.nullable(),
    form,
    formChanges: z.array(formChange).meta({ description: '与上一轮相比改了什么' }),
    amountFen: anyFen.nullable(),
    amountText: z.object({ yuan: text, words: text }).nullable().meta({ description: '金额：元，人民币大写' }),
    chain: z.array(chainStep),
    timeline: z.array(timelineEntry),
    returnTo: z.array(z.object({ step: text, zh: text, en: text })).meta({ description: '可以退回到的环节，写入 to.step；不写即退回经办' }),
    mayAct: z.array(z.enum(CASE_ACTS)).meta({ description: '查看者现在可以怎样办理；以办理时的判断为准' }),
    seenHash: text,
    dueAt: epochMs.nullable(),
    dueState: dueState.nullable(),
    attachments: z.array(attachmentView),
    copies: z.array(
      z.object({ userId: text, name: text, by: text.meta({ description: '抄送人' }), at: epochMs, readAt: epochMs.nullable().meta({ description: '阅读时间' }), mine: z.boolean().meta({ description: '抄送给查看者本人的' }) }),
    ),
    related: z.array(related),
    results: z.record(text, z.unknown()).meta({ description: '登记操作的结果，按环节' }),
    failure: text.nullable().meta({ description: '登记未能完成的原因' }),
    document: text.nullable().meta({ description: '打印件的地址' }),
    temporalUrl: text.nullable().meta({ description: '流程在 Temporal 界面的地址；仅运维可见' }),
    waitsFor: text,
  })
  .meta({ id: 'OfficeCase' });

export const readingView = z.object({ caseNo: text, readAt: epochMs.meta({ description: '首次阅读的时间' }) }).meta({ id: 'CaseReading' });

export const caseAccepted = z
  .object({ commandId: text, status: z.literal('accepted'), location: text, caseNo: text })
  .meta({ id: 'CaseCommandAccepted' });

const bulkResult = z
  .object({
    caseNo: text,
    step: text,
    slot: text.nullable(),
    title: text.nullable(),
    amountFen: anyFen.nullable(),
    ok: z.boolean(),
    accepted: z.boolean().optional().meta({ description: 'true：已受理，尚未办完，请稍后查看' }),
    seenHash: text.optional(),
    changed: z.array(formChange).optional().meta({ description: '看过之后表单改了什么' }),
    problem: problemBody.optional(),
  })
  .meta({ id: 'BulkResult' });

export const bulkResults = z
  .object({ items: z.array(bulkResult), ok: z.number().int(), refused: z.number().int(), amountFen: anyFen.meta({ description: '可办或已办各件的金额合计' }) })
  .meta({ id: 'BulkResults' });

export const definitionList = z
  .object({
    items: z.array(
      z
        .object({
          key: text,
          version: z.number().int(),
          zh: text,
          en: text,
          functions: z.array(text),
          startRoles: z.array(text),
          startLevel: z.array(text),
          form: z.array(z.record(text, z.unknown())),
          businessKey: z.array(text),
          amount: text.nullable(),
          period: text.nullable(),
          undo: text.nullable(),
          document: text.nullable(),
          chain: z.array(z.record(text, z.unknown())),
          mayStart: z.boolean().meta({ description: '查看者有可以发起它的岗位' }),
          startDivisions: z.array(text).meta({ description: '查看者可以在哪些辖区发起' }),
        })
        .meta({ id: 'CaseDefinition' }),
    ),
  })
  .meta({ id: 'CaseDefinitions' });

export const whyView = z
  .object({
    workflowId: text,
    status: text.meta({ description: '流程的运行状态' }),
    text: text.meta({ description: '为什么停在这里：等谁、自何时、试了几次' }),
    activities: z.array(
      z.object({
        name: text,
        attempt: z.number().int(),
        startedAt: epochMs.nullable(),
        nextAt: epochMs.nullable().meta({ description: '下一次重试的时间' }),
        failure: text.nullable().meta({ description: '上一次失败的结果码' }),
      }),
    ),
  })
  .meta({ id: 'Why' });
