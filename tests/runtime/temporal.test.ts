import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createDataConverter } from '../../runtime/data-converter';
import { type KeyRing, openKeyRing } from '../../runtime/keys';
import { createLogger } from '../../runtime/logger';
import { REFUSED_PAYLOAD } from '../../runtime/payload-codec';
import { type TemporalHandle, connectTemporal, ensureNamespace, ensureSearchAttributes } from '../../runtime/temporal';
import { installTemporalRuntime } from '../../runtime/temporal-logging';
import { diary, note, notes, tell } from './workflows/diary';

/** The codec, the failure converter and the logger against a real Temporal server and worker. */

const CANARY = '示例甲金丝雀';
const ID = '990101199003070013';
const QUEUE = 'diary';

let directory: string;
let environment: TestWorkflowEnvironment;
let keyRing: KeyRing;
let temporal: TemporalHandle;
let plain: Client;
let native: NativeConnection;
let worker: Worker;
let running: Promise<void>;
const lines: string[] = [];
const logger = createLogger('test', 'info', { write: (line) => void lines.push(line) });

beforeAll(async () => {
  installTemporalRuntime(logger);
  directory = mkdtempSync(join(tmpdir(), 'anjie-temporal-'));
  keyRing = openKeyRing(join(directory, 'ring.json'), { create: true });
  const path = process.env['TEMPORAL_CLI_PATH'];
  environment = await TestWorkflowEnvironment.createLocal({
    server: { ...(path ? { executable: { type: 'existing-path', path } } : {}), log: { format: 'json', level: 'error' } },
  });
  const config = { temporal: { address: environment.address, namespace: 'default', retentionDays: 3650 } };
  temporal = await connectTemporal({ config, dataConverter: createDataConverter(keyRing, 'client', logger), logger });
  plain = new Client({ connection: temporal.connection });
  native = await NativeConnection.connect({ address: environment.address });
  worker = await Worker.create({
    connection: native,
    namespace: 'default',
    taskQueue: QUEUE,
    workflowsPath: require.resolve('./workflows/diary'),
    activities: {
      recall: async (text: string) => {
        if (text !== 'fail') return `${text}!`;
        throw new Error(`病人 ${CANARY} ${ID} 不存在`);
      },
    },
    dataConverter: createDataConverter(keyRing, 'worker', logger),
  });
  running = worker.run();
}, 120_000);

afterAll(async () => {
  worker.shutdown();
  await running;
  await native.close();
  await temporal.connection.close();
  await environment.teardown();
  rmSync(directory, { recursive: true });
});

let serial = 0;
async function start(text: string) {
  serial += 1;
  return temporal.client.workflow.start(diary, { taskQueue: QUEUE, workflowId: `diary-${serial}`, args: [text], memo: { remark: CANARY } });
}

test('nothing personal stands in a history, and all of it is read back', async () => {
  const handle = await start(CANARY);
  expect(await handle.executeUpdate(tell, { args: [CANARY] })).toBe(`${CANARY}!`);
  await expect(handle.executeUpdate(tell, { args: ['fail'] })).rejects.toMatchObject({ cause: { cause: { message: `病人 ${CANARY} ${ID} 不存在` } } });
  await handle.signal(note, 'end');
  expect(await handle.result()).toBe(`${CANARY} end`);
  expect((await handle.describe()).memo).toEqual({ remark: CANARY });
  const { history } = await temporal.client.workflowService.getWorkflowExecutionHistory({
    namespace: 'default',
    execution: { workflowId: handle.workflowId },
  });
  // Bytes stand in base64: look at what they say as well.
  const text = JSON.stringify(history).replace(/"([A-Za-z0-9+/]{8,}={0,2})"/g, (whole, bytes: string) => whole + Buffer.from(bytes, 'base64').toString('utf8'));
  expect(text).toContain('binary/encrypted');
  expect(text).not.toMatch(new RegExp(`${CANARY}|${ID}|json/plain|temporal\\.test`));
});

test('a plain signal or update is refused without blocking the workflow, and both are logged', async () => {
  const handle = await start('x');
  const outsider = plain.workflow.getHandle(handle.workflowId);
  await outsider.signal(note, { forged: CANARY });
  await expect(outsider.executeUpdate(tell, { args: ['forged'] })).rejects.toThrow();
  expect(await handle.executeUpdate(tell, { args: ['true'] })).toBe('true!');
  expect(await handle.query(notes)).toEqual(['x', REFUSED_PAYLOAD, 'true']);
  expect(lines.filter((line) => line.includes('收到未加密的载荷')).length).toBeGreaterThanOrEqual(2);
  await handle.signal(note, 'end');
  await handle.result();
});

test('a worker that lacks a key keeps the workflow waiting, and goes on once it has the key', async () => {
  const before = readFileSync(keyRing.path, 'utf8');
  const other = openKeyRing(keyRing.path);
  other.rotate();
  const after = readFileSync(keyRing.path, 'utf8');
  writeFileSync(keyRing.path, before);
  const converter = createDataConverter(other, 'client', logger);
  const rotated = new Client({ connection: temporal.connection, dataConverter: converter });
  const handle = await rotated.workflow.start(diary, { taskQueue: QUEUE, workflowId: 'diary-rotated', args: ['with the new key'] });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect((await handle.describe()).status.name).toBe('RUNNING');
  writeFileSync(keyRing.path, after);
  await handle.signal(note, 'end');
  expect(await handle.result()).toBe('with the new key end');
});

test('what the SDK logs of a failed activity holds no ID number', () => {
  const failures = lines.filter((line) => line.includes('Activity failed'));
  expect(failures.length).toBeGreaterThan(0);
  expect(lines.join('')).not.toContain(ID);
});

test('namespace and search attributes are made once and kept', async () => {
  const { connection } = temporal;
  const settings = { address: environment.address, namespace: 'second', retentionDays: 100 };
  await ensureNamespace(connection, settings, logger);
  await ensureNamespace(connection, { ...settings, retentionDays: 200 }, logger);
  const described = await connection.workflowService.describeNamespace({ namespace: 'second' });
  expect(Number(described.config?.workflowExecutionRetentionTtl?.seconds)).toBe(200 * 86_400);
  await ensureSearchAttributes(connection, 'default');
  await ensureSearchAttributes(connection, 'default');
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
  expect(customAttributes).toMatchObject({ Process: 2, AmountFen: 3, DueAt: 6, FunctionIds: 7 });
});

test('a server that is not there is told after the patience', async () => {
  const config = { temporal: { address: '127.0.0.1:9', namespace: 'default', retentionDays: 1 } };
  const dataConverter = createDataConverter(keyRing, 'client', logger);
  await expect(connectTemporal({ config, dataConverter, logger, patienceMs: 500 })).rejects.toThrow();
});
