import type { EntityManager } from 'typeorm';
import { addSums, NO_LINES, sumsOfLine } from '../../domain/admission/line-sums';
import { isSelfPay } from '../../domain/admission/state';
import type { UploadFeesPayload } from '../../domain/admission/payloads';
import { LINES_PER_CHUNK, type StepInput, type StepOutcome, type UploadedChunk } from '../../domain/admission/steps';
import { fen } from '../../domain/money';
import { MessageError } from '../../domain/national/codec';
import { namedLines, reasonFor } from '../../domain/national/named-lines';
import type { Input2301, Output2301 } from '../../schemas/national/generated';
import { FeeLine, FeeUpload, Message } from '../../store/entities';
import type { CallOutcome } from '../national/types';
import { commitAlone, findReceipt } from './commit';
import { admissionId, admitted, asOutcome, callOnce, refuse, workflowIdOf, type RegisterDeps } from './context';
import { askForWarnings, type Warnings } from './fee-warnings';
import { halves, slices } from './slices';

type ChunkInput = StepInput<UploadFeesPayload & { readonly fromSeq: number }>;

/**
 * 费用明细上传 2301, one chunk of an upload. The centre splits each line; the split is kept with the line. A platform
 * that refuses the whole call for one line names it: that line is refused and the others are sent again without it. The
 * lines of a self-pay stay are kept here and sent to nobody.
 */
export async function uploadFeeChunk(deps: RegisterDeps, input: ChunkInput): Promise<StepOutcome> {
  const step = `fees/${input.payload.fromSeq}`;
  const before = await findReceipt(deps, input, step);
  if (before) return before;
  const lines = await deps.store.read((manager) => pendingLines(manager, input));
  if (isSelfPay(input.state)) return commitAlone(deps, input, step, (manager) => keepLines(manager, deps, input, lines));
  const { feeLinesPerCall, feeWarning } = deps.profile(input.state.profile);
  const warned = feeWarning !== 'none' && lines.length > 0 ? await askForWarnings(deps, input, { infno: feeWarning, step, lines }) : NO_WARNINGS;
  if (warned.blocking) return refuseForWarnings(deps, input, step, warned);
  const refusedLines = new Map<string, string>();
  // The ordinals follow from the recorded answers, so a later attempt walks the same way through the message log.
  const queue: FeeLine[][] = [...slices(lines, feeLinesPerCall)];
  const answers: Answer[] = [];
  for (let call = 0; queue.length > 0; call += 1) {
    const part = queue.shift() ?? [];
    const outcome = await sendLines(deps, input, step, call, part);
    if (outcome === 'tooLarge') {
      queue.unshift(...halves(part));
      continue;
    }
    if (outcome.kind === 'settled') {
      answers.push({ lines: part, output: outcome.output, msgid: outcome.msgid, warning: outcome.warning });
      continue;
    }
    if (outcome.kind !== 'refused') return asOutcome(deps, input, outcome, '2301', '');
    const serials = part.map((line) => line.feedetl_sn);
    for (const sn of blamed(serials, outcome.text)) refusedLines.set(sn, reasonFor(outcome.text, sn));
    queue.unshift(...sentAgain(part, (line) => refusedLines.has(line.feedetl_sn)));
  }
  return commitAlone(deps, input, step, async (manager) => recordChunk(manager, deps, input, { lines, answers, refusedLines, warnings: warned.texts }));
}

interface Answer {
  readonly lines: readonly FeeLine[];
  readonly output: Output2301;
  readonly msgid: string;
  /** warn_msg: names the lines that were refused alone. */
  readonly warning: string | null;
}

const NO_WARNINGS: Warnings = { texts: [], blocking: false };

