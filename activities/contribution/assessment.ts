import type { EntityManager } from 'typeorm';
import { formatDate } from '../../domain/calendar';
import type { BatchRejection, ChunkOutcome } from '../../domain/batch/types';
import { assess, isProblem, monthsApart, monthsBetween, type MonthAssessment } from '../../domain/contribution/assess';
import { levyIdOf } from '../../domain/contribution/levy-no';
import { monthRules } from '../../domain/contribution/rules';
import type { AssessedLine, Category, Insured, PayerKind } from '../../domain/contribution/types';
import { monthNoOf, readParameters, variantOf, type AssessmentParameters, type Variant } from '../../domain/contribution/variants';
import type { Refusal } from '../../domain/commands';
import { add, fen, type Fen, ZERO } from '../../domain/money';
import { refusal } from '../../domain/refusal';
import { contributionRules } from '../../schemas/contribution/rules';
import { insertManyRows, type Cell } from '../../store/bulk';
import { fenOf, integerOf } from '../../store/columns';
import { Batch, CaseCounter, Levy } from '../../store/entities';
import { holdCounter, setCounter } from '../../store/serial';
import type { BatchKind, Chunk, Frozen } from '../batch/kind';
import { changeUnderWay } from './editions';
import { chunksOf, populationOf, watermark, type Population, type Watermark } from './population';

export const ASSESSMENT = 'contrib-assessment';

/** States of a batch that may still bring forth levies, or take them back. */
const UNDER_WAY = ['accepted', 'working', 'previewed', 'posting', 'discarding', 'undoing'] as const;
/** 已核定 and 核定已撤销. */
const ASSESSED = 10;
const WITHDRAWN = 0;
/** Levies are numbered over all divisions. */
const LEVY_COUNTER = { division: '000000', definition: 'levy', year: 0 } as const;

interface FrozenAssessment {
  readonly mark: Watermark;
  /** Numbers of levies are taken chunk by chunk: where each begins, and one more for the end. */
  readonly ids: readonly number[];
  /** Ordinal of the first person of each chunk, from 1. */
  readonly rows: readonly number[];
}

/** What a chunk comes to, worked out and not written yet. */
interface Assessed {
  readonly cells: readonly (readonly Cell[])[];
  readonly outcome: ChunkOutcome;
}

const COLUMNS = [
  'id', 'batch_id', 'division', 'line', 'payer_kind', 'row_level', 'unit_no', 'psn_no', 'insutype', 'part', 'clct_type', 'levy_item', 'levy_subitem',
  'cashym', 'accrym_begn', 'accrym_end', 'base_fen', 'rate', 'psncnt', 'amt_fen', 'inte_fen', 'due_date', 'exchange', 'money', 'paid_fen',
];

/**
 * Assessment of receivables (应收核定), all eleven variants: the register as it stood and the dated rules are frozen, each
 * person is charged for each month and part, what a unit pays is the sum of its persons. It takes effect when another person
 * confirms it, and is undone while nothing of it was sent to tax or paid.
 */
