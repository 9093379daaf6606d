import { condition, sleep } from '@temporalio/workflow';
import type { AdmissionSteps, LookOutcome, StepOutcome } from '../../domain/admission/steps';
import { type Envelope, type Stay } from './stay';

type StepName = keyof AdmissionSteps;
type Unknown = Extract<StepOutcome, { kind: 'unknown' }>;
type Found = Extract<LookOutcome, { kind: 'found' }>;
export type Concluded = Exclude<StepOutcome, { kind: 'unknown' }>;

/** Pauses between attempts to learn what happened, seconds; the last one repeats. */
const PAUSES = [0, 2, 10, 60, 300, 600];
/** Attempts after which a person is told; the machine goes on trying. */
const TELL_AFTER = 3;
/** A settlement that was abandoned is sent anew at most this often within one command. */
const SEND_ANEW_AT_MOST = 3;
/** Room for the looks that follow each attempt, so that every look is a message of its own. */
const LOOKS_PER_ATTEMPT = 10_000;

/** Steps whose transaction has a query that tells whether it happened. */
const QUERIED: readonly StepName[] = ['admitPatient', 'discharge', 'cancelDischarge', 'cancelAdmission', 'cancelSettlement'];

/**
 * Carries a step to a sure end. An unknown outcome is never guessed: the rule of its transaction (compensation matrix)
 * says how to look, and only what is proven absent is sent again, under a new message id.
 */
export async function perform(stay: Stay, name: StepName, command: Envelope<unknown>, payload: unknown): Promise<Concluded> {
  let unsure: Unknown | null = null;
  for (let ordinal = 0; ; ordinal += 1) {
    const outcome = (await stay.run(name, command, payload, ordinal)) as StepOutcome;
    if (outcome.kind === 'unknown') {
      unsure = outcome;
      const found = await learn(stay, name, command, payload, outcome, ordinal);
      if (found) return found;
      if (name === 'settle' && ordinal + 1 >= SEND_ANEW_AT_MOST) return GIVEN_UP;
      continue;
    }
    // A refusal after a lost answer may only say that the first attempt did happen after all.
    if (outcome.kind === 'refused' && unsure && QUERIED.includes(name)) {
      const found = await learn(stay, name, command, payload, unsure, ordinal);
      if (found) return found;
    }
    return outcome;
  }
}

const GIVEN_UP: Concluded = {
  kind: 'refused',
  refusal: { code: 'PLATFORM_UNREACHABLE', message: '医保中心多次未应答，各次结算均已冲正，未入账；请稍后重新结算。' },
  events: [],
};

/** What became of a lost transaction: how it ended where it happened, or null where it did not and may be sent again. */
async function learn(
  stay: Stay,
  name: StepName,
  command: Envelope<unknown>,
  payload: unknown,
  unknown: Unknown,
  ordinal: number,
): Promise<Concluded | null> {
  if (name === 'settle') return learnSettlement(stay, command, unknown, ordinal);
  let absent = 0;
  for (let look = 0, unclear = 0; ; look += 1) {
    const seen = await lookOnce(stay, name, command, payload, unknown, ordinal * LOOKS_PER_ATTEMPT + look);
    if (seen?.kind === 'unclear') {
      absent = 0;
      unclear += 1;
      if (unclear === TELL_AFTER) await tell(stay, command, unknown);
      await pause(PAUSES[Math.min(unclear, PAUSES.length - 1)] ?? 0, '等待后再查');
      continue;
    }
    // One "absent" may be a stale read; two in a row, a moment apart, count.
    if (seen?.kind === 'absent' && (absent += 1) < 2) {
      await pause(stay.state().rules.secondLookSeconds, '二次查询间隔');
      continue;
    }
    if (unclear >= TELL_AFTER) await untell(stay, command, unknown);
    return seen?.kind === 'found' ? concludedBy(seen) : null;
  }
}

function concludedBy({ events, result }: Found): Concluded {
  return { kind: 'done', events, result };
}

/** One look at the other side by the transaction's own query, or null where a blind repetition is harmless. */
async function lookOnce(
  stay: Stay,
  name: StepName,
  command: Envelope<unknown>,
  payload: unknown,
  unknown: Unknown,
  ordinal: number,
): Promise<LookOutcome | null> {
  const target = { msgid: unknown.msgid, infno: unknown.infno };
  switch (name) {
    case 'admitPatient':
    case 'discharge':
    case 'cancelDischarge':
    case 'cancelAdmission':
      return (await stay.run('lookForStay', command, { ...target, original: payload }, ordinal)) as LookOutcome;
    case 'cancelSettlement':
      return (await stay.run('lookForCancellation', command, { ...target, ...(payload as object) }, ordinal)) as LookOutcome;
    case 'uploadFeeChunk': {
      const withdrawn = (await stay.run('withdrawLostFees', command, target, ordinal)) as StepOutcome;
      if (withdrawn.kind === 'done') return null;
      return { kind: 'unclear', reason: withdrawn.kind === 'refused' ? withdrawn.refusal.message : withdrawn.reason };
    }
    default:
      return null;
  }
}

