import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { openRig, type Rig, type RigOptions } from '../support/admission-rig';
import { openBatchRig, type BatchRig, type BatchRigOptions } from '../support/batch-rig';
import { openOfficeRig, type OfficeRig, type OfficeRigOptions } from '../support/office-rig';
import { historiesOf } from '../support/histories';

/** The keys that the recorded payloads are encrypted with: for these fixtures only, their patients are fictitious. */
export const RECORDED_KEYS = resolve('tests/histories/key-ring.json');
const FOLDER = resolve('tests/histories/recorded');
/** A file larger than this says more than its story needs, bytes. */
const LARGEST_FILE = 300 * 1024;

/** The workflow of a story, with the run to begin from where it rolled over. */
interface Played {
  readonly workflowId: string;
  readonly firstRun?: string;
}

/** One way through a workflow whose histories are kept, named for what it protects. */
export interface Story {
  readonly name: string;
  readonly rig?: Omit<RigOptions, 'keyRingPath'>;
  readonly play: (rig: Rig) => Promise<Played>;
}

/** The same of an office case. */
export interface OfficeStory {
  readonly name: string;
  readonly office: Omit<OfficeRigOptions, 'keyRingPath'>;
  readonly play: (rig: OfficeRig) => Promise<Played>;
}

/** The same of a batch. */
export interface BatchStory {
  readonly name: string;
  readonly batch: Omit<BatchRigOptions, 'keyRingPath'>;
  readonly play: (rig: BatchRig) => Promise<Played>;
}

/** A recorded history as it is kept: one file a run. */
export interface Recorded {
  readonly file: string;
  readonly workflowId: string;
  readonly workflowType: string;
  readonly history: object;
}

interface StoredEvent {
  readonly workflowExecutionStartedEventAttributes?: { readonly workflowType?: { readonly name?: string } };
}

/** Plays a story on real parts and keeps the history of each of its runs. Throws Error when a file grows too large. */
export async function record(story: Story | OfficeStory | BatchStory): Promise<void> {
  if ('office' in story) return keep(story.name, await openOfficeRig({ ...story.office, keyRingPath: RECORDED_KEYS }), story.play);
  if ('batch' in story) return keep(story.name, await openBatchRig({ ...story.batch, keyRingPath: RECORDED_KEYS }), story.play);
  return keep(story.name, await openRig({ timeoutMs: 700, ...story.rig, keyRingPath: RECORDED_KEYS }), story.play);
}

async function keep<R extends Pick<Rig, 'client' | 'close'>>(name: string, rig: R, play: (rig: R) => Promise<Played>): Promise<void> {
  try {
    const { workflowId, firstRun } = await play(rig);
    const runs = await historiesOf(rig, workflowId, firstRun);
    mkdirSync(FOLDER, { recursive: true });
    runs.forEach((run, index) => {
      const file = `${name}${runs.length > 1 ? `.${index + 1}` : ''}.json`;
      const text = JSON.stringify({ workflowId, history: JSON.parse(historyToJSON(run)) as object });
      if (text.length > LARGEST_FILE) throw new Error(`${file} would have ${text.length} bytes`);
      writeFileSync(resolve(FOLDER, file), `${text}\n`);
    });
  } finally {
    await rig.close();
  }
}

/** All histories that are kept. */
export function readRecorded(): Recorded[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const { workflowId, history } = JSON.parse(readFileSync(resolve(FOLDER, file), 'utf8')) as { workflowId: string; history: { events: StoredEvent[] } };
      const workflowType = history.events[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name ?? '';
      return { file, workflowId, workflowType, history };
    });
}