export const assessment: BatchKind<Assessed> = {
  zh: '应收核定',
  startRoles: ['maker'],
  confirmedBy: 'contrib-assessment-confirm',
  parallel: 2,
  check: async (manager, { division, period, parameters }) => {
    if (period === null) return refusal('CONTRIB_PARAMETERS_INVALID', '核定须给出费款所属期 period。');
    const read = readParameters(parameters as Record<string, unknown>);
    if (typeof read === 'string') return refusal('CONTRIB_PARAMETERS_INVALID', `${read}。`);
    const earliest = contributionRules.bases.reduce((first, { from }) => Math.min(first, Number(from)), Number.MAX_SAFE_INTEGER);
    if ((read.months?.from ?? monthNoOf(period)) < earliest) return refusal('CONTRIB_PARAMETERS_INVALID', `没有 ${earliest} 以前的缴费基数上下限。`);
    const { payerKind } = variantOf(read.variant);
    for (const state of UNDER_WAY) {
      const others = await manager.findBy(Batch, { kind: ASSESSMENT, division, state });
      const other = others.find((each) => variantOf(parametersOf(each).variant).payerKind === payerKind);
      if (other) return refusal('BATCH_UNDER_WAY', `批次 ${other.id} 尚未办结，同一缴费主体的核定不能并行。`);
    }
    return null;
  },
  freeze: async ({ store }, batch, heartbeat): Promise<Frozen | Refusal> => {
    const parameters = parametersOf(batch);
    // Who would be charged from a register that is being taken back would be charged for what no longer stands.
    const undoing = await store.read((manager) => changeUnderWay(manager, batch.division, ['undoing']));
    if (undoing !== null) return refusal('BATCH_UNDER_WAY', `名册批次 ${undoing} 正在撤销，请待其办结后重新核定。`);
    const { mark, ranges } = await store.read(async (manager) => {
      const seen = await watermark(manager, batch.division);
      return { mark: seen, ranges: await chunksOf(manager, populationOf(manager, batch.division, parameters, seen), heartbeat) };
    });
    const most = linesAtMost(parameters);
    const ids: number[] = [];
    const rows: number[] = [];
    let id = 0;
    let row = 1;
    for (const range of ranges) {
      ids.push(id);
      rows.push(row);
      // Of a unit there is at most one total for each line of a person.
      id += range.rows * most * 2;
      row += range.rows;
    }
    const first = await store.write(async (manager) => {
      const last = await holdCounter(manager, CaseCounter, LEVY_COUNTER, 'serial');
      await setCounter(manager, CaseCounter, LEVY_COUNTER, 'serial', last + id);
      return last + 1;
    });
    const frozen: FrozenAssessment = { mark, ids: [...ids, id].map((offset) => first + offset), rows };
    return { frozen, ranges };
  },
  read: ({ store }, batch, chunk) => store.read((manager) => assessChunk(manager, batch, chunk)),
  work: async (manager, _batch, _chunk, { cells, outcome }) => {
    await insertManyRows(manager, 'levy', COLUMNS, cells);
    return outcome;
  },
  discard: async (manager, batch, chunk) => {
    await manager.query('DELETE FROM levy WHERE id >= ? AND id < ?', idsOf(batch, chunk));
  },
  checkUndo: async (manager, batch) => {
    const { ids } = batch.frozen as FrozenAssessment;
    const [row]: { n: unknown }[] = await manager.query('SELECT COUNT(*) AS n FROM levy WHERE id >= ? AND id < ? AND (exchange NOT IN (?, ?) OR money <> 0)', [ids[0] ?? 0, ids.at(-1) ?? 0, ASSESSED, WITHDRAWN]);
    const used = integerOf(row?.n ?? 0);
    return used === 0 ? null : refusal('LEVY_IN_USE', `其中 ${used} 行已报盘或已缴费，请先撤销征集或退费。`);
  },
  undo: async (manager, batch, chunk) => {
    await manager.query('UPDATE levy SET exchange = ? WHERE id >= ? AND id < ? AND exchange = ? AND money = 0', [WITHDRAWN, ...idsOf(batch, chunk), ASSESSED]);
  },
  undoRow: async (manager, batch, row) => {
    const id = levyIdOf(row);
    const levy = id === null ? null : await manager.findOneBy(Levy, { id, batchId: batch.id });
    if (!levy) return refusal('LEVY_NOT_FOUND');
    if (levy.rowLevel === 2) return refusal('LEVY_IN_USE', '单位的人员明细不能单独撤销，请撤销该单位后重新核定。');
    if (levy.exchange !== ASSESSED || levy.money !== 0) return refusal('LEVY_IN_USE', '该行已报盘、已缴费或已撤销。');
    const { unitNo, insutype, part, accrym_begn, accrym_end } = levy;
    const split = unitNo === null ? null : { batchId: batch.id, unitNo, insutype, part, accrym_begn, accrym_end, rowLevel: 2 };
    await manager.update(Levy, { id: levy.id }, { exchange: WITHDRAWN });
    if (split) await manager.update(Levy, split, { exchange: WITHDRAWN });
    return null;
  },
};

function parametersOf({ parameters }: Pick<Batch, 'parameters'>): AssessmentParameters {
  const read = readParameters(parameters as Record<string, unknown>);
  if (typeof read === 'string') throw new TypeError(`a batch was accepted with these parameters: ${read}`);
  return read;
}

