import { OFFICE_QUEUE } from '../../activities/office-case/start';
import type { OfficeStory } from './recorder';

/** The daily watch over prepayment, payments and issues. */
export const prepaymentStories: readonly OfficeStory[] = [
  {
    name: 'prepayment-watch',
    office: { people: [] },
    play: async ({ client }) => {
      const workflowId = 'prepayment-watch';
      await client.workflow.execute('watchPrepayment', { workflowId, taskQueue: OFFICE_QUEUE, args: [] });
      return { workflowId };
    },
  },
];
