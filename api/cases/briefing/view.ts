import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { amountInWords } from '../../../domain/amount-in-words';
import { formatYuanGrouped, type Fen } from '../../../domain/money';
import type { briefingView } from '../../../schemas/api/briefing';
import { XrClearingBatch } from '../../../store/entities';
import { trailScope } from '../../money-trail/scope';
import type { Call } from '../../route';
import type { FoundCase } from '../find';
import type { Reader } from '../reader';
import { batchAmounts, batchComparison, batchMoved, linesOfBatch } from './batch';
import { dutiesOf } from './duties';
import { moneyOfForm } from './form-money';
import { poolsOf } from './pools';

export type Briefing = z.input<typeof briefingView>;

/**
 * What a signer asks for before he signs (签批参考), for one reader: sums in words, comparison with last month and the same
 * month of last year, what was moved in and out, the pools that are drawn on, and who may not sign what.
 */
export async function briefingOf(manager: EntityManager, call: Pick<Call, 'user' | 'parts'>, found: FoundCase, reader: Reader): Promise<Briefing> {
  const scope = await trailScope(manager, call);
  const duties = await dutiesOf(manager, found, reader);
  const batch = await manager.findOneBy(XrClearingBatch, { caseId: found.row.id });
  if (batch && scope.clearing.offices.includes(batch.office)) {
    const lines = await linesOfBatch(manager, scope, batch.id);
    return {
      amounts: batchAmounts(scope, lines).map(amountOf),
      comparison: await batchComparison(manager, scope, batch, lines),
      moved: await batchMoved(manager, scope, batch),
      pools: await poolsOf(manager, scope, lines.map(({ payingCity, fund, fen }) => ({ city: payingCity, fund, needed: fen }))),
      duties,
    };
  }
  const { amounts, comparison, pools } = await moneyOfForm(manager, scope, found);
  const own = found.row.amountFen === null ? [] : [{ name: '金额', fen: found.row.amountFen }];
  return { amounts: [...own, ...amounts].map(amountOf), comparison, moved: null, pools: await poolsOf(manager, scope, pools), duties };
}

function amountOf({ name, fen }: { readonly name: string; readonly fen: Fen }): Briefing['amounts'][number] {
  return { name, fen, yuan: formatYuanGrouped(fen), words: amountInWords(fen) };
}
