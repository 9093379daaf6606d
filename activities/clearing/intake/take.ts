import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { In, type EntityManager } from 'typeorm';
import { entryOf } from '../../../domain/clearing/entry';
import { periodOf, type Period } from '../../../domain/clearing/period';
import { cityOf, clearingOffice, provinceOf, type XrRecord } from '../../../domain/clearing/record';
import { add, type Fen, fen, ZERO } from '../../../domain/money';
import type { KeyRing } from '../../../runtime/keys';
import { LINES_PER_FILE, XrIntakeFile, XrSettlement } from '../../../store/entities';
import { isUniqueViolation } from '../../../store/errors';
import { lockRow } from '../../../store/rows';
import type { Transactions } from '../../../store/transactions';
import { insertRows } from '../../../store/bulk';
import { lockOffices } from '../office';
import { type ParametersInForce, parametersOf } from '../parameters';
import { bookRows, type BookedRow, columnsOf } from './book';
import { checkFile } from './check';
import { bookCorrection, type CorrectionFault } from './corrections';
import { readCsv } from './csv';
import { FileProblem, type IntakeLine } from './lines';
import { readNdjson } from './ndjson';
import type { Spool } from './spool';

export interface IntakeDeps {
  readonly store: Transactions;
  readonly keyRing: Pick<KeyRing, 'keyedHash'>;
  /** Epoch ms. */
  readonly now: () => number;
}

/** A body as it came in. */
export interface IntakeSource {
  readonly spool: Pick<Spool, 'contentHash' | 'bytes'>;
  readonly format: 'csv' | 'ndjson';
  readonly charset: string;
  /** Division of the sender: settlements of others' places are not taken from it. */
  readonly division: string;
  readonly receivedBy: string;
}

/** Lines that one transaction writes. */
const LINES_AT_ONCE = 2_000;

type ReadLine = Extract<IntakeLine, { kind: 'record' | 'fault' }>;
type Reject = CorrectionFault & { readonly line: number };

/**
 * Takes a file in: all of its good lines, the bad ones with their reasons. The same content is taken once: `repeated` says
 * that it had been. What was broken off goes on where it stopped when the file comes again. Throws FileProblem when the file
 * as a whole is refused, and then nothing of it is taken.
 */
export async function takeFile(deps: IntakeDeps, source: IntakeSource): Promise<{ file: XrIntakeFile; repeated: boolean }> {
  const known = await fileOf(deps, source.spool.contentHash);
  if (known?.state === 'done') return { file: known, repeated: true };
  const checked = await checkFile(read(source));
  if (checked.header.division !== source.division) {
    throw new FileProblem('XR_FILE_HEADER_INVALID', `首行的辖区 ${checked.header.division} 不是经办人的辖区`);
  }
  const file = known ?? (await openFile(deps, source, checked.totals.lines));
  if (file.state === 'done') return { file, repeated: true };
  for await (const lines of chunksOf(read(source), file.lines)) {
    await takeLines(deps, source, file.id, lines);
    await yieldToOthers();
  }
  const done = await deps.store.write(async (manager) => {
    await manager.update(XrIntakeFile, { id: file.id }, { state: 'done' });
    return manager.findOneBy(XrIntakeFile, { id: file.id });
  });
  return { file: done as XrIntakeFile, repeated: false };
}

function read({ spool, format, charset }: IntakeSource): AsyncGenerator<IntakeLine> {
  return format === 'csv' ? readCsv(spool.bytes(), charset) : readNdjson(spool.bytes());
}

function fileOf({ store }: IntakeDeps, contentHash: string): Promise<XrIntakeFile | null> {
  return store.read((manager) => manager.findOneBy(XrIntakeFile, { contentHash }));
}

async function openFile(deps: IntakeDeps, { spool, format, division, receivedBy }: IntakeSource, announced: number): Promise<XrIntakeFile> {
  const { contentHash } = spool;
  const row = {
    contentHash, format, division, receivedBy, receivedAt: deps.now(), state: 'loading' as const,
    announced, lines: 0, accepted: 0, rejected: 0, medfeeFen: ZERO,
  };
  await deps.store
    .write((manager) => manager.insert(XrIntakeFile, row), { verify: async (manager) => (await manager.findOneBy(XrIntakeFile, { contentHash })) as never })
    // The same file is being taken by another request: both go on, each line is written once.
    .catch((error: unknown) => {
      if (!isUniqueViolation(error)) throw error;
    });
  const file = await fileOf(deps, contentHash);
  if (!file) throw new Error('an intake file that was just opened is not there');
  return file;
}