/** 明确违规: the platform says that these lines may not be charged so; nothing is uploaded. */
function refuseForWarnings(deps: RegisterDeps, input: StepInput, step: string, { texts }: Warnings): Promise<StepOutcome> {
  return commitAlone(deps, input, step, async () => ({
    ...refuse('FEE_WARNING', `医保事前审核提示违规，本批未上传：${texts.join('；')}`.slice(0, 500)),
    events: [{ type: 'feesWarned', warnings: texts }],
  }));
}

/** Attempts of one call of a chunk: each lost answer that was withdrawn by 2302 makes room for the next. */
const SENDS_PER_CALL = 100;

/** One call of a chunk. A message has room for 40,000 characters: lines that do not fit are `tooLarge`, and nothing was sent. */
async function sendLines(
  deps: RegisterDeps,
  input: ChunkInput,
  step: string,
  call: number,
  part: readonly FeeLine[],
): Promise<CallOutcome<'2301'> | 'tooLarge'> {
  try {
    return await sendUntilSure(deps, input, step, call, part);
  } catch (error) {
    if (error instanceof MessageError && error.code === 'MESSAGE_INPUT_TOO_LARGE' && part.length > 1) return 'tooLarge';
    throw error;
  }
}

async function sendUntilSure(deps: RegisterDeps, input: ChunkInput, step: string, call: number, part: readonly FeeLine[]): Promise<CallOutcome<'2301'>> {
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await callOnce(deps, input, workflowIdOf(input.state), {
      step,
      infno: '2301',
      ordinal: call * SENDS_PER_CALL + attempt,
      input: buildUpload(input, part),
    });
    if (outcome.kind !== 'unknown' || attempt + 1 === SENDS_PER_CALL) return outcome;
    const lost = await deps.store.read((manager) => manager.findOneBy(Message, { msgid: outcome.msgid }));
    if (lost?.resolution !== 'absent') return outcome;
  }
}

/** The lines that a refusal is about: those that it names, or the only one of the call. */
function blamed(serials: readonly string[], text: string): readonly string[] {
  const named = namedLines(text, serials);
  return named.length > 0 || serials.length > 1 ? named : serials;
}

/** What is sent again after a refused call: the lines that nobody blamed, or two halves when nobody was. */
function sentAgain<T>(part: readonly T[], isBlamed: (line: T) => boolean): T[][] {
  const rest = part.filter((line) => !isBlamed(line));
  if (rest.length === 0) return [];
  return rest.length < part.length ? [rest] : halves(rest);
}

async function pendingLines(manager: EntityManager, input: ChunkInput): Promise<FeeLine[]> {
  const { uploadId, fromSeq } = input.payload;
  return manager
    .createQueryBuilder(FeeLine, 'line')
    .where('line.uploadId = :uploadId AND line.seq >= :from AND line.seq < :to', { uploadId, from: fromSeq, to: fromSeq + LINES_PER_CHUNK })
    .andWhere('line.admissionId = :admissionId AND line.state = :state', { admissionId: admissionId(input.state), state: 'pending' })
    .orderBy('line.seq')
    .getMany();
}

function buildUpload(input: ChunkInput, lines: readonly FeeLine[]): Input2301 {
  const { personNo, mdtrtId } = admitted(input.state);
  return {
    feedetail: lines.map((line) => ({
      ...(line.detail as object),
      feedetl_sn: line.feedetl_sn,
      init_feedetl_sn: line.init_feedetl_sn ?? undefined,
      mdtrt_id: mdtrtId,
      psn_no: personNo,
      med_type: input.state.medType,
      fee_ocur_time: line.fee_ocur_time,
      med_list_codg: line.med_list_codg,
      medins_list_codg: line.medins_list_codg,
      det_item_fee_sumamt: line.det_item_fee_sumamt,
      cnt: line.cnt,
      pric: line.pric,
    })),
  } as unknown as Input2301;
}

interface Chunk {
  readonly lines: readonly FeeLine[];
  readonly answers: readonly Answer[];
  readonly refusedLines: ReadonlyMap<string, string>;
  readonly warnings: readonly string[];
}

