import type { EntityManager } from 'typeorm';
import type { BatchRejection, ChunkOutcome } from '../../../domain/batch/types';
import { formatDate } from '../../../domain/calendar';
import { readRegisterRow, subjectOf, type PersonRow, type RegisterColumn, type RowFault, type UnitRow } from '../../../domain/contribution/register-row';
import { add, fen, type Fen, ZERO } from '../../../domain/money';
import { refusal } from '../../../domain/refusal';
import { currentKeyRing } from '../../../runtime/keys';
import type { EncryptedFiles } from '../../../runtime/encrypted-files';
import { contributionRules } from '../../../schemas/contribution/rules';
import { insertManyRows, type Cell } from '../../../store/bulk';
import { Batch, ContributionFile, ContributionRegister } from '../../../store/entities';
import type { BatchDeps, BatchKind, Chunk, Frozen } from '../../batch/kind';
import { CHANGING, changeUnderWay, holdRegister } from '../editions';
import { planRegister, readPlace } from './freeze';
import { RegisterFileProblem } from './problem';
import { readSlice, type RegisterFormat } from './rows';
import { certHash, knownUnits, standingPersons, standingUnits, type Standing } from './standing';
import { checkUndo, discardVersions, undoVersions } from './undo';

/** What a register file is worked with. */
export interface FrozenRegister extends RegisterFormat {
  readonly file: string;
  readonly columns: readonly RegisterColumn[];
  /** Edition that held when it was frozen, and the one that it makes; the next one is kept for undoing it. */
  readonly before: number;
  readonly edition: number;
  readonly doubles: readonly (readonly [number, number])[];
}

interface Versions {
  readonly units: readonly (readonly Cell[])[];
  readonly persons: readonly (readonly Cell[])[];
  /** Versions whose place is taken. */
  readonly formerUnits: readonly number[];
  readonly formerPersons: readonly number[];
  readonly outcome: ChunkOutcome;
}

const UNIT_COLUMNS = ['unit_no', 'division', 'name', 'uscc', 'tax_reg_no', 'taxdept_code', 'special', 'agreement', 'edition', 'former_id'];
const PERSON_COLUMNS = [
  'psn_no', 'insutype', 'division', 'payer_kind', 'unit_no', 'category', 'base_fen', 'from_month', 'through_month', 'agreement', 'town_code', 'cert_hash', 'identity', 'edition', 'former_id',
];
const FORMER_AT_ONCE = 5_000;

/**
 * Register intake (登记名册): units and persons of a file become versions of the next edition of their division's register, which
 * takes effect as a whole when another person confirms it. A row that says what stands already changes nothing.
 */
