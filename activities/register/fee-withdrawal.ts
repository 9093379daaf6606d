import { In, type EntityManager } from 'typeorm';
import { addSums, NO_LINES, sumsOfLine } from '../../domain/admission/line-sums';
import { isSelfPay } from '../../domain/admission/state';
import type { WithdrawFeesPayload } from '../../domain/admission/payloads';
import type { ResolvePayload, StepInput, StepOutcome } from '../../domain/admission/steps';
import { decodeRequest } from '../../domain/national/codec';
import { namedLines } from '../../domain/national/named-lines';
import { says } from '../../domain/national/platform-text';
import type { Input2301 } from '../../schemas/national/generated';
import { FeeLine, Message } from '../../store/entities';
import type { Refused } from '../national/types';
import { book } from './book';
import { closeAbnormal, commitAlone, commitStep, findReceipt, raiseAbnormal } from './commit';
import { admissionId, admitted, asOutcome, callRepeating, refuse, workflowIdOf, type RegisterDeps } from './context';
import { halves, slices } from './slices';

const STEP = 'withdrawFees';
/** Calls that one withdrawal makes at most: each one refused for a line leaves fewer. */
const CALLS_PER_WITHDRAWAL = 1_000;
/** Ids of one IN list. */
const IDS_PER_QUERY = 500;

/** 费用明细撤销 2302, single lines or all unsettled ones ("0000"); those of a self-pay stay are taken back here alone. */
export async function withdrawFees(deps: RegisterDeps, input: StepInput<WithdrawFeesPayload>): Promise<StepOutcome> {
  const before = await findReceipt(deps, input, STEP);
  if (before) return before;
  const wanted = input.payload.feedetlSns;
  const open = await deps.store.read((manager) => openLines(manager, input));
  const lines = wanted === 'all' ? open : open.filter((line) => wanted.includes(line.feedetl_sn));
  if (wanted !== 'all' && lines.length < new Set(wanted).size) {
    return refuse('FEES_NOT_FOUND', '部分明细不存在、未上传或已结算，本次未撤销任何明细。');
  }
  if (lines.length === 0) return commitAlone(deps, input, STEP, (manager) => recordWithdrawn(manager, [], true));
  if (isSelfPay(input.state)) return withdrawKept(deps, input, lines, open);
  return lines.length === open.length ? withdrawAll(deps, input, lines) : withdrawSome(deps, input, lines);
}

/** As the centre does, no return is left without its original. */
async function withdrawKept(deps: RegisterDeps, input: StepInput, lines: readonly FeeLine[], open: readonly FeeLine[]): Promise<StepOutcome> {
  const gone = new Set(lines.map((line) => line.feedetl_sn));
  const left = open.find((line) => !gone.has(line.feedetl_sn) && line.init_feedetl_sn !== null && gone.has(line.init_feedetl_sn));
  if (left) return refuse('RETURN_LEFT', `明细 ${left.init_feedetl_sn} 有退费行 ${left.feedetl_sn}，请一并撤销。`);
  return commitAlone(deps, input, STEP, (manager) => recordWithdrawn(manager, lines, lines.length === open.length));
}

function withdrawAll(deps: RegisterDeps, input: StepInput, lines: readonly FeeLine[]): Promise<StepOutcome> {
  const { personNo, mdtrtId } = admitted(input.state);
  return book(
    deps,
    input,
    {
      step: STEP,
      infno: '2302',
      input: { data: [{ feedetl_sn: '0000', mdtrt_id: mdtrtId, psn_no: personNo }] },
      repeat: true,
      refusalText: REFUSED,
    },
    (_answer, manager) => recordWithdrawn(manager, lines, true),
  );
}

const REFUSED = '医保中心未受理费用撤销。';

async function withdrawSome(deps: RegisterDeps, input: StepInput, lines: readonly FeeLine[]): Promise<StepOutcome> {
  // A return goes before its original, which the centre does not give back while a return hangs on it.
  const ordered = [...lines].sort((a, b) => Number(a.init_feedetl_sn === null) - Number(b.init_feedetl_sn === null));
  const profile = deps.profile(input.state.profile);
  const taken = await withdrawAtCentre(deps, input, STEP, ordered.map((line) => line.feedetl_sn), (text) =>
    says(profile, 'originalNotFound', text),
  );
  const gone = lines.filter((line) => taken.gone.includes(line.feedetl_sn));
  if (taken.refused === null && taken.silent === null) {
    return commitAlone(deps, input, STEP, (manager) => recordWithdrawn(manager, gone, false));
  }
  const left = taken.refused
    ? asOutcome(deps, input, taken.refused, '2302', REFUSED)
    : refuse('PLATFORM_UNREACHABLE', '医保平台无应答，部分明细尚未撤销，请稍后再办。');
  if (left.kind !== 'refused' || gone.length === 0) return taken.silent === null ? left : { kind: 'unreachable', reason: taken.silent };
  return commitAlone(deps, input, STEP, async (manager) => ({ ...left, events: (await recordWithdrawn(manager, gone, false)).events }));
}

