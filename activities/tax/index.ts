import { Context } from '@temporalio/activity';
import type { TaxSteps } from '../../domain/tax/steps';
import { collectionRules } from '../../schemas/tax/collection-rules';
import type { BatchDeps, BatchKinds } from '../batch/kind';
import { takeArrivals } from './arrivals';
import { endHoldsDue } from './end-holds';
import { exchangeOf } from './exchange';
import { sendFiles } from './send-files';

const HEARTBEAT_MS = 5_000;

/** The activities of the exchange with tax for a worker. They heartbeat by themselves. */
export function createTaxActivities({ store, now, tax }: BatchDeps, kinds: BatchKinds): TaxSteps {
  const beating = async <O>(step: (heartbeat: () => void) => Promise<O>): Promise<O> => {
    const context = Context.current();
    const beat = setInterval(() => context.heartbeat(), HEARTBEAT_MS);
    try {
      return await step(() => context.heartbeat());
    } finally {
      clearInterval(beat);
    }
  };
  return {
    sendTaxFiles: () => beating(async (heartbeat) => ({ sent: await sendFiles({ store, now, tax: exchangeOf(tax) }, heartbeat) })),
    takeTaxFiles: () => beating((heartbeat) => takeArrivals({ store, now, tax: exchangeOf(tax), kinds, rules: collectionRules }, heartbeat)),
    endTaxHolds: () => beating(async () => ({ ended: await endHoldsDue(store, now()) })),
  };
}
