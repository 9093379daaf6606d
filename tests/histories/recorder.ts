import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { openRig, type Rig, type RigOptions } from '../support/admission-rig';
import { historiesOf } from '../support/histories';

/** The keys that the recorded payloads are encrypted with: for these fixtures only, their patients are fictitious. */
export const RECORDED_KEYS = resolve('tests/histories/key-ring.json');
const FOLDER = resolve('tests/histories/recorded');
/** A file larger than this says more than its story needs, bytes. */
const LARGEST_FILE = 300 * 1024;

/** One way through a workflow whose histories are kept, named for what it protects. */
export interface Story {
  readonly name: string;
  readonly rig?: Omit<RigOptions, 'keyRingPath'>;
  /** Plays it and returns the id of the workflow, with the run to begin from where it rolled over. */
  readonly play: (rig: Rig) => Promise<{ readonly workflowId: string; readonly firstRun?: string }>;
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
export async function record(story: Story): Promise<void> {
  const rig = await openRig({ timeoutMs: 700, ...story.rig, keyRingPath: RECORDED_KEYS });
  try {
    const { workflowId, firstRun } = await story.play(rig);
    const runs = await historiesOf(rig, workflowId, firstRun);
    mkdirSync(FOLDER, { recursive: true });
    runs.forEach((run, index) => {
      const file = `${story.name}${runs.length > 1 ? `.${index + 1}` : ''}.json`;
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
