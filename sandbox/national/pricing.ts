import { dateOf } from '../../domain/calendar';
import { lineToSplit, selfpayPropOf, type CatalogueItem } from '../../domain/benefits/catalogue';
import { lineAmount, splitLine, type LineSplit } from '../../domain/benefits/line';
import { returnProblem } from '../../domain/benefits/returns';
import { add, fen, negate, parseDecimal, type Fen } from '../../domain/money';
import { policyFor } from '../../domain/policies';
import type { Policy } from '../../domain/policies/policy';
import type { Input2301Feedetail, Output2301Result } from '../../schemas/national/generated/2301';
import { isKnownCode, itemOn } from './catalogue';
import { lineOf, returnsOf, type Line } from './lines';
import { must, Refusal } from './refusal';
import type { Db } from './store';
import type { Visit } from './visits';

/** The centre's highest price for an item without one. */
const NO_LIMIT = '0';
const TOLERANCE_FEN = 1;
/** A hundred million yuan, so that any number of lines adds up exactly. */
const LARGEST_LINE_FEN = 10_000_000_000;

/**
 * Checks and splits one fee line as the centre does; the line rules are those of its fee date, a return's those of its
 * original. Throws Refusal with the reason why this line cannot be accepted.
 */
export function priceLine(db: Db, visit: Visit, sent: Input2301Feedetail, msgid: string): Omit<Line, 'setl_id'> {
  must(sent.med_type === visit.med_type, '医疗类别与就诊登记不一致');
  must(!lineOf(db, visit.mdtrt_id, sent.feedetl_sn), '明细流水号重复');
  must(dateOf(sent.fee_ocur_time) >= dateOf(visit.begntime), '费用发生时间早于入院日期');
  must(parseDecimal(sent.cnt).units !== 0n, '数量不能为零');
  must(parseDecimal(sent.pric).units >= 0n, '单价不能为负数');
  const original = sent.init_feedetl_sn ? lineOf(db, visit.mdtrt_id, sent.init_feedetl_sn) : undefined;
  const returns = original ? returnsOf(db, visit.mdtrt_id, original.feedetl_sn) : [];
  const problem = returnProblem(sent, original, returns);
  must(problem === null, problem?.message.replace(/。$/, '') ?? '');
  const item = original ? original.item : currentItem(db, sent);
  const policy = linePolicy(original?.fee_ocur_time ?? sent.fee_ocur_time);
  mustBeQuantityTimesPrice(sent, policy);
  const flag = original ? original.sent.hosp_appr_flag : sent.hosp_appr_flag;
  const split = splitLine(
    lineToSplit({ cnt: sent.cnt, pric: sent.pric, ...(flag === undefined ? {} : { hosp_appr_flag: flag }) }, item, policy),
    policy.line,
  );
  const booked = original ? withinOriginal(split, original, returns, sent.cnt) : split;
  return {
    mdtrt_id: visit.mdtrt_id,
    feedetl_sn: sent.feedetl_sn,
    init_feedetl_sn: sent.init_feedetl_sn ?? null,
    fee_ocur_time: sent.fee_ocur_time,
    med_list_codg: sent.med_list_codg,
    cnt: sent.cnt,
    pric: sent.pric,
    split: booked,
    msgid,
    answer: answerOf(sent, booked, item, selfpayPropOf(item, policy)),
    sent,
    item,
  };
}

function currentItem(db: Db, sent: Input2301Feedetail): CatalogueItem {
  const item = itemOn(db, sent.med_list_codg, dateOf(sent.fee_ocur_time));
  if (item) return item;
  throw new Refusal(
    isKnownCode(db, sent.med_list_codg)
      ? `医疗目录编码[${sent.med_list_codg}]在费用发生日期已失效`
      : `医疗目录编码[${sent.med_list_codg}]不存在或未对照`,
  );
}

function linePolicy(feeTime: string): Policy {
  try {
    return policyFor(dateOf(feeTime));
  } catch (error) {
    throw new Refusal('费用发生日期没有有效的待遇政策', -1, { cause: error });
  }
}

function mustBeQuantityTimesPrice(sent: Input2301Feedetail, policy: Policy): void {
  must(Math.abs(sent.det_item_fee_sumamt) <= LARGEST_LINE_FEN, '明细项目费用总额超出允许范围');
  const amount = amountOf(sent, policy);
  must(
    amount !== null && Math.abs(amount - sent.det_item_fee_sumamt) <= TOLERANCE_FEN,
    '明细项目费用总额与数量乘单价不符',
  );
}

/** Null where it is more than can be an amount. */
function amountOf(sent: Input2301Feedetail, policy: Policy): Fen | null {
  try {
    return lineAmount(sent.cnt, sent.pric, policy.line);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const PARTS = ['inscp_scp_amt', 'preselfpay_amt', 'overlmt_amt', 'fulamt_ownpay_amt'] as const;

/**
 * A return that empties its original takes exactly what is left of each part, so that all returns together mirror it;
 * no return takes more of a part than is left.
 */
function withinOriginal(split: LineSplit, original: Line, returns: readonly Line[], cnt: string): LineSplit {
  const left = (part: (typeof PARTS)[number]): Fen =>
    add(original.split[part], ...returns.map((line) => line.split[part]));
  if (isEmptied(original, returns, cnt)) {
    const parts = Object.fromEntries(PARTS.map((part) => [part, negate(left(part))])) as Record<(typeof PARTS)[number], Fen>;
    return { ...split, ...parts, det_item_fee_sumamt: add(...Object.values(parts)) };
  }
  const taken = Object.fromEntries(PARTS.map((part) => [part, Math.min(-split[part], left(part))])) as Record<
    (typeof PARTS)[number],
    number
  >;
  let missing = -split.det_item_fee_sumamt - PARTS.reduce((sum, part) => sum + taken[part], 0);
  for (const part of PARTS) {
    const more = Math.min(missing, left(part) - taken[part]);
    taken[part] += more;
    missing -= more;
  }
  must(missing === 0, '累计退费金额超过原明细金额');
  const parts = Object.fromEntries(PARTS.map((part) => [part, fen(-taken[part])])) as Record<(typeof PARTS)[number], Fen>;
  return { ...split, ...parts };
}

function isEmptied(original: Line, returns: readonly Line[], cnt: string): boolean {
  const counts = [original.cnt, ...returns.map((line) => line.cnt), cnt].map(parseDecimal);
  const scale = Math.max(...counts.map((count) => count.scale));
  return counts.reduce((sum, count) => sum + count.units * 10n ** BigInt(scale - count.scale), 0n) === 0n;
}

function answerOf(sent: Input2301Feedetail, split: LineSplit, item: CatalogueItem, selfpayProp: string): Output2301Result {
  return {
    feedetl_sn: sent.feedetl_sn,
    det_item_fee_sumamt: split.det_item_fee_sumamt,
    cnt: sent.cnt,
    pric: sent.pric,
    pric_uplmt_amt: item.cap ?? NO_LIMIT,
    selfpay_prop: split.fulamt_ownpay_amt === 0 ? selfpayProp : '1',
    fulamt_ownpay_amt: split.fulamt_ownpay_amt,
    overlmt_amt: split.overlmt_amt,
    preselfpay_amt: split.preselfpay_amt,
    inscp_scp_amt: split.inscp_scp_amt,
    chrgitm_lv: item.chrgitm_lv,
    med_chrgitm_type: item.med_chrgitm_type,
    lmt_used_flag: item.limited ? '1' : '0',
  };
}
