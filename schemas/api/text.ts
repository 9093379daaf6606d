import { z } from 'zod';
import { zhCN } from 'zod/locales';
import { type DateProblem, dateProblem, dateTimeProblem } from '../../domain/calendar';

z.config(zhCN());

/** C0 and C1 controls, line and paragraph separators. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
/** Marks that reorder or hide text on a screen or a printed sheet: bidirectional controls, zero-width characters, BOM. */
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;
const OUTER_SPACE = /^\s|\s$/u;
/** A cell that begins so runs as a formula when a list is opened in a spreadsheet. */
const FORMULA = /^[=+\-@]/;

function textFault(text: string): string | null {
  if (CONTROLS.test(text)) return '不得含控制字符、制表符或换行';
  if (INVISIBLE.test(text)) return '不得含不可见字符或方向控制字符';
  if (OUTER_SPACE.test(text)) return '首尾不得有空白';
  return null;
}

/**
 * Text for people: 1 to `max` characters (code points, so a rare four-byte character counts once), no controls,
 * no invisible marks, no white space at its ends.
 */
export function plainText(max: number, meaning?: string): z.ZodString {
  return z
    .string()
    .superRefine((text, context) => {
      const length = [...text].length;
      const fault = length === 0 ? '不得为空' : length > max ? `至多 ${max} 字` : textFault(text);
      if (fault) context.addIssue({ code: 'custom', message: fault, params: { code: 'TEXT_INVALID' } });
    })
    .meta({ minLength: 1, maxLength: max, ...(meaning ? { description: meaning } : {}) });
}

/** A person's or a department's name: plain text that no spreadsheet takes for a formula. */
export function nameText(max: number, meaning?: string): z.ZodString {
  return plainText(max, meaning).refine((text) => !FORMULA.test(text), {
    message: '名称不得以 = + - @ 开头',
    params: { code: 'TEXT_FORMULA' },
  });
}

/** An identifier as machines use it: printable ASCII without spaces. */
export function asciiCode(max: number, meaning?: string): z.ZodString {
  return z
    .string()
    .regex(new RegExp(`^[\\x21-\\x7e]{1,${max}}$`), { message: `须为 1–${max} 位可见 ASCII 字符` })
    .meta(meaning ? { description: meaning } : {});
}

/** Number of a stay at the institution (住院号); it becomes part of the workflow id and of paths. */
export const IPT_NO = /^[A-Za-z0-9_-]{1,30}$/;
export const iptNo = z
  .string()
  .regex(IPT_NO, { message: '住院号为 1–30 位字母、数字、下划线或短横线' })
  .meta({ description: '住院号' });

export const round = z.number().int().min(1).max(99).meta({ description: '第几次登记；撤销后再次登记为 2' });

/** Amount in fen, whole and positive. */
export const positiveFen = z
  .number()
  .int({ message: '金额须为整数分' })
  .min(1, { message: '金额须大于 0' })
  .max(99_999_999_999, { message: '金额过大' })
  .meta({ description: '金额，单位分' });

/** Amount in fen of either sign, as answers carry it. */
export const anyFen = z.number().int().meta({ description: '金额，单位分' });

/** Exact decimal text such as `38.765`: at most `whole` digits before and `scale` after the point, never an exponent. */
export function decimalText(whole: number, scale: number, meaning?: string): z.ZodString {
  const pattern = new RegExp(`^-?(0|[1-9]\\d{0,${whole - 1}})(\\.\\d{1,${scale}})?$`);
  return z
    .string()
    .regex(pattern, { message: `须为十进制数文本，整数至多 ${whole} 位、小数至多 ${scale} 位` })
    .meta(meaning ? { description: meaning } : {});
}

const TIME_PATTERN = '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}$';
const DATE_PATTERN = '^\\d{4}-\\d{2}-\\d{2}$';

/** Business time `yyyy-MM-dd HH:mm:ss`, Asia/Shanghai, that exists on the calendar. */
export const businessTime = calendarText(dateTimeProblem).meta({
  description: '北京时间 yyyy-MM-dd HH:mm:ss',
  pattern: TIME_PATTERN,
});

/** Business date `yyyy-MM-dd` that exists on the calendar. */
export const businessDate = calendarText(dateProblem).meta({ description: '日期 yyyy-MM-dd', pattern: DATE_PATTERN });

function calendarText(problemOf: (value: unknown) => DateProblem | null): z.ZodString {
  return z.string().superRefine((text, context) => {
    const problem = problemOf(text);
    if (problem) context.addIssue({ code: 'custom', message: problem.message, params: { code: problem.code } });
  });
}

export const flag = z.enum(['0', '1']);

/** Epoch ms in answers. */
export const epochMs = z.number().int().meta({ description: '时刻，毫秒（Unix 纪元起）' });

export const idempotencyKey = z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/);

export const commandId = z.uuid().meta({ description: '业务编号' });
