import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { readFile, writeFile as writeBytes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workChunk } from '../../activities/batch/chunk';
import { closePhase } from '../../activities/batch/close';
import type { BatchDeps } from '../../activities/batch/kind';
import { look } from '../../activities/batch/look';
import { openBatch } from '../../activities/batch/open';
import { move } from '../../activities/batch/orders';
import { BATCH_KINDS, kindOf } from '../../activities/batch/registry';
import { sumsOf } from '../../activities/batch/sums';
import { readChunks } from '../../activities/files/read-chunks';
import { takeArrivals, type TakenFiles } from '../../activities/tax/arrivals';
import { openTaxExchange, type TaxExchange } from '../../activities/tax/exchange';
import { sendFiles } from '../../activities/tax/send-files';
import type { FileHead } from '../../domain/files/write-file';
import { readRows } from '../../domain/files/read-rows';
import { readyText } from '../../domain/files/ready-file';
import { isRefusal } from '../../domain/refusal';
import type { ArrivalRules } from '../../domain/tax/exchange';
import type { LevyRow, PaymentRow, ReceiptRow } from '../../schemas/tax/fields';
import type { ItemCode } from '../../schemas/tax/items';
import { Batch, Division, JournalEntry, JournalLine, Levy, TaxAside, TaxFile, TaxPayment } from '../../store/entities';
import type { Store } from '../../store/open-store';
import { addPersons, addUnits, COUNTY } from '../contribution/register';
import { makeFile, paymentRow } from '../files/support';
import { addPeople } from '../support/office-people';
import { createHash } from 'node:crypto';

export const NOW = Date.parse('2026-11-20T09:00:00+08:00');

/** Levies, files and batches on a real store and real folders, step by step. */
export class TaxRig {
  readonly deps: BatchDeps;
  private serial = 0;

  private constructor(readonly store: Store, readonly tax: TaxExchange, private readonly root: string) {
    this.deps = { store, now: () => NOW, tax };
  }

  static async open(store: Store): Promise<TaxRig> {
    const root = mkdtempSync(join(tmpdir(), 'anjie-tax-'));
    await store.write((manager) => manager.insert(Division, [
      { code: '990100', name: '示例市', level: 'city' as const, parent: null, validFrom: '2025-01-01', validTo: null },
      { code: COUNTY, name: '示例县', level: 'county' as const, parent: '990100', validFrom: '2025-01-01', validTo: null },
    ]));
    await addPeople(store, [{ id: 'maker-1', role: 'maker', division: COUNTY }]);
    return new TaxRig(store, await openTaxExchange({ dataDir: root, shared: null }), root);
  }

