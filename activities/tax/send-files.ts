import { fen } from '../../domain/money';
import { noTotals, type Totals } from '../../domain/files/control';
import { fileNameOf } from '../../domain/files/file-name';
import type { FilePlan } from '../../domain/files/plan-file';
import { readyText } from '../../domain/files/ready-file';
import { headerOf, writeFile, type FileHead } from '../../domain/files/write-file';
import type { AnyRow } from '../../schemas/tax/fields';
import { integerOf } from '../../store/columns';
import { Batch, BatchChunk, TaxFile } from '../../store/entities';
import type { Store } from '../../store/open-store';
import { writeWithReady } from '../files/write-aside';
import type { TaxExchange } from './exchange';
import { levyRows } from './levy-rows';
import type { FrozenSend } from './send';

export interface SendDeps {
  readonly store: Store;
  readonly tax: TaxExchange;
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * Sends every file that is ready, in the order of their serials. Levies are marked first, so that no answer finds them unsent; the file is
 * written aside and appears whole with its `.ok`. Killed anywhere, it is done again and comes out byte for byte the same.
 */
export async function sendFiles(deps: SendDeps, heartbeat: () => void): Promise<readonly string[]> {
  const ready = await deps.store.read((manager) => manager.find(TaxFile, { where: [{ direction: 'out', state: 'ready' }, { direction: 'out', state: 'sending' }], order: { id: 'ASC' } }));
  const sent: string[] = [];
  for (const file of ready) {
    await markSent(deps, file, heartbeat);
    const { name, bytes, sm3 } = await writeLevies(deps, file, heartbeat);
    await deps.store.write((manager) => manager.update(TaxFile, { id: file.id, state: 'sending' }, { state: 'sent', name, bytes, sm3, sentAt: deps.now() }));
    sent.push(name);
  }
  return sent;
}

async function chunksOf({ store }: SendDeps, { batchId }: TaxFile): Promise<readonly BatchChunk[]> {
  return store.read((manager) => manager.find(BatchChunk, { where: { batchId: batchId ?? '' }, order: { chunkNo: 'ASC' } }));
}

/** Brings the levies of a file to 已报盘, chunk by chunk; a file that was made anew leaves with the same levies. */
async function markSent(deps: SendDeps, file: TaxFile, heartbeat: () => void): Promise<void> {
  await deps.store.write((manager) => manager.update(TaxFile, { id: file.id, state: 'ready' }, { state: 'sending' }));
  for (const { fromKey, throughKey } of await chunksOf(deps, file)) {
    heartbeat();
    await deps.store.write((manager) =>
      manager.query('UPDATE levy SET exchange = 30, sent_file = ? WHERE id BETWEEN ? AND ? AND send_batch = ? AND exchange = 20', [file.id, Number(fromKey), Number(throughKey), file.batchId]),
    );
  }
}

/** Writes the file of a batch. Its rows are those that left with it, whatever became of them since. */
async function writeLevies(deps: SendDeps, file: TaxFile, heartbeat: () => void): Promise<{ readonly name: string; readonly bytes: number; readonly sm3: string }> {
  const { store, tax } = deps;
  const { format } = tax;
  const batch = await store.read((manager) => manager.findOneByOrFail(Batch, { id: file.batchId ?? '' }));
  const { edition } = batch.frozen as FrozenSend;
  const chunks = await chunksOf(deps, file);
  const rows = async function* (): AsyncGenerator<AnyRow> {
    for (const { fromKey, throughKey } of chunks) {
      heartbeat();
      const some = await store.read((manager) => levyRows(manager, 'l.id BETWEEN ? AND ? AND l.send_batch = ? AND l.sent_file = ?', [Number(fromKey), Number(throughKey), batch.id, file.id], edition, 'A'));
      for (const { row } of some) yield row as unknown as AnyRow;
    }
  };
  const item = file.item as 'ZJ' | 'TS';
  const plan: FilePlan = { item, totals: await totalsOf(deps, file), rejects: [], kept: new Set() };
  const head: FileHead = {
    line: file.line, poolarea_no: file.poolarea_no, admdvs: file.division, taxdept_code: file.taxdept_code, period: file.period, batch_no: file.batch_no, file_sn: file.file_sn, ref_file: '',
    made_at: file.madeAt,
  };
  const header = headerOf(head, plan, format);
  const written = writeFile(format, header, plan, rows());
  const beside = (): object => (format.control === 'beside' ? { header, trailer: written.trailer() } : {});
  const name = fileNameOf(header, format);
  const stands = await writeWithReady(tax.outbox, name, written.chunks, ({ bytes, sm3 }) => readyText({ bytes, rows: plan.totals.rows, amount: plan.totals.amt_sum, sm3, ...beside() }, format));
  return { ...stands, name };
}

/** Totals of the levies that leave with a file; only what is paid is counted. */
async function totalsOf({ store }: SendDeps, file: TaxFile): Promise<Totals> {
  const [row]: { n: unknown; payable: unknown; amount: unknown }[] = await store.read((manager) =>
    manager.query(
      'SELECT COUNT(*) AS n, SUM(CASE WHEN row_level = 1 AND amt_fen > 0 THEN 1 ELSE 0 END) AS payable, SUM(CASE WHEN row_level = 1 THEN amt_fen ELSE 0 END) AS amount FROM levy WHERE send_batch = ? AND sent_file = ?',
      [file.batchId, file.id],
    ),
  );
  const amount = fen(integerOf(row?.amount ?? 0));
  return { ...noTotals(), rows: integerOf(row?.n ?? 0), amt_sum: amount, pos_rows: integerOf(row?.payable ?? 0), pos_sum: amount };
}
