import type { EntityManager } from 'typeorm';
import type { BatchRejection, ChunkOutcome } from '../../domain/batch/types';
import { levyIdOf } from '../../domain/contribution/levy-no';
import { outcomeOf, type OutcomeCode } from '../../domain/outcomes';
import type { ReadRow } from '../../domain/files/read-rows';
import { tellLevy } from '../../domain/tax/apply-levy';
import type { LevyFact } from '../../domain/tax/levy-events';
import type { ReceiptRow } from '../../schemas/tax/fields';
import { insertRows, type Cell } from '../../store/bulk';
import { TaxFile, type Batch } from '../../store/entities';
import type { BatchKind, Chunk } from '../batch/kind';
import { exchangeOf } from './exchange';
import { holdLevies, type Standing } from './levies';
import { ChunkPosting } from './posting';
import { checkFile, freezeFile, rowsOf, type FrozenFile } from './return';

export const TAX_RECEIPT = 'tax-receipt';
type Row = ReadRow<ReceiptRow>;
const COLUMNS = ['levy_id', 'file_id', 'row_no', 'result', 'code', 'dcla_no', 'taxrpt_no', 'at'];

/**
 * Tax's answers (回执), a row a levy: accepted, or refused with the reason. Refused rows are the rejects of
 * the batch, with tax's words. What tax said once cannot be undone here.
 */
export const taxReceipt: BatchKind<readonly Row[]> = {
  zh: '税务回执处理',
  startRoles: ['maker'],
  confirmedBy: null,
  parallel: 2,
  check: (manager, batch) => checkFile(manager, batch, TAX_RECEIPT, ['HZ']),
  freeze: (deps, batch) => freezeFile(deps, batch),
  read: ({ tax }, batch, chunk) => rowsOf(exchangeOf(tax).format, batch, chunk) as Promise<readonly Row[]>,
  work: takeAnswers,
  // Such a batch takes effect chunk by chunk; cancelled half-way it is begun again by the same file, and an answer twice changes nothing.
  discard: async () => undefined,
};

async function takeAnswers(manager: EntityManager, batch: Batch, chunk: Chunk, rows: readonly Row[]): Promise<ChunkOutcome> {
  const { fileId, name } = batch.frozen as FrozenFile;
  const file = await manager.findOneByOrFail(TaxFile, { id: fileId });
  const answers = rows.flatMap((each) => ('row' in each ? [{ record: each.record, row: each.row }] : []));
  const standings = await holdLevies(manager, answers.flatMap(({ row }) => levyIdOf(row.levy_no) ?? []));
  const posting = new ChunkPosting({ division: batch.division, fileId, fileName: name, batchId: batch.id, chunkNo: chunk.no, now: Date.now() }, standings);
  const rejects: BatchRejection[] = rows.flatMap((each) => ('problem' in each ? [reject(each.record, '', 'ROW_FIELD_INVALID', each.problem.message)] : []));
  const kept = new Map<number, readonly Cell[]>();
  for (const { record, row } of answers) {
    const id = levyIdOf(row.levy_no);
    const standing = posting.standing(id);
    if (id === null || !standing || !answersIt(standing, row, file)) {
      rejects.push(reject(record, row.levy_no, 'LEVY_NOT_FOUND', '不在所答复的文件中'));
      continue;
    }
    const fact = factOf(row);
    const levy = posting.levy(id);
    if (fact === null || levy === null) {
      rejects.push(reject(record, row.levy_no, 'ROW_FIELD_INVALID', `结果 ${row.result}`));
      continue;
    }
    const { levy: next, notes } = tellLevy(levy, fact);
    posting.take(id, next, notes, null, record);
    kept.set(id, [id, fileId, record, row.result, row.code, row.dcla_no, row.taxrpt_no, row.at]);
    if (row.result === '2') rejects.push(reject(record, row.levy_no, 'TAX_REFUSED', `${row.code} ${row.text}`.trim()));
  }
  await posting.write(manager);
  await insertAnswers(manager, fileId, kept);
  const { rejects: more } = posting.outcome();
  const all = [...rejects, ...more];
  return { done: rows.length - new Set(all.map(({ rowNo }) => rowNo)).size, rejects: all, sums: {} };
}

/** Whether a file answers for a levy: it must have left in the file that is answered. */
function answersIt({ record }: Standing, row: ReceiptRow, file: TaxFile): boolean {
  return record.levyNo === row.levy_no && file.refFileId !== null && file.refFileId === record.sentFile;
}

function factOf({ result, dcla_no, code }: ReceiptRow): LevyFact | null {
  return result === '1' || result === '2' ? { type: 'receipt', result, dcla_no, reason: code } : null;
}

/** An answer that stands already, as after a cancelled run, is left as it is. */
async function insertAnswers(manager: EntityManager, fileId: number, kept: ReadonlyMap<number, readonly Cell[]>): Promise<void> {
  const ids = [...kept.keys()];
  if (ids.length === 0) return;
  const standing: { levy_id: unknown }[] = await manager.query(`SELECT levy_id FROM tax_answer WHERE file_id = ? AND levy_id IN (${ids.join(',')})`, [fileId]);
  const known = new Set(standing.map(({ levy_id }) => Number(levy_id)));
  await insertRows(manager, 'tax_answer', COLUMNS, [...kept].flatMap(([id, cells]) => (known.has(id) ? [] : [cells])));
}

function reject(rowNo: number, levyNo: string, code: OutcomeCode, detail: string): BatchRejection {
  return { rowNo, subject: levyNo, code, text: `${outcomeOf(code).title}${detail === '' ? '' : `：${detail}`}` };
}
