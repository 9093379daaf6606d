import { z } from 'zod';
import { OUTCOME_CODES } from '../../domain/outcomes';

export const fieldFault = z
  .object({
    path: z.string().meta({ description: '字段位置，如 form.adm_dept_codg' }),
    code: z.string(),
    message: z.string(),
  })
  .meta({ id: 'FieldFault' });

export const rowFault = z
  .object({
    row: z.number().int().meta({ description: 'JSON 为第几行（自 1 起），CSV 为文件行号（表头为 1）' }),
    field: z.string(),
    code: z.string(),
    message: z.string(),
  })
  .meta({ id: 'RowFault' });

/** Every answer that is not a success: RFC 9457 problem details. */
export const problemBody = z
  .object({
    type: z.string().meta({ description: '说明页的地址' }),
    title: z.string().meta({ description: '出了什么事；语言见响应头 Content-Language' }),
    status: z.number().int(),
    code: z.enum(OUTCOME_CODES as [string, ...string[]]).meta({ description: '稳定的结果码' }),
    detail: z.string().optional().meta({ description: '具体原因，登记一方的原话（中文）' }),
    next: z.string().meta({ description: '下一步怎么办；语言见响应头 Content-Language' }),
    instance: z.string().meta({ description: '请求的地址' }),
    commandId: z.string().optional().meta({ description: '被拒绝的业务编号' }),
    incident: z.string().optional().meta({ description: '供运维查日志的编号' }),
    platform: z
      .object({ infno: z.string(), code: z.string(), text: z.string() })
      .optional()
      .meta({ description: '医保平台的交易号、原码与原文' }),
    decided: z
      .object({ by: z.string(), forWhom: z.string().nullable(), act: z.string(), at: z.number().int() })
      .optional()
      .meta({ description: 'CASE_ALREADY_DECIDED：谁已于何时怎样办理' }),
    errors: z.array(fieldFault).optional(),
    rows: z.array(rowFault).optional(),
    rowsInError: z.number().int().optional().meta({ description: '有错误的行数；rows 至多列 200 条' }),
  })
  .meta({ id: 'Problem', description: '业务或请求未成功时的说明（RFC 9457）' });

export type ProblemBody = z.infer<typeof problemBody>;
