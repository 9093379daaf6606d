import { sleep } from '@temporalio/workflow';
import { checkStep } from '../../domain/admission/check';
import { LINES_PER_CHUNK, type AdmissionSteps, type RecordPayload, type StepOutcome, type UploadedChunk } from '../../domain/admission/steps';
import type { AdmitPayload, CancelSettlementPayload, ReasonPayload, ResolveUnknownPayload, UploadFeesPayload } from '../../domain/admission/payloads';
import type { UndoStep } from '../../domain/admission/state';
import type { AdmissionCommand } from '../../domain/admission/types';
import type { CommandResult, Refusal } from '../../domain/commands';
import { compensate } from '../kit/saga';
import { perform, type Concluded } from './lost-answers';
import { STEP_NAMES, untilStill, type Envelope, type Stay } from './stay';

/** Whether a command fits the stay as it stands; one that was carried out before, its answer lost, always does. */
export function checkFit(stay: Stay, name: AdmissionCommand, command: Envelope): Refusal | null {
  return stay.caughtUp().includes(command.commandId) ? null : checkStep(stay.state(), name, command.payload);
}

/** Carries out one command. A refusal is a result; the workflow goes on. */
export function handleCommand(stay: Stay, name: AdmissionCommand, command: Envelope): Promise<CommandResult> {
  return untilStill(async () => {
    const refusal = checkFit(stay, name, command);
    return refusal ? { status: 'refused', refusal } : carryOut(stay, name, command);
  });
}

function carryOut(stay: Stay, name: AdmissionCommand, command: Envelope): Promise<CommandResult> {
  switch (name) {
    case 'uploadFees':
      return uploadFees(stay, command as unknown as Envelope<UploadFeesPayload>);
    case 'cancelSettlement':
      return cancelSettlement(stay, command as unknown as Envelope<CancelSettlementPayload>);
    case 'cancelAdmission':
      return cancelAdmission(stay, command as unknown as Envelope<ReasonPayload>);
    case 'resolveUnknown':
      return resolveUnknown(stay, command as unknown as Envelope<ResolveUnknownPayload>);
    case 'admit':
      return admit(stay, command as unknown as Envelope<AdmitPayload>);
    default:
      return performed(stay, name, command);
  }
}

async function performed(stay: Stay, name: Exclude<keyof AdmissionSteps & AdmissionCommand, 'uploadFees'>, command: Envelope): Promise<CommandResult> {
  return toResult(await perform(stay, name, command, command.payload));
}

/** A stay whose admission did not come about is over; the number may be registered again. */
async function admit(stay: Stay, command: Envelope<AdmitPayload>): Promise<CommandResult> {
  const result = toResult(await perform(stay, 'admitPatient', command, command.payload));
  if (result.status === 'refused' && stay.state().stage === 'opened') {
    await stay.run('refuseAdmission', command, { admit: command.payload, refusal: result.refusal });
  }
  return result;
}

/** 2301 in chunks, in the order of the upload; each chunk commits its splits before the next one is sent. */
async function uploadFees(stay: Stay, command: Envelope<UploadFeesPayload>): Promise<CommandResult> {
  const { uploadId, lineCount } = command.payload;
  const chunks: UploadedChunk[] = [];
  for (let fromSeq = 0; fromSeq < lineCount; fromSeq += LINES_PER_CHUNK) {
    const outcome = await perform(stay, 'uploadFeeChunk', command, { uploadId, lineCount, fromSeq });
    if (outcome.kind !== 'done') return toResult(outcome);
    chunks.push(outcome.result as UploadedChunk);
  }
  const warnings = chunks.flatMap((chunk) => chunk.warnings);
  const result = {
    uploadId,
    uploaded: chunks.reduce((sum, chunk) => sum + chunk.uploaded, 0),
    refused: chunks.reduce((sum, chunk) => sum + chunk.refused.length, 0),
    ...(warnings.length > 0 ? { warnings } : {}),
  };
  return { status: 'done', result };
}

