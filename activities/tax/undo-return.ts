import type { EntityManager } from 'typeorm';
import { formatDate } from '../../domain/calendar';
import type { Refusal } from '../../domain/commands';
import { refusal } from '../../domain/refusal';
import type { Levy } from '../../domain/tax/levy';
import { fen } from '../../domain/money';
import { collectionRules } from '../../schemas/tax/collection-rules';
import { integerOf } from '../../store/columns';
import { insertRows } from '../../store/bulk';
import { JournalEntry, type Batch } from '../../store/entities';
import type { Chunk } from '../batch/kind';
import { contraEntry } from '../ledger';
import { holdLevies, listOf, paymentsOf, receiptsOf } from './levies';
import { assignment } from './posting';
import { followUnits } from './units';

interface FrozenFile {
  readonly fileId: number;
}

/** Refuses to undo a file on which later ones build: a payment that was voided, refunded, dated or taken off its levy since. */
export async function checkUndoReturn(manager: EntityManager, batch: Batch): Promise<Refusal | null> {
  const { fileId } = batch.frozen as FrozenFile;
  const [later]: { n: unknown }[] = await manager.query(
    "SELECT COUNT(*) AS n FROM tax_payment l JOIN tax_payment p ON p.file_id = ? AND p.kind = '01' AND " +
      "((l.orig_taxrpt_no = p.taxrpt_no AND l.orig_taxrpt_row = p.taxrpt_row) OR (l.kind = '0D' AND l.taxrpt_no = p.taxrpt_no AND l.taxrpt_row = p.taxrpt_row)) " +
      'AND l.levy_id = p.levy_id WHERE l.file_id <> ?',
    [fileId, fileId],
  );
  const [moved]: { n: unknown }[] = await manager.query('SELECT COUNT(*) AS n FROM tax_aside WHERE file_id = ? AND moved_by IS NOT NULL', [fileId]);
  const [passed]: { n: unknown }[] = await manager.query('SELECT COUNT(*) AS n FROM tax_payment WHERE origin_file = ?', [fileId]);
  const used = integerOf(later?.n ?? 0) + integerOf(moved?.n ?? 0) + integerOf(passed?.n ?? 0);
  return used === 0 ? null : refusal('LEVY_IN_USE', `其中 ${used} 行已有后续文件（作废、退库、入库或税务终结），请先撤销后续文件。`);
}

/** Takes a chunk of a payment file back: entries are mirrored, payments taken off, levies brought to where they would be without them. */
export async function undoReturn(manager: EntityManager, batch: Batch, chunk: Chunk): Promise<void> {
  const { fileId } = batch.frozen as FrozenFile;
  const now = Date.now();
  const mine = `file_id = ${listOf([fileId])} AND chunk_no = ${listOf([chunk.no])}`;
  const payments = await paymentsOf(manager, mine);
  const entries: { id: unknown }[] = await manager.query(`SELECT DISTINCT entry_id AS id FROM tax_payment WHERE ${mine} AND entry_id IS NOT NULL UNION SELECT DISTINCT entry_id AS id FROM tax_aside WHERE ${mine} AND entry_id IS NOT NULL`);
  for (const { id } of entries) {
    const { entryKey } = await manager.findOneByOrFail(JournalEntry, { id: integerOf(id) });
    await contraEntry(manager, { key: `${entryKey}/undo`, of: entryKey, memo: '回盘重处理', businessDate: formatDate(now) });
  }
  const before = await holdLevies(manager, [...payments.keys()]);
  await manager.query(`DELETE FROM tax_payment WHERE ${mine}`);
  await manager.query(`DELETE FROM tax_aside WHERE ${mine}`);
  await holdAgain(manager, batch, payments, before, now);
  const alike = new Map<string, { set: string; values: readonly unknown[]; ids: number[] }>();
  for (const { record, levy, payments: all } of before.values()) {
    const kept = all.filter((each) => !(each.fileId === fileId && each.chunkNo === chunk.no));
    const receipts = receiptsOf(kept);
    const after: Levy = { ...levy, receipts, posted: [], exchange: exchangeWithout(levy, receipts.length > 0) };
    const { set, values } = assignment(after);
    const key = JSON.stringify([set, values]);
    const group = alike.get(key) ?? { set, values, ids: [] };
    group.ids.push(record.id);
    alike.set(key, group);
  }
  for (const { set, values, ids } of alike.values()) await manager.query(`UPDATE levy SET ${set} WHERE id IN (${listOf(ids)})`, [...values]);
  await followUnits(manager, [...before.values()].flatMap(({ record }) => (record.payerKind === '1' ? [record.id] : [])));
}

/** A payment proves that tax has the levy; without it that is open again. */
function exchangeWithout(levy: Levy, paid: boolean): Levy['exchange'] {
  if (paid || levy.exchange !== '40') return levy.exchange;
  return levy.accepted ? '40' : '30';
}

/** Rows of other files that were posted because of this one wait again. */
async function holdAgain(manager: EntityManager, batch: Batch, payments: Awaited<ReturnType<typeof paymentsOf>>, levies: Awaited<ReturnType<typeof holdLevies>>, now: number): Promise<void> {
  const columns = ['division', 'sort', 'code', 'levy_no', 'levy_id', 'insutype', 'part', 'taxrpt_no', 'taxrpt_row', 'kind', 'paid_fen', 'facts', 'file_id', 'chunk_no', 'row_no', 'until', 'created_at'];
  const rows = [...payments].flatMap(([levyId, list]) => list.flatMap(({ facts, originFile, rowNo }) => {
    const record = levies.get(levyId)?.record;
    if (originFile === null || !record) return [];
    return [[
      batch.division, 'held', 'TAX_ORIGINAL_UNKNOWN', record.levyNo, levyId, record.insutype, record.part, facts.taxrpt_no, facts.taxrpt_row, facts.kind, fen(facts.paid), JSON.stringify(facts),
      originFile, 0, rowNo, now + collectionRules.holdHours * 3_600_000, now,
    ]];
  }));
  await insertRows(manager, 'tax_aside', columns, rows);
}