/**
 * A settlement whose answer was lost: the till freezes, the main loop abandons it by 2601 or a person decides. Returns
 * null when it was abandoned, so that it is sent anew; the settlement when it was adopted; a refusal while it is frozen.
 */
async function learnSettlement(stay: Stay, command: Envelope<unknown>, unknown: Unknown, ordinal: number): Promise<Concluded | null> {
  const settlementsBefore = stay.state().settlements.length;
  await stay.run(
    'recordEvents',
    command,
    {
      step: `unknown/${unknown.msgid}`,
      events: [
        {
          type: 'settlementUnknown',
          unknown: {
            msgid: unknown.msgid,
            infno: unknown.infno,
            reason: unknown.reason,
            since: Date.now(),
            needsPerson: stay.state().rules.unknownSettlement === 'ask',
          },
        },
      ],
      abnormal: { code: 'SETTLEMENT_UNKNOWN', subject: unknown.msgid, title: '结算结果不明，等待确认' },
    },
    ordinal,
  );
  await condition(() => stay.state().unknown === null || stay.state().unknown?.needsPerson === true);
  if (stay.state().unknown) return frozen(unknown);
  const adopted = stay.state().settlements.length > settlementsBefore || stay.state().held !== null;
  return adopted ? { kind: 'done', events: [], result: stay.state().settlements.at(-1) ?? stay.state().held?.ref } : null;
}

function frozen(unknown: Unknown): Concluded {
  return {
    kind: 'refused',
    refusal: { code: 'OUTCOME_UNKNOWN', message: `结算结果待确认（报文 ${unknown.msgid}），请勿重复收费；处置后再办理。` },
    events: [],
  };
}

/** Whether a settlement with an unknown outcome is the machine's to abandon. */
export function mustAbandon(stay: Stay): boolean {
  return stay.state().unknown?.needsPerson === false;
}

/** The main loop's part: abandons the open unknown settlement, for as long as it takes. */
export async function abandonUnknown(stay: Stay): Promise<void> {
  const unknown = stay.state().unknown;
  if (!unknown) return;
  const command = systemCommand(`abandon/${unknown.msgid}`);
  for (let attempt = 0; mustAbandon(stay); attempt += 1) {
    // Whoever settles it meanwhile, such as the daily reconciliation, ends the wait.
    const seconds = PAUSES[Math.min(attempt, PAUSES.length - 1)] ?? 0;
    if (seconds > 0) await condition(() => !mustAbandon(stay), seconds * 1_000);
    if (!mustAbandon(stay)) return;
    const outcome = (await stay.run('abandonSettlement', command, { msgid: unknown.msgid, infno: unknown.infno }, attempt)) as StepOutcome;
    if (outcome.kind !== 'done' && attempt + 1 === TELL_AFTER) await tell(stay, command, { kind: 'unknown', ...unknown });
  }
}

async function tell(stay: Stay, command: Envelope<unknown>, unknown: Unknown): Promise<void> {
  await stay.run('recordEvents', command, {
    step: `tell/${unknown.msgid}`,
    events: [],
    abnormal: { code: 'OUTCOME_UNKNOWN', subject: unknown.msgid, title: `${unknown.infno} 结果不明，多次查询未果` },
  });
}

async function untell(stay: Stay, command: Envelope<unknown>, unknown: Unknown): Promise<void> {
  await stay.run('recordEvents', command, {
    step: `untell/${unknown.msgid}`,
    events: [],
    closeAbnormal: { code: 'OUTCOME_UNKNOWN', subject: unknown.msgid, resolution: '已查明' },
  });
}

async function pause(seconds: number, summary: string): Promise<void> {
  if (seconds > 0) await sleep(seconds * 1_000, { summary });
}

/** The system itself asks; the header of national transactions wants an operator all the same. */
export function systemCommand(commandId: string): Envelope<Record<string, unknown>> {
  return { commandId, payload: {}, operator: { id: 'SYSTEM', name: '系统', type: '1' } };
}
