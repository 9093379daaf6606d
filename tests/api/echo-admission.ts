import { allHandlersFinished, ApplicationFailure, condition, defineQuery, defineSignal, defineUpdate, proxyActivities, setHandler } from '@temporalio/workflow';
import { ADMISSION_COMMANDS } from '../../domain/admission/types';
import type { CommandEnvelope, CommandResult } from '../../domain/commands';
import type { OpenedStay } from '../../domain/admission/state';

/** What the test gives this workflow: it opens the row of the read model. */
export interface EchoActivities {
  openRow(opened: OpenedStay): Promise<void>;
}

const { openRow } = proxyActivities<EchoActivities>({ startToCloseTimeout: '10s' });

/**
 * A stand-in for the process of a stay, for tests of the API alone: it takes every command, remembers which ones it
 * carried out, and does what the payload tells: `HOLD…` waits for the signal `release`, `REFUSE…` is a refused result,
 * `REJECT…` is refused by the validator, `BREAK…` fails.
 */
export async function admission({ opened }: { readonly opened: OpenedStay }): Promise<{ carriedOut: number }> {
  const carriedOut: string[] = [];
  let released = false;
  let ended = false;

  setHandler(defineQuery<readonly string[]>('carriedOut'), () => carriedOut);
  setHandler(defineSignal('release'), () => {
    released = true;
  });
  for (const name of ADMISSION_COMMANDS) {
    setHandler(
      defineUpdate<CommandResult, [CommandEnvelope]>(name),
      async (envelope): Promise<CommandResult> => {
        const word = wordOf(envelope.payload);
        if (name === 'admit') await openRow(opened);
        if (word.startsWith('HOLD')) await condition(() => released);
        if (word.startsWith('BREAK')) throw ApplicationFailure.nonRetryable('broken on purpose', 'TestBroke');
        carriedOut.push(envelope.commandId);
        if (word.startsWith('REFUSE')) {
          return { status: 'refused', refusal: { code: 'PLATFORM_REFUSED', message: '平台拒绝', platform: { infno: '2304', code: '-2', text: '测试拒绝' } } };
        }
        if (name === 'cancelAdmission') ended = true;
        return { status: 'done', result: { name, payload: envelope.payload, operator: envelope.operator, count: carriedOut.length } };
      },
      {
        validator: (envelope) => {
          if (wordOf(envelope.payload).startsWith('REJECT')) {
            throw ApplicationFailure.nonRetryable('当前不能办理', 'WRONG_STEP', { code: 'WRONG_STEP', message: '当前不能办理' });
          }
        },
      },
    );
  }
  await condition(() => ended && allHandlersFinished());
  return { carriedOut: carriedOut.length };
}

function wordOf(payload: unknown): string {
  const { receiptNo, reason } = payload as { receiptNo?: string; reason?: string };
  return receiptNo ?? reason ?? '';
}