async function recordChunk(
  manager: EntityManager,
  deps: RegisterDeps,
  input: ChunkInput,
  { lines, answers, refusedLines, warnings }: Chunk,
): Promise<Extract<StepOutcome, { kind: 'done' }>> {
  let sums = NO_LINES;
  let uploaded = 0;
  const refused = new Map(refusedLines);
  for (const { lines: part, output, msgid, warning } of answers) {
    const splits = new Map(output.result.map((split) => [split.feedetl_sn, split]));
    for (const line of part) {
      const split = splits.get(line.feedetl_sn);
      // A platform that refuses single lines leaves them out of its answer and names them in its warning.
      if (!split) {
        refused.set(line.feedetl_sn, warning === null ? '医保平台未接收该明细' : reasonFor(warning, line.feedetl_sn));
        continue;
      }
      uploaded += 1;
      sums = addSums(sums, sumsOfLine(split));
      await manager.update(FeeLine, { id: line.id }, { state: 'uploaded', msgid, ...splitColumns(split) });
    }
  }
  for (const line of lines.filter((each) => refused.has(each.feedetl_sn))) {
    const text = (refused.get(line.feedetl_sn) ?? '').slice(0, 500);
    await manager.update(FeeLine, { id: line.id }, { state: 'refused', refusalCode: 'LINE_REFUSED', refusalText: text });
  }
  await markUpload(manager, input);
  const uploadedEvent = { type: 'feesUploaded', lines: uploaded, refused: refused.size, sums, at: deps.now() } as const;
  return {
    kind: 'done',
    events: warnings.length > 0 ? [{ type: 'feesWarned', warnings }, uploadedEvent] : [uploadedEvent],
    result: { uploaded, warnings, refused: [...refused].map(([feedetl_sn, text]) => ({ feedetl_sn, text })) } satisfies UploadedChunk,
  };
}

/** Lines of a self-pay stay: nobody splits them, the patient pays each one whole. */
async function keepLines(
  manager: EntityManager,
  deps: RegisterDeps,
  input: ChunkInput,
  lines: readonly FeeLine[],
): Promise<Extract<StepOutcome, { kind: 'done' }>> {
  const none = { overlmt_amt: fen(0), preselfpay_amt: fen(0), inscp_scp_amt: fen(0) };
  let sums = NO_LINES;
  for (const { id, det_item_fee_sumamt } of lines) {
    const whole = { fulamt_ownpay_amt: det_item_fee_sumamt, ...none };
    sums = addSums(sums, sumsOfLine({ det_item_fee_sumamt, ...whole }));
    await manager.update(FeeLine, { id }, { state: 'uploaded', ...whole });
  }
  await markUpload(manager, input);
  return {
    kind: 'done',
    events: [{ type: 'feesUploaded', lines: lines.length, refused: 0, sums, at: deps.now() }],
    result: { uploaded: lines.length, warnings: [], refused: [] } satisfies UploadedChunk,
  };
}

async function markUpload(manager: EntityManager, { payload }: ChunkInput): Promise<void> {
  const last = payload.fromSeq + LINES_PER_CHUNK >= payload.lineCount;
  await manager.update(FeeUpload, { id: payload.uploadId }, { state: last ? 'done' : 'uploading' });
}

/** What the centre made of a line, kept with it. */
function splitColumns(split: Output2301['result'][number]): Partial<FeeLine> {
  return {
    pric_uplmt_amt: split.pric_uplmt_amt,
    selfpay_prop: split.selfpay_prop ?? null,
    fulamt_ownpay_amt: split.fulamt_ownpay_amt ?? fen(0),
    overlmt_amt: split.overlmt_amt ?? fen(0),
    preselfpay_amt: split.preselfpay_amt ?? fen(0),
    inscp_scp_amt: split.inscp_scp_amt ?? fen(0),
    chrgitm_lv: split.chrgitm_lv,
    med_chrgitm_type: split.med_chrgitm_type,
  };
}