export const registerIntake: BatchKind<Versions> = {
  zh: '登记名册',
  startRoles: ['maker'],
  confirmedBy: 'contrib-register-confirm',
  // Persons may belong to units of an earlier part of the file.
  parallel: 1,
  check: async (manager, { division, parameters }) => {
    const { file, ...rest } = parameters as { file?: unknown };
    const row = typeof file === 'string' && file.length === 36 && Object.keys(rest).length === 0 ? await manager.findOneBy(ContributionFile, { id: file }) : null;
    if (row?.division !== division || row.batchId !== null) return refusal('CONTRIB_PARAMETERS_INVALID', '登记名册由 POST /v1/contribution/register-files 报送。');
    const other = await changeUnderWay(manager, division, CHANGING);
    return other === null ? null : refusal('BATCH_UNDER_WAY', `批次 ${other} 尚未办结，同一辖区的登记名册不能并行。`);
  },
  freeze: async (deps, batch, heartbeat) => {
    const { file } = batch.parameters as { file: string };
    const { total, format, charset } = await deps.store.read((manager) => manager.findOneByOrFail(ContributionFile, { id: file }));
    try {
      const { columns, ranges, doubles } = await planRegister(() => filesOf(deps).read(file), { format, charset }, total, heartbeat);
      return await deps.store.write(async (manager) => {
        const { edition: before, handedOut } = await holdRegister(manager, batch.division);
        const other = await changeUnderWay(manager, batch.division, CHANGING, batch.id);
        if (other !== null) return refusal('BATCH_UNDER_WAY', `批次 ${other} 尚未办结。`);
        const edition = Math.max(before, handedOut) + 1;
        await manager.update(ContributionRegister, { division: batch.division }, { handedOut: edition + 1 });
        const frozen: FrozenRegister = { file, format, charset, columns, before, edition, doubles };
        return { frozen, ranges } satisfies Frozen;
      });
    } catch (error) {
      if (error instanceof RegisterFileProblem) return refusal(error.code, error.message);
      throw error;
    }
  },
  read: async (deps, batch, chunk) => {
    const slice = await readBytes(deps, batch, chunk);
    return deps.store.read(async (manager) => {
      const waiting = await manager.query('SELECT COUNT(*) AS n FROM batch_chunk WHERE batch_id = ? AND chunk_no < ? AND worked_at IS NULL', [batch.id, chunk.no]) as { n: unknown }[];
      if (Number(waiting[0]?.n) > 0) throw new Error('an earlier part of the file is not worked yet');
      return versionsOf(manager, batch, chunk, slice);
    });
  },
  work: async (manager, batch, _chunk, { units, persons, formerUnits, formerPersons, outcome }) => {
    const { edition } = batch.frozen as FrozenRegister;
    await insertManyRows(manager, 'contribution_unit', UNIT_COLUMNS, units);
    await insertManyRows(manager, 'contribution_person', PERSON_COLUMNS, persons);
    await endVersions(manager, 'contribution_unit', formerUnits, edition);
    await endVersions(manager, 'contribution_person', formerPersons, edition);
    return outcome;
  },
  discard: (manager, { division, frozen }, { rows }) => discardVersions(manager, { division, edition: (frozen as FrozenRegister).edition, most: rows }),
  confirm: async (manager, { division, frozen }) => {
    const { before, edition } = frozen as FrozenRegister;
    const register = await holdRegister(manager, division);
    if (register.edition !== before) return refusal('CONTRIB_REGISTER_CHANGED');
    await manager.update(ContributionRegister, { division }, { edition });
    return null;
  },
  checkUndo: (manager, { id, division, frozen }) => checkUndo(manager, { id, division, edition: (frozen as FrozenRegister).edition }),
  undo: async (manager, { id, division, frozen }, { rows }) => {
    const { edition } = frozen as FrozenRegister;
    await holdRegister(manager, division);
    await undoVersions(manager, { division, edition, most: rows });
    // Under the lock of the register one chunk comes after another, so that the last one sees that it is.
    const open = await manager.query('SELECT COUNT(*) AS n FROM batch_chunk WHERE batch_id = ? AND undone_at IS NULL', [id]) as { n: unknown }[];
    if (Number(open[0]?.n) === 1) await manager.update(ContributionRegister, { division }, { edition: edition + 1 });
  },
};

function filesOf({ registerFiles }: BatchDeps): EncryptedFiles {
  if (!registerFiles) throw new Error('this process was not given the register files');
  return registerFiles;
}

/** The bytes of a chunk's rows. */
async function readBytes(deps: BatchDeps, { frozen }: Batch, { from, through }: Chunk): Promise<Buffer> {
  const { file } = frozen as FrozenRegister;
  const [start, end] = [readPlace(from).byte, readPlace(through).byte];
  const pieces: Buffer[] = [];
  let missing = end - start;
  for await (const piece of filesOf(deps).read(file, start)) {
    pieces.push(piece.subarray(0, missing));
    missing -= piece.length;
    if (missing <= 0) break;
  }
  return Buffer.concat(pieces);
}

async function versionsOf(manager: EntityManager, batch: Batch, chunk: Chunk, slice: Buffer): Promise<Versions> {
  const frozen = batch.frozen as FrozenRegister;
  const { division } = batch;
  const context = { division, today: formatDate(batch.createdAt), insutypes: new Set(contributionRules.rates.map(({ insutype }) => insutype)) };
  const run = new IntakeRun(division, frozen.edition);
  const doubles = new Map(frozen.doubles);
  const good: { no: number; row: UnitRow | PersonRow }[] = [];
  for (const { no, row } of readSlice(slice, frozen, frozen.columns, readPlace(chunk.from).row)) {
    const subject = (row && subjectOf(row)) || `第 ${no} 行`;
    const before = doubles.get(no);
    const read = row ? readRegisterRow(row, context) : ([{ code: 'CONTRIB_ROW_FIELD', text: '列数或字段不合法，该行读不出。' }] as const);
    if (before !== undefined) run.reject(no, subject, [{ code: 'CONTRIB_ROW_DUPLICATE', text: `与第 ${before} 行重复。` }]);
    else if ('kind' in read) good.push({ no, row: read });
    else run.reject(no, subject, read);
  }
  const units = good.flatMap(({ no, row }) => (row.kind === 'unit' ? [{ no, row }] : []));
  const persons = good.flatMap(({ no, row }) => (row.kind === 'person' ? [{ no, row }] : []));
  const standing = { units: await standingUnits(manager, units.map(({ row }) => row.unitNo)), persons: await standingPersons(manager, persons.map(({ row }) => row.psnNo)) };
  for (const { no, row } of units) run.takeUnit(no, row, standing.units.get(row.unitNo));
  const known = new Set([...run.unitNos, ...(await knownUnits(manager, { division, edition: frozen.edition }, persons.flatMap(({ row }) => row.unitNo ?? [])))]);
  for (const { no, row } of persons) {
    if (row.unitNo !== null && !known.has(row.unitNo)) run.reject(no, row.psnNo, [{ code: 'CONTRIB_ROW_UNIT_UNKNOWN', text: '单位不在名册中，也不在本文件前面的行中。' }]);
    else run.takePerson(no, row, standing.persons.get(`${row.psnNo}/${row.insutype}`));
  }
  return run.result();
}

