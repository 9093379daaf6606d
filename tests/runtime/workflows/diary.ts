import { allHandlersFinished, ApplicationFailure, condition, defineQuery, defineSignal, defineUpdate, proxyActivities, setHandler } from '@temporalio/workflow';

const { recall } = proxyActivities<{ recall(text: string): Promise<string> }>({ startToCloseTimeout: '10s', retry: { maximumAttempts: 1 } });

export const note = defineSignal<[unknown]>('note');
export const tell = defineUpdate<string, [unknown]>('tell');
export const notes = defineQuery<unknown[]>('notes');

/** Keeps what it is told; the word `end` closes it and `fail` makes an activity fail. */
export async function diary(first: string): Promise<string> {
  const kept: unknown[] = [first];
  setHandler(notes, () => kept);
  setHandler(note, (value) => void kept.push(value));
  setHandler(tell, async (value) => keep(kept, value), {
    validator: (value) => {
      if (typeof value !== 'string') throw ApplicationFailure.create({ type: 'BadShape', message: 'not a text' });
    },
  });
  await condition(() => kept.includes('end') && allHandlersFinished());
  return `${first} end`;
}

async function keep(kept: unknown[], value: unknown): Promise<string> {
  kept.push(value);
  return value === 'end' ? 'ended' : recall(String(value));
}