async function recordWithdrawn(manager: EntityManager, lines: readonly FeeLine[], all: boolean): Promise<Extract<StepOutcome, { kind: 'done' }>> {
  const sums = lines.map(sumsOfLine).reduce(addSums, NO_LINES);
  for (const ids of slices(lines.map((line) => line.id), IDS_PER_QUERY)) {
    await manager.update(FeeLine, { id: In(ids) }, { state: 'withdrawn' });
  }
  return { kind: 'done', events: [{ type: 'feesWithdrawn', lines: lines.length, all, sums }], result: { withdrawn: lines.length } };
}

async function openLines(manager: EntityManager, input: StepInput): Promise<FeeLine[]> {
  return manager
    .createQueryBuilder(FeeLine, 'line')
    .where('line.admissionId = :id AND line.state = :state AND line.settlementId IS NULL', {
      id: admissionId(input.state),
      state: 'uploaded',
    })
    .orderBy('line.id')
    .getMany();
}

interface Taken {
  /** Lines that the centre surely does not have any more. */
  readonly gone: string[];
  readonly refused: Refused | null;
  /** Why the platform is silent; what is not gone is as it was, or taken back without our knowing. */
  readonly silent: string | null;
}

/**
 * 2302 for these lines, as many in a call as the division takes. A refused call leaves all its lines; where its text says
 * that the centre does not have a line (`isAbsent`), that line is gone already, by a 2302 or a 2301 whose answer was lost.
 */
async function withdrawAtCentre(
  deps: RegisterDeps,
  input: StepInput,
  step: string,
  serials: readonly string[],
  isAbsent: (text: string) => boolean,
): Promise<Taken> {
  const { personNo, mdtrtId } = admitted(input.state);
  const { feeLinesPerCall } = deps.profile(input.state.profile);
  const gone: string[] = [];
  const queue = [...slices(serials, feeLinesPerCall)];
  for (let call = 0; queue.length > 0; call += 1) {
    const part = queue.shift() ?? [];
    const outcome = await callRepeating(deps, input, workflowIdOf(input.state), {
      step,
      infno: '2302',
      ordinal: input.ordinal * CALLS_PER_WITHDRAWAL + call,
      input: { data: part.map((feedetl_sn) => ({ feedetl_sn, mdtrt_id: mdtrtId, psn_no: personNo })) },
    });
    if (outcome.kind === 'unknown' || outcome.kind === 'unreachable') return { gone, refused: null, silent: outcome.reason };
    if (outcome.kind === 'settled') {
      gone.push(...part);
      continue;
    }
    if (!isAbsent(outcome.text)) return { gone, refused: outcome, silent: null };
    const named = namedLines(outcome.text, part);
    const absent = named.length > 0 || part.length > 1 ? named : part;
    gone.push(...absent);
    const rest = part.filter((sn) => !absent.includes(sn));
    queue.unshift(...(absent.length > 0 ? [rest].filter((each) => each.length > 0) : halves(rest)));
  }
  return { gone, refused: null, silent: null };
}

/** What a person looks at while a lost 2301 can be neither found nor taken back. */
const WITHDRAWAL_REFUSED = 'WITHDRAWAL_REFUSED';

/**
 * 2302 for exactly the lines of a 2301 whose answer was lost, as its logged request names them; then they may be sent anew.
 * Refused, and not because the lines are not there: a person is told and the question stays open.
 */
export async function withdrawLostFees(deps: RegisterDeps, input: StepInput<ResolvePayload>): Promise<StepOutcome> {
  const { msgid } = input.payload;
  const step = `withdrawLost/${msgid.slice(-18)}`;
  const before = await findReceipt(deps, input, step);
  if (before) return before;
  const message = await deps.store.read((manager) => manager.findOneByOrFail(Message, { msgid }));
  const profile = deps.profile(input.state.profile);
  const lost = decodeRequest(profile, message.request ?? '');
  const serials = (lost.input as unknown as Input2301).feedetail.map((line) => line.feedetl_sn);
  const taken = await withdrawAtCentre(deps, input, step, serials, (text) => says(profile, 'originalNotFound', text));
  if (taken.silent !== null) return { kind: 'unreachable', reason: taken.silent };
  if (taken.refused) return keepInQuestion(deps, input, step, taken.refused);
  return deps.store.write(async (manager) => {
    await manager.update(Message, { msgid }, { resolution: 'absent' });
    await closeAbnormal(manager, deps, input.state, { code: WITHDRAWAL_REFUSED, subject: msgid, resolution: '明细已撤销，重新上传' });
    return commitStep(manager, deps, input, step, { kind: 'done', events: [], result: { withdrawn: taken.gone.length } });
  });
}

function keepInQuestion(deps: RegisterDeps, input: StepInput<ResolvePayload>, step: string, refused: Refused): Promise<StepOutcome> {
  const title = `费用上传结果不明，撤销又被拒绝：${refused.text}`.slice(0, 200);
  return commitAlone(deps, input, step, async (manager) => {
    await raiseAbnormal(manager, deps, input.state, { code: WITHDRAWAL_REFUSED, subject: input.payload.msgid, title });
    const refusal = { code: 'PLATFORM_REFUSED', message: REFUSED, platform: { infno: '2302', code: refused.code, text: refused.text } } as const;
    return { kind: 'refused', refusal, events: [] };
  });
}
