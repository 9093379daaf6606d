import { type EntityManager, In, IsNull } from 'typeorm';
import { checkBatch, type FeeLine as FeeInput, type KeptLine, type NumberedLine } from '../domain/fee-lines';
import { FeeLine, FeeUpload } from '../store/entities';
import { listed, rowsProblem } from './fee-rows';

/** Rows of one INSERT, and values of one IN list. */
const CHUNK = 400;

export interface UploadOrder {
  readonly uploadId: string;
  readonly admissionId: string;
  readonly source: 'json' | 'csv';
  readonly lines: readonly NumberedLine[];
}

/**
 * Stores an upload and its lines, in the transaction of the command that will send them. A line that was refused or
 * withdrawn before gives way to its corrected version. Throws Problem FEE_ROWS_INVALID when the batch does not agree with
 * the lines already kept.
 */
export async function storeUpload(manager: EntityManager, order: UploadOrder): Promise<void> {
  const related = await findRelated(manager, order);
  const kept = related.filter((line) => line.state === 'pending' || line.state === 'uploaded');
  const faults = checkBatch(order.lines, kept.map(keptLine));
  if (faults.length > 0) throw rowsProblem(faults.map(listed));

  const serials = new Set(order.lines.map(({ line }) => line.feedetl_sn));
  const replaced = related.filter((line) => !kept.includes(line) && serials.has(line.feedetl_sn)).map((line) => line.id);
  for (const ids of chunks(replaced)) await manager.delete(FeeLine, { id: In(ids) });

  await manager.insert(FeeUpload, {
    id: order.uploadId,
    admissionId: order.admissionId,
    source: order.source,
    lineCount: order.lines.length,
    state: 'received',
    createdAt: Date.now(),
  });
  const rows = order.lines.map(({ line }, seq) => rowOf(order, line, seq));
  for (const part of chunks(rows)) {
    await manager.createQueryBuilder().insert().into(FeeLine).values(part).updateEntity(false).execute();
  }
}

/** Takes back the lines of a refused upload that never left this side, so that the corrected batch can come anew. */
export async function discardRefusedUpload(manager: EntityManager, payload: object): Promise<void> {
  const { uploadId } = payload as { uploadId: string };
  await manager.delete(FeeLine, { uploadId, state: 'pending', msgid: IsNull() });
  const left = await manager.countBy(FeeLine, { uploadId });
  if (left === 0) await manager.delete(FeeUpload, { id: uploadId });
  else await manager.update(FeeUpload, { id: uploadId }, { state: 'done' });
}

/** Lines of the stay that share a serial number with the batch, or are returned by it, or return the same originals. */
async function findRelated(manager: EntityManager, { admissionId, lines }: UploadOrder): Promise<FeeLine[]> {
  const originals = new Set(lines.flatMap(({ line }) => line.init_feedetl_sn ?? []));
  const serials = [...new Set([...lines.map(({ line }) => line.feedetl_sn), ...originals])];
  const found = new Map<number, FeeLine>();
  for (const part of chunks(serials)) {
    for (const line of await manager.findBy(FeeLine, { admissionId, feedetl_sn: In(part) })) found.set(line.id, line);
  }
  for (const part of chunks([...originals])) {
    for (const line of await manager.findBy(FeeLine, { admissionId, init_feedetl_sn: In(part) })) found.set(line.id, line);
  }
  return [...found.values()];
}

function keptLine(line: FeeLine): KeptLine {
  const { feedetl_sn, init_feedetl_sn, med_list_codg, medins_list_codg, cnt, pric } = line;
  return { feedetl_sn, med_list_codg, medins_list_codg, cnt, pric, ...(init_feedetl_sn === null ? {} : { init_feedetl_sn }) };
}

function rowOf(order: UploadOrder, line: FeeInput, seq: number): Omit<FeeLine, 'id'> {
  const {
    feedetl_sn, init_feedetl_sn, fee_ocur_time, med_list_codg, medins_list_codg, medins_list_name, cnt, pric,
    det_item_fee_sumamt, ...detail
  } = line;
  return {
    admissionId: order.admissionId, uploadId: order.uploadId, seq,
    feedetl_sn, init_feedetl_sn: init_feedetl_sn ?? null, fee_ocur_time, med_list_codg, medins_list_codg,
    medins_list_name: medins_list_name ?? medins_list_codg, cnt, pric, det_item_fee_sumamt, detail, state: 'pending',
    refusalCode: null, refusalText: null, pric_uplmt_amt: null, selfpay_prop: null, fulamt_ownpay_amt: null,
    overlmt_amt: null, preselfpay_amt: null, inscp_scp_amt: null, chrgitm_lv: null, med_chrgitm_type: null,
    settlementId: null, msgid: null,
  };
}

function chunks<T>(items: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < items.length; from += CHUNK) parts.push(items.slice(from, from + CHUNK));
  return parts;
}