function linesAtMost({ variant, months }: AssessmentParameters): number {
  const { payerKind } = variantOf(variant);
  const perMonth = contributionRules.rates.filter((rule) => rule.payerKind === payerKind).length;
  return perMonth * (months ? monthsBetween(months.from, months.through).length : 1);
}

function idsOf({ frozen }: Batch, { no }: Chunk): readonly [number, number] {
  const { ids } = frozen as FrozenAssessment;
  const [from, through] = [ids[no], ids[no + 1]];
  if (from === undefined || through === undefined) throw new Error(`chunk ${no} has no numbers`);
  return [from, through];
}

async function assessChunk(manager: EntityManager, batch: Batch, chunk: Chunk): Promise<Assessed> {
  const { mark, rows } = batch.frozen as FrozenAssessment;
  const parameters = parametersOf(batch);
  const population = populationOf(manager, batch.division, parameters, mark);
  const people = await readPeople(manager, population, chunk);
  const charged = await chargedBefore(manager, batch, population, chunk);
  const run = new ChunkRun(batch, parameters, idsOf(batch, chunk)[0], charged);
  people.forEach((person, index) => run.take(person, (rows[chunk.no] ?? 1) + index));
  return run.result();
}

async function readPeople(manager: EntityManager, { from: table, condition, values, key }: Population, { from, through }: Chunk): Promise<Insured[]> {
  const found: { [column: string]: unknown }[] = await manager.query(
    `SELECT p.psn_no AS psnNo, p.insutype AS insutype, p.payer_kind AS payerKind, p.unit_no AS unitNo, p.category AS category, p.base_fen AS baseFen, ` +
      `p.from_month AS fromMonth, p.through_month AS throughMonth FROM ${table} ` +
      `WHERE ${condition} AND p.${key} BETWEEN ? AND ? ORDER BY ${key === 'unit_no' ? 'p.unit_no, ' : ''}p.psn_no, p.insutype`,
    [...values, from, through],
  );
  return found.map((row) => ({
    psnNo: row['psnNo'] as string,
    insutype: row['insutype'] as string,
    payerKind: row['payerKind'] as PayerKind,
    unitNo: row['unitNo'] as string | null,
    category: row['category'] as Category,
    baseFen: row['baseFen'] === null ? null : fenOf(row['baseFen']),
    fromMonth: integerOf(row['fromMonth']),
    throughMonth: row['throughMonth'] === null ? null : integerOf(row['throughMonth']),
  }));
}

/** What stands already for the people of a chunk: nobody is charged twice for a month and part. */
async function chargedBefore(manager: EntityManager, { id }: Batch, { key }: Population, { from, through }: Chunk): Promise<ReadonlySet<string>> {
  const found: { [column: string]: unknown }[] = await manager.query(
    `SELECT psn_no AS psnNo, insutype AS insutype, part AS part, accrym_begn AS begn FROM levy WHERE ${key} BETWEEN ? AND ? AND psn_no IS NOT NULL ` +
      'AND batch_id <> ? AND exchange NOT IN (0, 41, 52)',
    [from, through, id],
  );
  return new Set(found.map((row) => chargeKey(row['psnNo'] as string, row['insutype'] as string, row['part'] as string, integerOf(row['begn']))));
}

function chargeKey(psnNo: string, insutype: string, part: string, begin: number): string {
  return `${psnNo}/${insutype}/${part}/${begin}`;
}

interface UnitTotal {
  readonly line: AssessedLine;
  persons: number;
  base: Fen;
  amt: Fen;
  inte: Fen;
}

/** One chunk being assessed: rows in the order in which they are numbered, a unit's totals before its persons. */
class ChunkRun {
  private readonly variant: Variant;
  private readonly months: readonly MonthAssessment[];
  private readonly cashym: number;
  private readonly dueDate: string;
  private readonly cells: Cell[][] = [];
  private readonly rejects: BatchRejection[] = [];
  private readonly sums: Record<string, Fen> = { total: ZERO };
  private done = 0;
  private unitNo: string | null = null;
  private unitRows: { person: Insured; line: AssessedLine }[] = [];