/** The list is withdrawn first (4102), then the settlement (2305). */
async function cancelSettlement(stay: Stay, command: Envelope<CancelSettlementPayload>): Promise<CommandResult> {
  const { setlId } = command.payload;
  const list = stay.state().list;
  if (list?.setlId === setlId && list.state === 'submitted') {
    const withdrawn = await perform(stay, 'withdrawList', command, { setlId });
    if (withdrawn.kind !== 'done') return toResult(withdrawn);
  }
  return toResult(await perform(stay, 'cancelSettlement', command, command.payload));
}

/** Undoes the whole stay in the only order that a platform allows: newest first. */
async function cancelAdmission(stay: Stay, command: Envelope<ReasonPayload>): Promise<CommandResult> {
  const refusal = await compensate(
    () => stay.state().undo,
    (step) => undo(stay, command, step),
  );
  return refusal ? { status: 'refused', refusal } : { status: 'done', result: { stage: stay.state().stage } };
}

const UNDO_PAUSE_MS = 60_000;

const UNDO: Record<UndoStep['act'], keyof AdmissionSteps> = {
  list: 'withdrawList',
  settlement: 'cancelSettlement',
  discharge: 'cancelDischarge',
  fees: 'withdrawFees',
  admission: 'cancelAdmission',
};

async function undo(stay: Stay, command: Envelope<ReasonPayload>, step: UndoStep): Promise<Refusal | null> {
  const target = 'setlId' in step ? { setlId: step.setlId } : {};
  const payload = { ...command.payload, ...target, ...(step.act === 'fees' ? { feedetlSns: 'all' } : {}) };
  // The same act can stand on the stack twice (two settlements of one stay), so each undo is a command of its own.
  const position = stay.state().undo.length;
  const undoing = { ...command, commandId: `${command.commandId}#${position}` };
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await perform(stay, UNDO[step.act], undoing, payload);
    if (outcome.kind !== 'unreachable') {
      if (attempt > 0) await stay.run('recordEvents', undoing, undoReached(undoing.commandId));
      return outcome.kind === 'refused' ? outcome.refusal : null;
    }
    if (attempt === 0) await tellUndoWaits(stay, undoing, UNDO[step.act]);
    await sleep(UNDO_PAUSE_MS, { summary: '医保平台不可达，稍后继续撤销' });
  }
}

function undoReached(subject: string): RecordPayload {
  return { step: 'undoReached', events: [], closeAbnormal: { code: 'UNDO_WAITS', subject, resolution: '平台已恢复' } };
}

/** An undo that cannot reach the platform keeps trying; a person is told once. */
async function tellUndoWaits(stay: Stay, command: Envelope<unknown>, step: keyof AdmissionSteps): Promise<void> {
  await stay.run('recordEvents', command, {
    step: `undoWaits/${step}`,
    events: [],
    abnormal: { code: 'UNDO_WAITS', subject: command.commandId, title: `${STEP_NAMES[step]}：平台不可达，系统将持续重试` },
  });
}

async function resolveUnknown(stay: Stay, command: Envelope<ResolveUnknownPayload>): Promise<CommandResult> {
  const unknown = stay.state().unknown;
  const step = command.payload.decision === 'adopt' ? 'adoptSettlement' : 'abandonSettlement';
  const payload = { ...command.payload, infno: unknown?.infno };
  const outcome = (await stay.run(step, command, payload)) as StepOutcome;
  if (outcome.kind !== 'unknown') return toResult(outcome);
  return { status: 'refused', refusal: { code: 'OUTCOME_UNKNOWN', message: '冲正无应答，结果仍不明；请稍后再次处置。' } };
}

export function toResult(outcome: Concluded): CommandResult {
  switch (outcome.kind) {
    case 'done':
      return { status: 'done', result: outcome.result ?? {} };
    case 'refused':
      return { status: 'refused', refusal: outcome.refusal };
    case 'unreachable':
      return {
        status: 'refused',
        refusal: { code: 'PLATFORM_UNREACHABLE', message: '医保平台暂时无法连接，本次未办理，请稍后用同一请求重试。' },
      };
  }
}
