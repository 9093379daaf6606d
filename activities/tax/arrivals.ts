import type { EntityManager } from 'typeorm';
import type { BatchKinds } from '../batch/kind';
import { closeItem, raiseItem } from '../abnormal/items';
import { openBatch } from '../batch/open';
import { wakeBatch } from '../batch/wake';
import { archiveFile, inspectArrival, listArrivals } from '../files/take-file';
import { readChunks } from '../files/read-chunks';
import { parseFileName, type FileNameParts } from '../../domain/files/file-name';
import { scanFile, type FileReport } from '../../domain/files/scan-file';
import { outcomeOf, type OutcomeCode } from '../../domain/outcomes';
import { isRefusal } from '../../domain/refusal';
import { judgeArrival, type ArrivalRules } from '../../domain/tax/exchange';
import type { ItemCode, TaxLine } from '../../schemas/tax/items';
import { Batch, Division, TaxFile } from '../../store/entities';
import { lockRow } from '../../store/rows';
import type { Store } from '../../store/open-store';
import type { TaxExchange } from './exchange';

export interface ArrivalDeps {
  readonly store: Store;
  readonly tax: TaxExchange;
  readonly kinds: BatchKinds;
  readonly rules: ArrivalRules;
  /** Epoch ms. */
  readonly now: () => number;
}

/** What one look at the inbox came to. */
export interface TakenFiles {
  /** Registered for the first time. */
  readonly registered: number;
  readonly repeated: number;
  /** Not whole yet, or not as their `.ok` says. */
  readonly left: number;
  /** Batches that were opened. */
  readonly batches: readonly string[];
}

/** Kinds of batch by item; HZ and CF by what they answer. */
const WORKED_BY: Readonly<Partial<Record<ItemCode, string>>> = { HP: 'tax-return', TJ: 'tax-return', HZ: 'tax-receipt' };
const PROCESS = 'tax-exchange';

/**
 * Takes what lies in the inbox, oldest day and serial first: look whether it is whole, check it, register it once by its content, keep it
 * in the archive, open the batch of its kind. Killed anywhere, the next look goes on; two at once do it once.
 */
export async function takeArrivals(deps: ArrivalDeps, heartbeat: () => void): Promise<TakenFiles> {
  const { tax } = deps;
  const names = (await listArrivals(tax.inbox, tax.format)).sort(byDay(tax));
  let [registered, repeated, left] = [0, 0, 0];
  for (const name of names) {
    heartbeat();
    const arrival = await inspectArrival(tax.inbox, name, tax.format);
    if (arrival.state !== 'whole') {
      left += 1;
      if (arrival.state === 'refused') await deps.store.write((manager) => raise(manager, null, name, arrival.code, arrival.message, deps.now()));
      continue;
    }
    const report = await scanFile(readChunks(arrival.path), name, tax.format, arrival.ready);
    const isNew = await deps.store.write((manager) => register(manager, deps, name, report));
    if (isNew) registered += 1;
    else repeated += 1;
    await archiveFile(tax.inbox, name, tax.archive, report.sm3);
  }
  return { registered, repeated, left, batches: await openBatches(deps) };
}

function byDay({ format }: TaxExchange): (a: string, b: string) => number {
  const orderOf = (name: string): string => {
    const parts = parseFileName(name, format);
    return parts ? `${parts.day}/${String(parts.file_sn).padStart(6, '0')}/${name}` : name;
  };
  return (a, b) => (orderOf(a) < orderOf(b) ? -1 : 1);
}

/** Registers a file in one transaction; false when the same content came before. */
async function register(manager: EntityManager, { rules, now }: ArrivalDeps, name: string, report: FileReport): Promise<boolean> {
  const at = now();
  const before = await lockRow(manager, TaxFile, { sm3: report.sm3 });
  if (before) {
    await manager.update(TaxFile, { id: before.id }, { arrivals: before.arrivals + 1 });
    return false;
  }
  const parts = report.name;
  const { header } = report;
  if (!parts) throw new Error(`${name} is no name of a tax file`);
  const item = parts.item;
  const answered = header?.ref_file ? await manager.findOneBy(TaxFile, { name: header.ref_file, direction: 'out' }) : null;
  const ours = answered ?? (header?.batch_no ? await manager.findOne(TaxFile, { where: { batch_no: header.batch_no, direction: 'out' }, order: { id: 'DESC' } }) : null);
  const division = ours?.division ?? header?.admdvs ?? '';
  const known = ours !== null || (await manager.existsBy(Division, { code: division }));
  const serialKey = keyOf(parts, parts.file_sn);
  const [finding] = report.findings;
  const judged = judgeArrival(
    {
      finding: finding ? { code: finding.code, message: finding.message } : null,
      serialTaken: await manager.existsBy(TaxFile, { serialKey }),
      batch: !known ? 'unknown' : await batchState(manager, item, header?.batch_no ?? '', answered, ours),
      earlierMissing: parts.file_sn > 1 && !(await manager.existsBy(TaxFile, { serialKey: keyOf(parts, parts.file_sn - 1) })),
      worked: worksAnswer(item, answered),
    },
    rules,
  );
  const claims = judged.state !== 'held' && judged.state !== 'quarantined';
  const { identifiers } = await manager.insert(TaxFile, {
    direction: 'in', division: /^\d{6}$/.test(division) ? division : parts.poolarea_no, item, line: parts.line as TaxLine, poolarea_no: parts.poolarea_no, taxdept_code: parts.taxdept_code,
    period: parts.period, batch_no: header?.batch_no ?? '', day: parts.day, file_sn: parts.file_sn, serialKey: claims ? serialKey : null, name, bytes: report.bytes, total: report.totals.rows,
    amountFen: report.totals.amt_sum, sm3: report.sm3, ...judged, note: judged.note?.slice(0, 200) ?? null, refFileId: answered?.id ?? null, batchId: null,
    madeAt: header?.made_at ?? parts.day, createdAt: at, sentAt: null, answeredAt: null, arrivals: 1,
  });
  if (judged.code !== null) await raise(manager, ours?.division ?? division, name, judged.code, judged.note ?? '', at, Number(identifiers[0]?.['id']));
  if (answered && claims) await manager.update(TaxFile, { id: answered.id }, { state: 'answered', answeredAt: at });
  return true;
}