  close(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Two units with two persons each, and flexible workers. */
  async register(flexible = 4): Promise<void> {
    await addUnits(this.store, [{ unitNo: 'U1' }, { unitNo: 'U2' }]);
    await addPersons(this.store, [
      ...['U1', 'U2'].flatMap((unitNo) => ['A', 'B'].map((psn) => ({ psnNo: `${unitNo}${psn}`, unitNo }))),
      ...Array.from({ length: flexible }, (_, n) => ({ psnNo: `F${n}`, payerKind: '2' as const, agreement: 1 })),
    ]);
  }

  async batch(kind: string, parameters: object): Promise<Batch> {
    const batch = await this.tryBatch(kind, parameters);
    if (isRefusal(batch)) throw new Error(batch.message);
    return this.through(batch.id);
  }

  tryBatch(kind: string, parameters: object) {
    return this.store.write((manager) => openBatch(manager, BATCH_KINDS, { kind, division: COUNTY, period: '2026-11', parameters, makerId: 'maker-1' }, NOW));
  }

  async through(batchId: string): Promise<Batch> {
    for (let seen = await this.look(batchId); seen.work; seen = await this.look(batchId)) {
      const { phase, open } = seen.work;
      for (const chunk of open) await workChunk(this.deps, BATCH_KINDS, { batchId, phase, chunk }, () => undefined);
      await closePhase(this.deps, BATCH_KINDS, { batchId, phase });
    }
    return this.store.read((manager) => manager.findOneByOrFail(Batch, { id: batchId }));
  }

  private look(batchId: string) {
    return look(this.deps, BATCH_KINDS, { batchId }, () => undefined);
  }

  /** As the case does that confirms or undoes a batch. */
  async order({ id }: Batch, order: 'confirm' | 'undo' | 'cancel'): Promise<Batch> {
    const refused = await this.store.write(async (manager) => {
      const batch = await manager.findOneByOrFail(Batch, { id });
      const kind = kindOf(BATCH_KINDS, batch.kind);
      const problem = order === 'undo' ? await kind.checkUndo?.(manager, batch) : order === 'confirm' ? await kind.confirm?.(manager, batch, await sumsOf(manager, id)) : null;
      return problem ?? (await move(manager, kind, batch, order, { now: NOW, reason: null }));
    });
    if (refused) throw new Error(refused.code);
    return this.through(id);
  }

  /** Assesses, confirms and sends one line; the rows that tax got. */
  async sendAll(variant: string, line: string): Promise<{ readonly batch: Batch; readonly rows: LevyRow[]; readonly file: TaxFile }> {
    await this.order(await this.batch('contrib-assessment', { variant }), 'confirm');
    const batch = await this.order(await this.batch('levy-send', { line }), 'confirm');
    await sendFiles(this.sendDeps(), () => undefined);
    const file = await this.store.read((manager) => manager.findOneByOrFail(TaxFile, { batchId: batch.id }));
    return { batch, rows: await this.rowsOf(file), file };
  }

  sendDeps() {
    return { store: this.store, tax: this.tax, now: () => NOW };
  }

  bytesOf(file: TaxFile): Promise<Buffer> {
    return readFile(join(this.tax.outbox, file.name));
  }

  async rowsOf(file: TaxFile): Promise<LevyRow[]> {
    const rows: LevyRow[] = [];
    for await (const some of readRows(readChunks(join(this.tax.outbox, file.name)), this.tax.format, 'ZJ')) for (const each of some) if ('row' in each) rows.push(each.row);
    return rows;
  }

  /** Puts a file of tax into the inbox. */
  async arrive(item: ItemCode, rows: readonly object[], head: Partial<FileHead> = {}): Promise<{ readonly name: string; readonly bytes: Buffer }> {
    this.serial += 1;
    const made = await makeFile(this.tax.format, item, rows.map((row) => ({ ...row })), { line: 'ZG', poolarea_no: '990100', admdvs: COUNTY, taxdept_code: '19901010000', batch_no: '', file_sn: this.serial, ...head });
    await this.put(made.name, made.bytes, made.plan.totals.rows, made.plan.totals.amt_sum);
    return made;
  }

  async put(name: string, bytes: Buffer, rows: number, amount: number): Promise<void> {
    await writeBytes(join(this.tax.inbox, name), bytes);
    const sm3 = createHash('sm3').update(bytes).digest('hex');
    await writeBytes(join(this.tax.inbox, `${name}.ok`), readyText({ bytes: bytes.length, rows, amount, sm3 }, this.tax.format));
  }

  poll(rules: ArrivalRules = { outOfOrder: 'post', totalsDiffer: 'hold' }): Promise<TakenFiles> {
    return takeArrivals({ store: this.store, tax: this.tax, kinds: BATCH_KINDS, rules, now: () => NOW }, () => undefined);
  }

  /** Takes what lies in the inbox and works it. */
  async take(): Promise<Batch[]> {
    const done: Batch[] = [];
    for (const id of (await this.poll()).batches) done.push(await this.through(id));
    return done;
  }

  inboxNames(): string[] {
    return readdirSync(this.tax.inbox);
  }

  levies(where: object = {}): Promise<Levy[]> {
    return this.store.read((manager) => manager.find(Levy, { where, order: { id: 'ASC' } }));
  }

  files(where: object = {}): Promise<TaxFile[]> {
    return this.store.read((manager) => manager.find(TaxFile, { where, order: { id: 'ASC' } }));
  }

  asides(where: object = {}): Promise<TaxAside[]> {
    return this.store.read((manager) => manager.find(TaxAside, { where, order: { id: 'ASC' } }));
  }

  payments(where: object = {}): Promise<TaxPayment[]> {
    return this.store.read((manager) => manager.find(TaxPayment, { where, order: { taxrpt_no: 'ASC' } }));
  }

  /** Balance of all accounts that begin so, fen. */
  async balance(account: string): Promise<number> {
    const lines = await this.store.read((manager) => manager.find(JournalLine));
    return lines.filter((line) => line.account.startsWith(account)).reduce((sum, { amountFen }) => sum + amountFen, 0);
  }

  entries(): Promise<number> {
    return this.store.read((manager) => manager.count(JournalEntry));
  }
}

/** A payment of a levy that was sent, in full unless said otherwise. */
export function paymentOf(levy: LevyRow, taxrpt_no: string, change: Partial<PaymentRow> = {}): PaymentRow {
  const { levy_no, payer_kind, uscc, tax_reg_no, psn_no, insutype, part, accrym_begn, accrym_end, amt } = levy;
  return paymentRow({ levy_no, payer_kind, uscc, tax_reg_no, psn_no, certno: '', psn_name: '', insutype, part, accrym_begn, accrym_end, taxrpt_no, amt, paid: amt + (change.inte ?? 0) + (change.latefee ?? 0), ...change });
}

export function answerOf({ levy_no, row_no }: LevyRow, change: Partial<ReceiptRow> = {}): ReceiptRow {
  return { rec: 'D', row_no, levy_no, result: '1', code: '', text: '', dcla_no: `D${row_no}`, taxrpt_no: '', at: '2026-11-20 10:00:00', ...change };
}