  constructor(
    private readonly batch: Batch,
    { variant, months }: AssessmentParameters,
    private nextId: number,
    private readonly charged: ReadonlySet<string>,
  ) {
    this.variant = variantOf(variant);
    this.cashym = monthNoOf(batch.period ?? '');
    const wanted = months ? monthsBetween(months.from, months.through) : [this.cashym];
    const { rate } = contributionRules.interestPerMonth;
    this.months = wanted.map((month) => ({ month, rules: monthRules(contributionRules, month), late: Math.max(0, monthsApart(month, this.cashym)), interestRate: rate }));
    this.dueDate = dueDateOf(this.variant, this.cashym, batch.createdAt);
  }

  take(person: Insured, rowNo: number): void {
    if (person.unitNo !== this.unitNo) this.closeUnit();
    this.unitNo = person.unitNo;
    const lines: AssessedLine[] = [];
    for (const month of this.months) {
      const outcome = assess(person, month);
      const problem = isProblem(outcome) ? outcome : outcome.some((line) => this.charged.has(chargeKey(person.psnNo, line.insutype, line.part, line.accrymBegn))) ? { code: 'LEVY_OVERLAP', text: `${month.month} 已经核定过。` } : null;
      if (problem) {
        this.rejects.push({ rowNo, subject: person.psnNo, ...problem });
        return;
      }
      lines.push(...(outcome as readonly AssessedLine[]));
    }
    this.done += 1;
    if (this.variant.payerKind === '1') this.unitRows.push(...lines.map((line) => ({ person, line })));
    else for (const line of lines) this.write(person, line, 1, 1);
  }

  result(): Assessed {
    this.closeUnit();
    return { cells: this.cells, outcome: { done: this.done, rejects: this.rejects, sums: this.sums } };
  }

  private closeUnit(): void {
    const totals = new Map<string, UnitTotal>();
    for (const { line } of this.unitRows) {
      const key = `${line.insutype}/${line.part}/${line.accrymBegn}`;
      const total = totals.get(key) ?? { line, persons: 0, base: ZERO, amt: ZERO, inte: ZERO };
      total.persons += 1;
      total.base = add(total.base, line.baseFen);
      total.amt = add(total.amt, line.amtFen);
      total.inte = add(total.inte, line.inteFen);
      totals.set(key, total);
    }
    for (const { line, persons, base, amt, inte } of totals.values()) this.write(null, { ...line, baseFen: base, amtFen: amt, inteFen: inte }, 1, persons);
    for (const { person, line } of this.unitRows) this.write(person, line, 2, 1);
    this.unitRows = [];
  }

  private write(person: Insured | null, line: AssessedLine, rowLevel: number, persons: number): void {
    const { id, division } = this.batch;
    this.cells.push([
      this.nextId, id, division, this.variant.line, this.variant.payerKind, rowLevel, this.unitNo, person?.psnNo ?? null, line.insutype, line.part, this.variant.clctType,
      line.levyItem, line.levySubitem, this.cashym, line.accrymBegn, line.accrymEnd, line.baseFen, line.rate, persons, line.amtFen, line.inteFen, this.dueDate, ASSESSED, 0, 0,
    ]);
    this.nextId += 1;
    if (rowLevel === 2) return;
    const name = `${line.insutype}/${line.part}`;
    const amount = fen(line.amtFen + line.inteFen);
    this.sums[name] = add(this.sums[name] ?? ZERO, amount);
    this.sums['total'] = add(this.sums['total'] ?? ZERO, amount);
  }
}

/** The due day of the month, or the day after which the batch was begun where that is later. */
function dueDateOf({ line }: Variant, cashym: number, begun: number): string {
  const { employee, flexible, resident } = contributionRules.dueDay;
  const day = line === 'JM' ? resident : line === 'LH' ? flexible : employee;
  const month = `${Math.floor(cashym / 100)}-${String(cashym % 100).padStart(2, '0')}`;
  const due = `${month}-${String(day).padStart(2, '0')}`;
  const today = formatDate(begun);
  return due > today ? due : today;
}