function keyOf({ item, line, taxdept_code, poolarea_no, day }: FileNameParts, file_sn: number): string {
  return `in/${poolarea_no}/${taxdept_code}/${item}/${line}/${day}/${file_sn}`;
}

function worksAnswer(item: ItemCode, answered: TaxFile | null): boolean {
  if (item === 'HZ') return answered?.item === 'ZJ' || answered?.item === 'TS';
  return WORKED_BY[item] !== undefined;
}

/** Whether what a file names is ours and still open. A payment file that names no batch is of all of them. */
async function batchState(manager: EntityManager, item: ItemCode, batchNo: string, answered: TaxFile | null, ours: TaxFile | null): Promise<'none' | 'open' | 'unknown' | 'closed'> {
  if (WORKED_BY[item] === undefined || (item !== 'HZ' && batchNo === '')) return 'none';
  if (item === 'HZ' && answered === null) return 'unknown';
  if (ours === null || (batchNo !== '' && ours.batch_no !== batchNo)) return 'unknown';
  const batch = ours.batchId === null ? null : await manager.findOneBy(Batch, { id: ours.batchId });
  return batch !== null && ['cancelled', 'undone', 'undoing', 'discarding'].includes(batch.state) ? 'closed' : 'open';
}

async function raise(manager: EntityManager, division: string | null, name: string, code: OutcomeCode, detail: string, at: number, id?: number): Promise<void> {
  const title = `${name}：${outcomeOf(code).title}${detail === '' ? '' : `（${detail}）`}`;
  await raiseItem(manager, { workflowId: PROCESS, code, subject: id === undefined ? name : `${id}`, institution: division ?? '', process: PROCESS, title, at });
}

/** Opens the batch of each file that is in the archive and waits for it; a file that waits for its forerunner goes on when that has come. */
async function openBatches({ store, kinds, now }: ArrivalDeps): Promise<string[]> {
  const opened: string[] = [];
  const waiting = await store.read((manager) => manager.find(TaxFile, { where: [{ direction: 'in', state: 'received' }, { direction: 'in', state: 'waiting' }], order: { day: 'ASC', file_sn: 'ASC', id: 'ASC' } }));
  for (const { id } of waiting) {
    const batchId = await store.write(async (manager) => {
      const file = await lockRow(manager, TaxFile, { id });
      if (!file || (file.state === 'waiting' && !(await cameBefore(manager, file)))) return null;
      if (file.state !== 'received' && file.state !== 'waiting') return null;
      const kind = WORKED_BY[file.item];
      if (kind === undefined) return null;
      const at = now();
      const period = `${file.period.slice(0, 4)}-${file.period.slice(4)}`;
      const batch = await openBatch(manager, kinds, { kind, division: file.division, period, parameters: { fileId: file.id }, makerId: 'system' }, at);
      if (isRefusal(batch)) return null;
      await manager.update(TaxFile, { id }, { state: 'taken', batchId: batch.id });
      if (file.state === 'waiting') await closeItem(manager, { workflowId: PROCESS, code: 'FILE_EARLIER_MISSING', subject: `${id}` }, '前一文件已到', at);
      await wakeBatch(manager, batch, 'arrived', at);
      return batch.id;
    });
    if (batchId !== null) opened.push(batchId);
  }
  return opened;
}

async function cameBefore(manager: EntityManager, file: TaxFile): Promise<boolean> {
  const earlier = (file.serialKey ?? '').replace(/\d+$/, String(file.file_sn - 1));
  const before = await manager.findOneBy(TaxFile, { serialKey: earlier });
  return before !== null && before.state !== 'waiting' && before.state !== 'received';
}

