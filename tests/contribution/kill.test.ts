import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { openBatch } from '../../activities/batch/open';
import { BATCH_KINDS } from '../../activities/batch/registry';
import { BATCH_QUEUE, BATCH_WORKFLOW, batchWorkflowId } from '../../activities/batch/start';
import { sumsOf } from '../../activities/batch/sums';
import { CHUNK_PERSONS } from '../../activities/contribution/population';
import type { CommandEnvelope, CommandResult } from '../../domain/commands';
import { isRefusal } from '../../domain/refusal';
import { insertRows } from '../../store/bulk';
import { Batch, Division } from '../../store/entities';
import { openOfficeRig, type OfficeRig } from '../support/office-rig';
import { COUNTY } from './register';

const CHUNKS = 4;
const PERSONS = CHUNKS * CHUNK_PERSONS;
/** What a resident pays and what is subsidised, fen a year. */
const EACH = 40_000 + 70_000;

let rig: OfficeRig;
let worker: ChildProcess | undefined;

beforeAll(async () => {
  rig = await openOfficeRig({ people: [{ id: 'maker-1', role: 'maker', division: COUNTY }], withoutWorker: true });
  await rig.store.write(async (manager) => {
    await manager.insert(Division, { code: COUNTY, name: '示例县', level: 'county' as const, parent: '990100', validFrom: '2025-01-01', validTo: null });
    const columns = ['psn_no', 'insutype', 'division', 'payer_kind', 'category', 'from_month', 'agreement', 'cert_hash', 'identity', 'edition'];
    const identity = rig.keyRing.encrypt(JSON.stringify({ psn_name: '示例', cert_type: '01', certno: '990101199001010019' }));
    await insertRows(manager, 'contribution_person', columns, Array.from({ length: PERSONS }, (_, index) => [`R${String(index).padStart(8, '0')}`, '390', COUNTY, '3', 'resident', 202001, 0, 'x', identity, 0]));
  });
}, 60_000);

afterAll(async () => {
  worker?.kill('SIGKILL');
  await rig?.close();
}, 60_000);

/** A worker of the batch queue that kills itself at a fail-point, if one is given. */
async function startWorker(failpoints: string): Promise<void> {
  const child = spawn(process.execPath, [resolve('dist', 'workers', 'main.js'), 'batch'], {
    env: { PATH: process.env['PATH'], ANJIE_DATA_DIR: rig.dataDir, ANJIE_LOG_LEVEL: 'error', ANJIE_TEMPORAL_ADDRESS: String(rig.env.address), ANJIE_FAILPOINTS: failpoints },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  worker = child;
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('"ready":true')) return;
  throw new Error('the worker ended before it was ready');
}

test('killed before and after the commit of a chunk, the next worker goes on; every row stands once and the sums agree', async () => {
  const batch = await rig.store.write((manager) => openBatch(manager, BATCH_KINDS, { kind: 'contrib-assessment', division: COUNTY, period: '2026-11', parameters: { variant: 'allResidents' }, makerId: 'maker-1' }, Date.now()));
  if (isRefusal(batch)) throw new Error(batch.message);
  await startWorker('after-answer-before-commit=kill@2');
  const firstDeath = once(worker as ChildProcess, 'exit');
  const update = rig.client.workflow.executeUpdateWithStart<() => Promise<unknown>, CommandResult, [CommandEnvelope]>('proceed', {
    args: [{ commandId: 'start', payload: {}, operator: { id: 'rig', name: '测试', type: '1' } }],
    updateId: 'start',
    startWorkflowOperation: new WithStartWorkflowOperation(BATCH_WORKFLOW, {
      workflowId: batchWorkflowId(batch), taskQueue: BATCH_QUEUE, args: [{ batchId: batch.id }] as never, workflowIdConflictPolicy: 'USE_EXISTING', workflowTaskTimeout: '5s',
    }),
  });
  await firstDeath;
  await startWorker('after-commit=kill@1');
  await once(worker as ChildProcess, 'exit');
  await startWorker('');
  await update;
  const row = (): Promise<Batch> => rig.store.read((manager) => manager.findOneByOrFail(Batch, { id: batch.id }));
  for (let tries = 0; (await row()).state !== 'previewed'; tries += 1) {
    if (tries > 400) throw new Error(`the batch stands ${(await row()).state}`);
    await new Promise((done) => setTimeout(done, 50));
  }
  expect(await row()).toMatchObject({ chunks: CHUNKS, total: PERSONS, done: PERSONS, rejected: 0 });
  const [found]: { n: unknown; persons: unknown; fen: unknown }[] = await rig.store.read((manager) => manager.query('SELECT COUNT(*) AS n, COUNT(DISTINCT psn_no) AS persons, SUM(amt_fen) AS fen FROM levy'));
  expect([Number(found?.n), Number(found?.persons), Number(found?.fen)]).toEqual([PERSONS * 2, PERSONS, PERSONS * EACH]);
  expect(await rig.store.read((manager) => sumsOf(manager, batch.id))).toMatchObject({ total: PERSONS * EACH });
}, 90_000);
