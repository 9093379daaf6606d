import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { loadCaseDefinitions } from '../../schemas/processes/load-cases';
import { AuditEvent, CaseAct, CaseOperation, RoleAssignment } from '../../store/entities';
import { PROVINCE } from '../support/office-people';
import { openOfficeRig, type OfficeRig } from '../support/office-rig';

/** Workers of the office queue, each a process of its own, that are killed while people sign, milliseconds after they did. */
const KILL_AFTER_MS = [0, 15, 25, 35, 50, 80] as const;
let rig: OfficeRig;
let worker: ChildProcess;

beforeAll(async () => {
  const people = [
    { id: 'administrator-1', role: 'administrator' as const, division: PROVINCE },
    { id: 'security-1', role: 'securityOfficer' as const, division: PROVINCE },
    ...KILL_AFTER_MS.map((_delay, index) => ({ id: `subject-${index}`, role: 'statistician' as const, division: PROVINCE })),
  ];
  rig = await openOfficeRig({ people, withoutWorker: true });
  worker = await startWorker();
}, 60_000);

afterAll(async () => {
  worker?.kill('SIGKILL');
  await rig?.close();
}, 60_000);

async function startWorker(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [resolve('dist', 'workers', 'main.js'), 'office'], {
    env: { PATH: process.env['PATH'], ANJIE_DATA_DIR: rig.dataDir, ANJIE_LOG_LEVEL: 'error', ANJIE_TEMPORAL_ADDRESS: String(rig.env.address) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('"ready":true')) return child;
  throw new Error('the worker ended before it was ready');
}

async function killWorker(): Promise<void> {
  const gone = once(worker, 'exit');
  worker.kill('SIGKILL');
  await gone;
  worker = await startWorker();
}

test('killed while an act is judged or takes effect, the workers lose nothing and grant each role once', async () => {
  const definition = loadCaseDefinitions()['people-change'];
  if (!definition) throw new Error('no definition');
  for (const [index, delay] of KILL_AFTER_MS.entries()) {
    const form = { change: 'assignRole', userId: `subject-${index}`, role: 'operations', division: PROVINCE, reason: '测试授岗' };
    const id = await rig.open(definition, 'administrator-1', PROVINCE, form);
    expect(await rig.act(id, 'administrator-1', 'submit')).toEqual(expect.objectContaining({ status: 'done' }));
    const approved = rig.act(id, 'security-1', 'approve');
    await new Promise((done) => setTimeout(done, delay));
    await killWorker();
    expect(await approved).toMatchObject({ status: 'done' });
    await rig.until(id, ({ status }) => status === 'effective');
    await rig.store.read(async (manager) => {
      const acts = await manager.find(CaseAct, { where: { caseId: id }, order: { seq: 'ASC' } });
      expect(acts.map(({ kind, seq }) => [seq, kind])).toEqual([[1, 'submit'], [2, 'approve'], [3, 'operated']]);
      expect(await manager.countBy(CaseOperation, { caseId: id })).toBe(1);
      expect(await manager.countBy(AuditEvent, { subject: id, event: 'people.changed' })).toBe(1);
      expect(await manager.countBy(RoleAssignment, { userId: `subject-${index}`, role: 'operations' })).toBe(1);
    });
    await expect(rig.handle(id).result()).resolves.toMatchObject({ status: 'effective' });
  }
}, 180_000);
