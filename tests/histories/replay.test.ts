import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker } from '@temporalio/worker';
import { createDataConverter } from '../../runtime/data-converter';
import { openKeyRing } from '../../runtime/keys';
import { createLogger } from '../../runtime/logger';
import { admissionStories } from './admission-stories';
import { batchStories } from './batch-stories';
import { officeStories } from './office-stories';
import { prepaymentStories } from './prepayment-stories';
import { reconcileStories } from './reconcile-stories';
import { readRecorded, record, RECORDED_KEYS, type Recorded } from './recorder';

/**
 * Recorded histories, replayed by the workflow code as it is now: a change that running stays could not follow fails
 * here. See README.md for how to record them anew.
 */
const stories = [...admissionStories, ...reconcileStories, ...officeStories, ...prepaymentStories, ...batchStories];

beforeAll(async () => {
  if (process.env['ANJIE_RECORD_HISTORIES'] !== '1') return;
  const only = process.env['ANJIE_RECORD_STORIES'];
  for (const story of stories.filter(({ name }) => only === undefined || name.startsWith(only))) await record(story);
}, 600_000);

test('each recorded history can be followed by the code as it is', async () => {
  const broken: string[] = [];
  for (const each of readRecorded()) {
    await replay(each).catch((error: unknown) => broken.push(`${each.file}: ${String(error)}`));
  }
  expect(broken).toEqual([]);
}, 120_000);

test('every story of this folder has its histories', () => {
  const files = readRecorded().map((each) => each.file.replace(/(\.\d+)?\.json$/, ''));
  expect(stories.map((story) => story.name).filter((name) => !files.includes(name))).toEqual([]);
});

test('every workflow type has a recorded history', () => {
  const exported = readFileSync(resolve('workflows/index.ts'), 'utf8').matchAll(/export \{([^}]+)\}/g);
  const types = [...exported].flatMap(([, names = '']) => names.split(',').map((name) => name.trim()).filter((name) => name !== ''));
  expect(types).toContain('admission');
  const covered = new Set(readRecorded().map((each) => each.workflowType));
  expect(types.filter((type) => !covered.has(type))).toEqual([]);
});

test('a history that the code cannot follow is noticed', async () => {
  const [sample] = readRecorded().filter((each) => each.file === 'admission-held-amounts.json');
  const changed = JSON.parse(JSON.stringify(sample).replace('"name":"acceptAmounts"', '"name":"withdrawList"')) as Recorded;
  expect(changed).not.toEqual(sample);
  await expect(replay(changed)).rejects.toThrow(DeterminismViolationError);
}, 60_000);

async function replay({ history, workflowId }: Recorded): Promise<void> {
  const dataConverter = createDataConverter(openKeyRing(RECORDED_KEYS), 'worker', createLogger('test', 'silent'));
  const workflowBundle = { codePath: process.env['ANJIE_WORKFLOW_BUNDLE'] ?? resolve('dist/workflow-bundle.js') };
  await Worker.runReplayHistory({ workflowBundle, dataConverter }, history, workflowId);
}
