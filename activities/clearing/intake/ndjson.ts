import { StringDecoder } from 'node:string_decoder';
import { z } from 'zod';
import type { XrRecord } from '../../../domain/clearing/record';
import { fen } from '../../../domain/money';
import { judged } from './csv';
import { FileProblem, type IntakeLine } from './lines';

const MOST_LINE_LENGTH = 16_000;
const MOST_FEN = 1_000_000_000_000;

const amount = z.number().int().min(-MOST_FEN).max(MOST_FEN).transform(fen);
const text = z.string().max(40);
const absentAmount = amount.default(fen(0));

const record = z.strictObject({
  recordType: z.enum(['S', 'R', 'D']),
  setl_id: text,
  msgid: text,
  insuplc_admdvs: text,
  mdtrtarea_admdvs: text,
  fixmedins_code: text,
  psn_no: text,
  insutype: text,
  med_type: text,
  setl_time: text,
  businessDate: text,
  reconciledDate: text,
  dise_codg: text.default(''),
  medfee_sumamt: amount,
  psn_cash_pay: amount,
  fulamt_ownpay_amt: absentAmount,
  overlmt_selfpay: absentAmount,
  preselfpay_amt: absentAmount,
  inscp_scp_amt: absentAmount,
  reversalOf: text.default(''),
  funds: z.array(z.strictObject({ fund_pay_type: text, fund_payamt: amount })).max(20),
});

const header = z.strictObject({ header: z.strictObject({ kind: z.literal('XR-SETTLEMENTS'), version: z.literal(1), division: z.string().regex(/^\d{6}$/) }) });
const trailer = z.strictObject({
  trailer: z.strictObject({ lines: z.number().int().min(0), medfee: amountOfTotal(), funds: amountOfTotal(), cash: amountOfTotal() }),
});

function amountOfTotal() {
  return z.number().int().transform(fen);
}

/** Reads the lines of an NDJSON intake: header, records with amounts in fen, trailer. Throws FileProblem. */
export async function* readNdjson(bytes: AsyncIterable<Buffer>): AsyncGenerator<IntakeLine> {
  let count = 0;
  for await (const content of linesOf(bytes)) {
    const value = parsed(content, count + 1);
    if (count === 0) {
      const head = header.safeParse(value);
      if (!head.success) throw new FileProblem('XR_FILE_HEADER_INVALID', '首行应为 {"header":{"kind":"XR-SETTLEMENTS","version":1,"division":"……"}}');
      yield { kind: 'header', header: { division: head.data.header.division } };
    } else if (typeof value === 'object' && value !== null && 'trailer' in value) {
      const end = trailer.safeParse(value);
      if (!end.success) throw new FileProblem('XR_FILE_TRAILER_MISSING', '末行应为 {"trailer":{"lines":…,"medfee":…,"funds":…,"cash":…}}（分）');
      yield { kind: 'trailer', totals: end.data.trailer };
    } else {
      yield readRecord(value, count);
    }
    count += 1;
  }
  if (count === 0) throw new FileProblem('XR_FILE_HEADER_INVALID', '文件是空的');
}

function readRecord(value: unknown, line: number): IntakeLine {
  const given = record.safeParse(value);
  if (given.success) return judged(line, given.data as XrRecord);
  const [issue] = given.error.issues;
  const name = issue?.code === 'unrecognized_keys' ? '多余字段' : String(issue?.path[0] ?? '');
  return { kind: 'fault', line, fault: { code: 'XR_FIELD_INVALID', field: name.slice(0, 40) }, amounts: null };
}

function parsed(content: string, line: number): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new FileProblem('JSON_INVALID', `第 ${line} 行不是 JSON：${error instanceof SyntaxError ? '语法错误' : ''}`);
  }
}

async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of bytes) {
    const pieces = (rest + decoder.write(chunk)).split('\n');
    rest = pieces.pop() ?? '';
    if (rest.length > MOST_LINE_LENGTH) throw new FileProblem('JSON_INVALID', '有一行过长');
    for (const piece of pieces) if (piece.trim() !== '') yield checkedText(piece);
  }
  rest += decoder.end();
  if (rest.trim() !== '') yield checkedText(rest);
}

/** StringDecoder puts U+FFFD where bytes are no UTF-8; no field of an intake has one. */
function checkedText(line: string): string {
  if (line.includes('\ufffd')) throw new FileProblem('TEXT_NOT_UTF8', 'NDJSON 须为 UTF-8');
  return line;
}