/** The lines after those that are done with, some at a time. */
async function* chunksOf(lines: AsyncIterable<IntakeLine>, done: number): AsyncGenerator<ReadLine[]> {
  let chunk: ReadLine[] = [];
  for await (const line of lines) {
    if (line.kind === 'header' || line.kind === 'trailer' || line.line <= done) continue;
    chunk.push(line);
    if (chunk.length < LINES_AT_ONCE) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/** Writes some lines in one transaction with the count of what is done; lines that another request wrote are left out. */
async function takeLines(deps: IntakeDeps, source: IntakeSource, fileId: number, given: readonly ReadLine[]): Promise<void> {
  const hashed = new Map(given.flatMap((line) => (line.kind === 'record' ? [[line.line, personHash(deps, line.record)] as const] : [])));
  await deps.store.write(async (manager) => {
    const file = await lockRow(manager, XrIntakeFile, { id: fileId });
    if (!file) throw new Error(`no intake file ${fileId}`);
    const lines = given.filter(({ line }) => line > file.lines);
    const last = lines.at(-1);
    if (!last) return;
    const { rejects, medfee } = await book(manager, source.division, fileId, lines, hashed);
    await insertRows(manager, 'xr_intake_reject', ['file_id', 'line', 'code', 'field'], rejects.map((each) => [fileId, each.line, each.code, each.field]));
    await manager.update(XrIntakeFile, { id: fileId }, {
      lines: last.line,
      accepted: file.accepted + lines.length - rejects.length,
      rejected: file.rejected + rejects.length,
      medfeeFen: add(file.medfeeFen, medfee),
    });
  });
}

async function book(
  manager: EntityManager,
  division: string,
  fileId: number,
  lines: readonly ReadLine[],
  hashed: ReadonlyMap<number, string>,
): Promise<{ rejects: Reject[]; medfee: Fen }> {
  const rejects: Reject[] = lines.flatMap((each) => (each.kind === 'fault' ? [{ line: each.line, ...each.fault }] : []));
  const records = lines.flatMap((each) => (each.kind === 'record' ? [each] : []));
  const offices = await officesOf(manager, records.map(({ record }) => officeOf(record)));
  const taken = await takenIds(manager, records.map(({ record }) => record));
  const settlements: BookedRow[] = [];
  const corrections: (typeof records)[number][] = [];
  let medfee = 0;
  for (const each of records) {
    const { line, record } = each;
    const fault = scopeFault(record, division) ?? duplicateFault(record, taken);
    if (fault) {
      rejects.push({ line, ...fault });
      continue;
    }
    medfee += record.medfee_sumamt;
    if (record.recordType !== 'S') {
      corrections.push(each);
      continue;
    }
    const office = offices(officeOf(record));
    const entry = entryOf(record, office.parameters(windowOf(record)).content, office.firstOpen);
    settlements.push({
      id: idOf(fileId, line), record, personHash: hashed.get(line) ?? '', status: 'reconciled', reversalOf: null, ...columnsOf(entry),
    });
  }
  await bookRows(manager, settlements);
  // After the settlements, since a file may hold a settlement and its reversal.
  for (const { line, record } of corrections) {
    const office = offices(officeOf(record));
    const correction = { id: idOf(fileId, line), record, personHash: hashed.get(line) ?? '' };
    const fault = await bookCorrection(manager, correction, office.parameters(windowOf(record)).content, office.firstOpen);
    if (!fault) continue;
    rejects.push({ line, ...fault });
    medfee -= record.medfee_sumamt;
  }
  return { rejects, medfee: fen(medfee) };
}

interface OpenOffice {
  readonly firstOpen: Period;
  readonly parameters: (window: Period) => ParametersInForce;
}

/** Locks the offices that the lines belong to and reads their parameters. */
async function officesOf(manager: EntityManager, names: readonly string[]): Promise<(office: string) => OpenOffice> {
  const open = await lockOffices(manager, names);
  const offices = new Map<string, OpenOffice>();
  for (const [office, firstOpen] of open) offices.set(office, { firstOpen, parameters: await parametersOf(manager, office) });
  return (office) => {
    const found = offices.get(office);
    if (!found) throw new Error(`office ${office} is not locked`);
    return found;
  };
}

/** Keys of those records whose settlement number stands already. */
async function takenIds(manager: EntityManager, records: readonly XrRecord[]): Promise<Set<string>> {
  const byCity = new Map<string, string[]>();
  for (const { mdtrtarea_admdvs, setl_id } of records) {
    const city = cityOf(mdtrtarea_admdvs);
    byCity.set(city, [...(byCity.get(city) ?? []), setl_id]);
  }
  const taken = new Set<string>();
  for (const [receivingCity, ids] of byCity) {
    const rows = await manager.find(XrSettlement, { select: { setl_id: true }, where: { receivingCity, setl_id: In(ids) } });
    for (const { setl_id } of rows) taken.add(`${receivingCity}/${setl_id}`);
  }
  return taken;
}

function duplicateFault(record: XrRecord, taken: Set<string>): CorrectionFault | null {
  const key = `${cityOf(record.mdtrtarea_admdvs)}/${record.setl_id}`;
  if (taken.has(key)) return { code: 'XR_DUPLICATE', field: 'setl_id' };
  taken.add(key);
  return null;
}

/** A province sends for all its places, a city for itself as one of the two sides. */
function scopeFault({ insuplc_admdvs, mdtrtarea_admdvs }: XrRecord, division: string): CorrectionFault | null {
  const places = [insuplc_admdvs, mdtrtarea_admdvs];
  const inside = places.some((place) => division === provinceOf(place) || division === cityOf(place));
  return inside ? null : { code: 'XR_OUT_OF_SCOPE', field: 'mdtrtarea_admdvs' };
}

function officeOf({ insuplc_admdvs, mdtrtarea_admdvs }: XrRecord): string {
  return clearingOffice(insuplc_admdvs, mdtrtarea_admdvs);
}

function windowOf({ businessDate }: XrRecord): Period {
  return periodOf(businessDate.slice(0, 7));
}

function idOf(fileId: number, line: number): number {
  return fileId * LINES_PER_FILE + line;
}

/** Who the person is, for counting people and nothing else. */
function personHash({ keyRing }: IntakeDeps, { insuplc_admdvs, psn_no }: XrRecord): string {
  return keyRing.keyedHash(`xr-person/${insuplc_admdvs}/${psn_no}`).slice(0, 32);
}
