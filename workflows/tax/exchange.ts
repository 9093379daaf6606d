import { CancellationScope, condition, proxyActivities } from '@temporalio/workflow';
import type { TaxSteps } from '../../domain/tax/steps';
import { isIdle, openCommandDesk } from '../kit/commands';

/** Steps are tried again until they are done: a full disk or a database that is away only takes time. */
const { sendTaxFiles, takeTaxFiles, endTaxHolds } = proxyActivities<TaxSteps>({
  startToCloseTimeout: '2h',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
});

/** What one run did. */
export interface TaxExchangeEnd {
  readonly sent: number;
  readonly registered: number;
  readonly repeated: number;
}

/**
 * One look at the exchange with tax (医税交换): sends what is ready, takes what came. A Schedule starts it every ten minutes, one run after
 * a time when everything was down; `proceed` starts it at once, or makes a run that is under way look once more.
 */
export async function taxExchange(): Promise<TaxExchangeEnd> {
  return CancellationScope.nonCancellable(run);
}

async function run(): Promise<TaxExchangeEnd> {
  let asked = 0;
  const desk = openCommandDesk<'proceed'>({
    names: ['proceed'],
    remembered: [],
    outOfTurn: ['proceed'],
    checkPayload: () => null,
    check: () => null,
    handle: async () => {
      asked += 1;
      return { status: 'done', result: {} };
    },
    recordRefusedSignal: async () => undefined,
  });
  let end: TaxExchangeEnd = { sent: 0, registered: 0, repeated: 0 };
  for (;;) {
    const seen = asked;
    const { sent } = await sendTaxFiles.executeWithOptions({ summary: '发送征集文件' }, []);
    const { registered, repeated } = await takeTaxFiles.executeWithOptions({ summary: '接收税务文件' }, []);
    await endTaxHolds.executeWithOptions({ summary: '结束等候' }, []);
    end = { sent: end.sent + sent.length, registered: end.registered + registered, repeated: end.repeated + repeated };
    await condition(() => isIdle(desk) || asked !== seen);
    if (asked === seen) return end;
  }
}
