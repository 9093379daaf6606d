import { In, type EntityManager } from 'typeorm';
import { reconciledBy } from '../../domain/clearing/entry';
import { type FundKey, fundOfNo } from '../../domain/clearing/funds';
import { DEFAULT_PARAMETERS } from '../../domain/clearing/parameters';
import { dayOf, periodOf } from '../../domain/clearing/period';
import type { Signers } from '../../domain/documents/data';
import type { Fen } from '../../domain/money';
import {
  OfficeCase, PrepayPool, XrClearingBatch, XrClearingConfirmation, XrClearingItem, XrClearingLine, XrClearingPair, XrClearingParameters, XrSettlement, XrSettlementFund,
} from '../../store/entities';
import { poolBalance } from '../xr-prepayment/pools';
import { namesOf } from './people';
import { type Gazetteer, openGazetteer } from './places';

/** A settlement that a city objected to in a batch, with what one fund owes for it. */
export interface ObjectedPart {
  readonly item: XrClearingItem;
  readonly settlement: Pick<XrSettlement, 'setl_id' | 'businessDate' | 'fixmedins_code' | 'payingCity' | 'receivingCity' | 'insutype'>;
  readonly fund: FundKey;
  readonly fen: Fen;
}

/** All that the documents of a clearing are made from, read at once. */
export interface ClearingSource {
  readonly batch: XrClearingBatch;
  readonly round: number;
  readonly cutOff: string;
  readonly reconciledBy: string;
  readonly netting: boolean;
  readonly lines: readonly XrClearingLine[];
  /** By `pairKey`. */
  readonly pairs: ReadonlyMap<string, XrClearingPair>;
  readonly confirmations: readonly XrClearingConfirmation[];
  readonly objected: readonly ObjectedPart[];
  /** What each city's pool holds, by `city/fund`. */
  readonly prepaid: ReadonlyMap<string, Fen>;
  readonly names: ReadonlyMap<string, string>;
  readonly gazetteer: Gazetteer;
  readonly signers: Signers;
}

/** Reads a batch with everything that its documents show. `at` in epoch ms. */
export async function readClearing(manager: EntityManager, batch: XrClearingBatch, signers: Signers, at: number): Promise<ClearingSource> {
  const where = { batchId: batch.id };
  const window = periodOf(batch.period);
  const version = await manager.findOneBy(XrClearingParameters, { office: batch.office, version: batch.parametersVersion });
  const parameters = version?.content ?? DEFAULT_PARAMETERS;
  const confirmations = await manager.findBy(XrClearingConfirmation, where);
  return {
    batch,
    round: (await manager.findOneBy(OfficeCase, { id: batch.caseId }))?.round ?? 1,
    cutOff: dayOf(window, parameters.cutOffDay),
    reconciledBy: reconciledBy(window, parameters),
    netting: parameters.netting,
    lines: await manager.find(XrClearingLine, { where, order: { payingCity: 'ASC', receivingCity: 'ASC', insutype: 'ASC', fund: 'ASC', kind: 'ASC' } }),
    pairs: new Map((await manager.findBy(XrClearingPair, where)).map((pair) => [pairKey(pair), pair])),
    confirmations,
    objected: await objectedParts(manager, batch.id),
    prepaid: await prepaidOf(manager, batch.office),
    names: await namesOf(manager, confirmations.flatMap(({ byUser }) => byUser ?? [])),
    gazetteer: await openGazetteer(manager, at),
    signers,
  };
}

/** Place of a pair of cities among the pairs of a batch. */
export function pairKey({ payingCity, receivingCity, insutype, kind }: Pick<XrClearingPair, 'payingCity' | 'receivingCity' | 'insutype' | 'kind'>): string {
  return [payingCity, receivingCity, insutype, kind].join('/');
}

const IDS_AT_ONCE = 500;

async function objectedParts(manager: EntityManager, batchId: string): Promise<ObjectedPart[]> {
  const items = await manager.find(XrClearingItem, { where: { batchId }, order: { settlementId: 'ASC' } });
  const found: ObjectedPart[] = [];
  for (let first = 0; first < items.length; first += IDS_AT_ONCE) {
    const part = items.slice(first, first + IDS_AT_ONCE);
    const ids = part.map(({ settlementId }) => settlementId);
    const settlements = new Map((await manager.findBy(XrSettlement, { id: In(ids) })).map((row) => [row.id, row]));
    const funds = await manager.find(XrSettlementFund, { where: { settlementId: In(ids) }, order: { settlementId: 'ASC', fundNo: 'ASC' } });
    for (const { settlementId, fundNo, fen } of funds) {
      const item = part.find((each) => each.settlementId === settlementId);
      const settlement = settlements.get(settlementId);
      if (item && settlement) found.push({ item, settlement, fund: fundOfNo(fundNo), fen });
    }
  }
  return found;
}

async function prepaidOf(manager: EntityManager, province: string): Promise<Map<string, Fen>> {
  const held = new Map<string, Fen>();
  for (const pool of await manager.findBy(PrepayPool, { province })) held.set(`${pool.city}/${pool.fund}`, await poolBalance(manager, pool));
  return held;
}
