import type { EntityManager } from 'typeorm';
import type { DepositPayload } from '../../domain/admission/payloads';
import type { AdmissionEvent } from '../../domain/admission/state';
import type { StepInput, StepOutcome } from '../../domain/admission/steps';
import { formatDate, formatDateTime } from '../../domain/calendar';
import { depositEntry, depositRefundEntry } from '../../domain/ledger';
import type { Fen } from '../../domain/money';
import { Deposit, type PaymentMethod } from '../../store/entities';
import { postEntry } from '../ledger';
import { commitAlone } from './commit';
import { admissionId, workflowIdOf, type RegisterDeps } from './context';

/** 收预交金: cash in, owed to the patient until it is applied or paid back. */
export function recordDeposit(deps: RegisterDeps, input: StepInput<DepositPayload>): Promise<StepOutcome> {
  return move(deps, input, 'received');
}

/** 退预交金, at most what is left of it (checked by the workflow). */
export function refundDeposit(deps: RegisterDeps, input: StepInput<DepositPayload>): Promise<StepOutcome> {
  return move(deps, input, 'refunded');
}

async function move(deps: RegisterDeps, input: StepInput<DepositPayload>, kind: Movement['kind']): Promise<StepOutcome> {
  const { amountFen, receiptNo } = input.payload;
  return commitAlone(deps, input, `deposit/${kind}`, async (manager) => ({
    kind: 'done',
    events: [await post(manager, deps, input, { ...input.payload, kind })],
    result: { amountFen, receiptNo },
  }));
}

/** 入院撤销: what is left of the deposit is paid back, since nothing can be asked of the stay afterwards. */
export async function payBackDeposit(manager: EntityManager, deps: RegisterDeps, input: StepInput): Promise<AdmissionEvent[]> {
  const { deposit } = input.state;
  if (deposit === 0) return [];
  return [await post(manager, deps, input, { kind: 'refunded', amountFen: deposit, method: null, receiptNo: null })];
}

interface Movement {
  readonly kind: 'received' | 'refunded';
  readonly amountFen: Fen;
  readonly method: PaymentMethod | null;
  readonly receiptNo: string | null;
}

async function post(manager: EntityManager, deps: RegisterDeps, input: StepInput, movement: Movement): Promise<AdmissionEvent> {
  const { kind, amountFen, receiptNo } = movement;
  const at = deps.now();
  const received = kind === 'received';
  await manager.insert(Deposit, {
    ...movement,
    admissionId: admissionId(input.state),
    commandId: input.commandId,
    at: formatDateTime(at),
  });
  await postEntry(manager, {
    key: `${workflowIdOf(input.state)}/${input.commandId}/${kind}`,
    institution: input.state.institution,
    admissionId: admissionId(input.state),
    kind: received ? 'deposit' : 'depositRefund',
    memo: `${received ? '收预交金' : '退预交金'} ${receiptNo ?? '（入院撤销）'}`,
    businessDate: formatDate(at),
    lines: received ? depositEntry(amountFen) : depositRefundEntry(amountFen),
  });
  return { type: received ? 'depositReceived' : 'depositRefunded', amount: amountFen };
}
