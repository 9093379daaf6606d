import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from '@temporalio/worker';
import { In, IsNull, Not } from 'typeorm';
import { trialBalance, verifyLedger } from '../../activities/ledger';
import type { AdmissionState } from '../../domain/admission/state';
import { createDataConverter } from '../../runtime/data-converter';
import { openKeyRing } from '../../runtime/keys';
import { createLogger } from '../../runtime/logger';
import { installTemporalRuntime } from '../../runtime/temporal-logging';
import { Admission, Command, Deposit, Message, Settlement } from '../../store/entities';
import type { CentreSettlement, Ground } from './ground';
import { endOf, type End } from './hospital';

const silent = createLogger('test', 'silent');
/** Keys that are given once more after a case. */
const KEYS_TRIED = 12;
const QUIET_WITHIN_MS = 20_000;
const INSTITUTIONS = ['H99000000001', 'H99000000002', 'H99000000003'];

/** What must hold after every case, whatever was killed: see the names of the checks. */
export async function expectAllHolds(ground: Ground): Promise<void> {
  await untilUp(ground);
  await untilQuiet(ground);
  await expectSameSettlements(ground);
  await expectLedgerWhole(ground);
  await expectReadModelIsWorkflow(ground);
  await expectKeysAnswerTheSame(ground);
}

/** What was killed last may still be starting. */
async function untilUp({ stack }: Ground): Promise<void> {
  const deadline = Date.now() + QUIET_WITHIN_MS;
  for (;;) {
    const status = await fetch(`${stack.api}/readyz`).then((answer) => answer.status, () => 0);
    if (status === 200) return;
    if (Date.now() > deadline) throw new Error(`/readyz answers ${status}`);
    await sleep(100);
  }
}

/** Commands are all answered, and every message that left has an outcome whose question is closed. */
async function untilQuiet({ store }: Ground): Promise<void> {
  const deadline = Date.now() + QUIET_WITHIN_MS;
  for (;;) {
    const open = await store.read(async (manager) => ({
      commands: (await manager.find(Command, { where: { state: Not('done') } })).map(({ name, workflowId, state }) => ({ name, workflowId, state })),
      messages: (
        await manager.find(Message, { where: [{ state: 'sent', outcome: IsNull() }, { resolution: In(['open', 'abandoning', 'adopting', 'manual']) }] })
      ).map(({ infno, step, ordinal, state, outcome, resolution, workflowId, commandId }) => ({ infno, step, ordinal, state, outcome, resolution, workflowId, commandId })),
    }));
    if (open.commands.length === 0 && open.messages.length === 0) return;
    if (Date.now() > deadline) throw new Error(`not at rest: ${JSON.stringify(open, null, 1)}`);
    await sleep(100);
  }
}

/** The live settlements of both sides are the same ones, to the fen, one a stay; deposits never went below zero. */
async function expectSameSettlements(ground: Ground): Promise<void> {
  const theirs = (await ground.records<CentreSettlement>('settlements')).filter((row) => row.refd_setl_flag === '0');
  const ours = await ground.store.read((manager) => manager.findBy(Settlement, { status: 'live' }));
  const centre = theirs.map((row) => [row.setl_id, row.msgid, row.amounts['psn_cash_pay']].join(' ')).sort();
  expect(ours.map((row) => [row.setl_id, row.msgid, row.psn_cash_pay].join(' ')).sort()).toEqual(centre);
  const stays = theirs.map((row) => row.mdtrt_id);
  expect(stays).toEqual([...new Set(stays)]);
  const deposits = await ground.store.read((manager) => manager.find(Deposit));
  const acts = deposits.map((row) => `${row.admissionId} ${row.commandId} ${row.kind}`);
  expect(acts).toEqual([...new Set(acts)]);
}

async function expectLedgerWhole({ store }: Ground): Promise<void> {
  for (const institution of INSTITUTIONS) {
    const { trial, verdict } = await store.read(async (manager) => ({
      trial: await trialBalance(manager, institution),
      verdict: await verifyLedger(manager, institution),
    }));
    expect(trial.reduce((sum, row) => sum + row.balance, 0)).toBe(0);
    expect(verdict.tampered).toEqual([]);
  }
}

/** Both are asked until they agree: a workflow may still be writing the last event of its own. */
async function expectReadModelIsWorkflow({ store, temporal }: Ground): Promise<void> {
  const rows = await store.read((manager) => manager.find(Admission));
  for (const { id, workflowId } of rows) {
    const deadline = Date.now() + QUIET_WITHIN_MS;
    for (;;) {
      const [row, state] = await Promise.all([
        store.read((manager) => manager.findOneByOrFail(Admission, { id })),
        temporal.workflow.getHandle(workflowId).query<AdmissionState>('state'),
      ]);
      if (row.version === state.version || Date.now() > deadline) {
        expect({ id, ...(row.state as AdmissionState) }).toEqual({ id, ...state });
        expect(row.stage).toBe(state.stage);
        break;
      }
      await sleep(100);
    }
  }
}

/** The latest keys, given once more, are answered as the first time, and say that it is a repetition. */
async function expectKeysAnswerTheSame({ hospital }: Ground): Promise<void> {
  for (const first of hospital.ended.slice(-KEYS_TRIED)) {
    const answer = await hospital.post(first.order);
    const again: End | null = endOf(first.order, answer);
    expect(again).toEqual(first);
    expect(answer.headers.get('idempotency-replayed')).toBe('true');
  }
}

/** The recorded histories of all stays replay on the workflow code as it is. */
export async function expectHistoriesReplay({ stack, store, temporal }: Ground): Promise<void> {
  const keyRing = openKeyRing(String(stack.env['ANJIE_KEY_RING']));
  const dataConverter = createDataConverter(keyRing, 'worker', silent);
  const workflowBundle = { codePath: String(process.env['ANJIE_WORKFLOW_BUNDLE']) };
  const rows = await store.read((manager) => manager.find(Admission));
  const ids = [...new Set(rows.map((row) => row.workflowId))];
  const histories = async function* () {
    for (const workflowId of ids) yield { workflowId, history: await temporal.workflow.getHandle(workflowId).fetchHistory() };
  };
  installTemporalRuntime(silent);
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle, dataConverter }, histories())) {
    expect([workflowId, error?.message]).toEqual([workflowId, undefined]);
  }
}
