import { z } from 'zod';
import type { FeeLine } from '../../domain/fee-lines';
import { transactions } from '../national/generated';
import { nationalForm } from './national-form';
import { asciiCode, businessTime, decimalText, nameText } from './text';

/** Rows of one upload: JSON and CSV. */
export const MAX_JSON_ROWS = 5_000;
export const MAX_CSV_ROWS = 20_000;

const FILLED_IN_2301 = ['mdtrt_id', 'psn_no', 'med_type'];
const OWN_CHECKS = ['feedetl_sn', 'init_feedetl_sn', 'fee_ocur_time', 'det_item_fee_sumamt', 'cnt', 'pric'];

/** Largest amount of one line, fen: a hundred million yuan. */
const MAX_LINE_FEN = 10_000_000_000;

const rest = nationalForm('2301', 'feedetail', [...FILLED_IN_2301, ...OWN_CHECKS]);

/** One fee line as the HIS sends it in JSON: member names as in 2301, the amount in fen, quantity and price as exact text. */
export const feeLine = rest
  .extend({
    feedetl_sn: asciiCode(30, '费用明细流水号，同一住院内唯一'),
    init_feedetl_sn: asciiCode(30, '原费用流水号，退费行必填').optional(),
    fee_ocur_time: businessTime.meta({ description: '费用发生时间 yyyy-MM-dd HH:mm:ss' }),
    det_item_fee_sumamt: z.number().int().min(-MAX_LINE_FEN).max(MAX_LINE_FEN).meta({ description: '金额，单位分；退费为负' }),
    cnt: decimalText(6, 4, '数量，十进制文本；退费为负').refine((text) => /[1-9]/.test(text), { message: '数量不得为 0' }),
    pric: decimalText(10, 6, '单价（元），十进制文本').refine((text) => !text.startsWith('-'), { message: '单价不得为负' }),
    medins_list_name: nameText(200, '项目名称，印在结算单上').optional(),
  })
  .meta({ id: 'FeeLine', description: '费用明细一行' }) as unknown as z.ZodType<FeeLine>;

export const feesBody = z
  .strictObject({ lines: z.array(feeLine).min(1).max(MAX_JSON_ROWS) })
  .meta({ id: 'FeesRequest' });

/** CSV columns in the order that the documentation shows them; a file may hold them in any order. */
export const CSV_COLUMNS: readonly string[] = [
  ...(transactions['2301'].input['feedetail']?.fields ?? []).map((field) => field.name),
  'medins_list_name',
].filter((name) => !FILLED_IN_2301.includes(name));

export const CSV_REQUIRED: readonly string[] = (transactions['2301'].input['feedetail']?.fields ?? [])
  .filter((field) => field.required && !FILLED_IN_2301.includes(field.name))
  .map((field) => field.name);

export const withdrawFeesBody = z
  .strictObject({ feedetl_sns: z.array(asciiCode(30)).min(1).max(1_000) })
  .refine((body) => new Set(body.feedetl_sns).size === body.feedetl_sns.length, {
    path: ['feedetl_sns'],
    message: '费用流水号重复',
  })
  .meta({ id: 'WithdrawFeesRequest' });