/** One chunk being worked out. */
class IntakeRun {
  readonly unitNos: string[] = [];
  private readonly versions: { units: Cell[][]; persons: Cell[][]; formerUnits: number[]; formerPersons: number[] } = { units: [], persons: [], formerUnits: [], formerPersons: [] };
  private readonly rejects: BatchRejection[] = [];
  private readonly counts = { 'count/added': 0, 'count/changed': 0, 'count/same': 0 };
  private base: Fen = ZERO;
  private done = 0;

  constructor(
    private readonly division: string,
    private readonly edition: number,
  ) {}

  reject(rowNo: number, subject: string, faults: readonly RowFault[]): void {
    for (const { code, text } of faults) this.rejects.push({ rowNo, subject, code, text });
  }

  takeUnit(no: number, row: UnitRow, standing: Standing<UnitRow> | undefined): void {
    if (!this.take(no, row.unitNo, row, standing)) return;
    this.unitNos.push(row.unitNo);
    if (standing?.equals(row)) return;
    if (standing) this.versions.formerUnits.push(standing.id);
    this.versions.units.push([row.unitNo, this.division, row.name, row.uscc, row.taxRegNo, row.taxdeptCode, row.special, row.agreement, this.edition, standing?.id ?? null]);
  }

  takePerson(no: number, row: PersonRow, standing: Standing<PersonRow> | undefined): void {
    if (!this.take(no, row.psnNo, row, standing)) return;
    this.base = add(this.base, row.baseFen ?? ZERO);
    if (standing?.equals(row)) return;
    if (standing) this.versions.formerPersons.push(standing.id);
    const { psn_name, cert_type, certno } = row;
    this.versions.persons.push([
      row.psnNo, row.insutype, this.division, row.payerKind, row.unitNo, row.category, row.baseFen, row.fromMonth, row.throughMonth, row.agreement, row.townCode,
      certHash(cert_type, certno), currentKeyRing().encrypt(JSON.stringify({ psn_name, cert_type, certno })), this.edition, standing?.id ?? null,
    ]);
  }

  /** Counts a row, unless it belongs to another division. */
  private take<Row>(no: number, subject: string, row: Row, standing: Standing<Row> | undefined): boolean {
    if (standing && standing.division !== this.division) {
      this.reject(no, subject, [{ code: 'CONTRIB_ROW_DIVISION', text: '已在其他辖区的名册中。' }]);
      return false;
    }
    this.done += 1;
    this.counts[!standing ? 'count/added' : standing.equals(row) ? 'count/same' : 'count/changed'] += 1;
    return true;
  }

  result(): Versions {
    const counts = Object.fromEntries(Object.entries(this.counts).map(([name, count]) => [name, fen(count)]));
    return { ...this.versions, outcome: { done: this.done, rejects: this.rejects, sums: { total: this.base, ...counts } } };
  }
}

async function endVersions(manager: EntityManager, table: string, ids: readonly number[], edition: number): Promise<void> {
  for (let first = 0; first < ids.length; first += FORMER_AT_ONCE) {
    const some = ids.slice(first, first + FORMER_AT_ONCE);
    await manager.query(`UPDATE ${table} SET until_edition = ? WHERE id IN (${some.map(() => '?').join(', ')})`, [edition, ...some]);
  }
}
