import { In, type EntityManager } from 'typeorm';
import { addMonths, periodOf, periodText } from '../../../domain/clearing/period';
import { add, type Fen, subtract, ZERO } from '../../../domain/money';
import { XrClearingItem, XrClearingLine, XrClearingOffice, XrSettlement, XrSettlementCorrection, XrSettlementFund, type XrClearingBatch } from '../../../store/entities';
import { type NamedSettlements, settlementsNamed } from './objections';

/** What an objection would move out of a batch, and what the side of the city would come to without it. */
export interface ObjectionPreview {
  readonly items: readonly ObjectedItem[];
  /** Numbers that do not stand in the batch on that side of the city. */
  readonly missing: readonly string[];
  /** yyyy-MM that they enter then. */
  readonly movedTo: string;
  readonly movedFen: Fen;
  readonly beforeFen: Fen;
  readonly afterFen: Fen;
}

export interface ObjectedItem {
  readonly setl_id: string;
  readonly otherCity: string;
  readonly institution: string;
  readonly setl_time: string;
  /** Paid by the funds. */
  readonly fen: Fen;
  /** `named` now, `before` by this city already, `correction` of one of those: it goes with it. */
  readonly why: 'named' | 'before' | 'correction';
}

const AT_ONCE = 500;

/** What would become of a batch if a city objected to these settlements, and to those that it named before. Changes nothing. */
export async function previewObjections(manager: EntityManager, batch: XrClearingBatch, named: NamedSettlements): Promise<ObjectionPreview> {
  const { city, side, setlIds } = named;
  const own = await settlementsNamed(manager, batch, named);
  const before = (await manager.findBy(XrClearingItem, { batchId: batch.id, city, side, state: 'objected' })).map(({ settlementId }) => settlementId);
  const first = [...new Set([...own.map(({ id }) => id), ...before])];
  const corrections = (await inParts(first, (ids) => manager.findBy(XrSettlementCorrection, { originalId: In(ids) }))).map(({ correctionId }) => correctionId);
  const ids = [...new Set([...first, ...corrections])];
  const window = periodOf(batch.period);
  const rows = (await inParts(ids, (some) => manager.findBy(XrSettlement, { id: In(some) }))).filter((row) => row.enteredWindow === window && row.office === batch.office);
  const amounts = new Map<number, Fen>();
  const funds = await inParts(rows.map(({ id }) => id), (some) => manager.findBy(XrSettlementFund, { settlementId: In(some) }));
  for (const { settlementId, fen } of funds) amounts.set(settlementId, add(amounts.get(settlementId) ?? ZERO, fen));
  const lines = await manager.findBy(XrClearingLine, { batchId: batch.id, ...(side === 'payable' ? { payingCity: city } : { receivingCity: city }) });
  const beforeFen = add(ZERO, ...lines.map(({ fen }) => fen));
  const movedFen = add(ZERO, ...amounts.values());
  const open = (await manager.findOneBy(XrClearingOffice, { office: batch.office }))?.firstOpenWindow ?? 0;
  return {
    items: rows.map((row) => ({
      setl_id: row.setl_id,
      otherCity: side === 'payable' ? row.receivingCity : row.payingCity,
      institution: row.fixmedins_code,
      setl_time: row.setl_time,
      fen: amounts.get(row.id) ?? ZERO,
      why: own.some(({ id }) => id === row.id) ? 'named' : before.includes(row.id) ? 'before' : 'correction',
    })),
    missing: setlIds.filter((setlId) => !own.some(({ setl_id }) => setl_id === setlId)),
    movedTo: periodText(Math.max(open, addMonths(window, 1))),
    movedFen,
    beforeFen,
    afterFen: subtract(beforeFen, movedFen),
  };
}

async function inParts<R>(ids: readonly number[], read: (ids: number[]) => Promise<R[]>): Promise<R[]> {
  const rows: R[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) rows.push(...(await read(ids.slice(from, from + AT_ONCE))));
  return rows;
}
