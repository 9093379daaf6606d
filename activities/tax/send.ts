import type { EntityManager } from 'typeorm';
import { formatDate, formatDateTime, yearOf } from '../../domain/calendar';
import type { BatchRange, BatchRejection, ChunkOutcome } from '../../domain/batch/types';
import { add, fen, type Fen, ZERO } from '../../domain/money';
import { outcomeOf, type OutcomeCode } from '../../domain/outcomes';
import { fileNameOf } from '../../domain/files/file-name';
import { planFile } from '../../domain/files/plan-file';
import { isPayable } from '../../domain/files/control';
import { refusal } from '../../domain/refusal';
import { batchNoOf, poolAreaOf } from '../../domain/tax/exchange';
import { TAX_LINES, type TaxLine } from '../../schemas/tax/items';
import { integerOf } from '../../store/columns';
import { Batch, CaseCounter, TaxFile } from '../../store/entities';
import { takeSerial } from '../../store/serial';
import type { BatchDeps, BatchKind, Chunk, Frozen } from '../batch/kind';
import { editionOf } from '../contribution/editions';
import { exchangeOf } from './exchange';
import { levyRows, type LevyToSend } from './levy-rows';
import { listOf } from './levies';
import { wakeExchange } from './wake';

export const LEVY_SEND = 'levy-send';

/** Levies of one chunk: tried and marked in well under a second. */
const ROWS_A_CHUNK = 5_000;

export interface FrozenSend {
  /** Edition of the register whose names and numbers are sent. */
  readonly edition: number;
  readonly line: TaxLine;
  readonly cashym: number;
  /** Ordinal of the first levy of each chunk, from 1. */
  readonly rows: readonly number[];
}

/** What a chunk may send: worked out, not marked yet. */
interface Tried {
  readonly ids: readonly number[];
  readonly outcome: ChunkOutcome;
}

/** 财政补助 is applied for with the treasury of the government, never levied. */
export const LEVIED = "l.part <> '3'";

/**
 * Levies go out (报盘): what was assessed and confirmed for a division, line and month waits for another person; then one file leaves with
 * it. Rows that cannot be written stay behind with their unit, each with its reason.
 */
export const levySend: BatchKind<Tried> = {
  zh: '征集报盘',
  startRoles: ['maker'],
  confirmedBy: 'levy-send-confirm',
  parallel: 2,
  check: async (manager, { division, period, parameters }) => {
    const line = (parameters as { line?: unknown }).line as TaxLine;
    if (period === null || !TAX_LINES.includes(line)) return refusal('TAX_PARAMETERS_INVALID');
    const others = await manager.findBy(Batch, { kind: LEVY_SEND, division, period });
    const other = others.find((each) => (each.parameters as { line?: string }).line === line && ['accepted', 'working', 'previewed', 'discarding'].includes(each.state));
    return other ? refusal('BATCH_UNDER_WAY', `批次 ${other.id} 尚未办结，同一征缴线和所属期的报盘不能并行。`) : null;
  },
  freeze: (deps, batch, heartbeat) => freezeSend(deps, batch, heartbeat),
  read: async ({ store, tax }, batch, chunk) => tryRows(exchangeOf(tax).format, await store.read((manager) => candidates(manager, batch, chunk)), (batch.frozen as FrozenSend).rows[chunk.no] ?? 1),
  work: async (manager, batch, _chunk, { ids, outcome }) => {
    if (ids.length > 0) await manager.query(`UPDATE levy SET exchange = 20, send_batch = ? WHERE id IN (${listOf(ids)}) AND exchange = 10`, [batch.id]);
    return outcome;
  },
  discard: async (manager, batch, { from, through }) => {
    await manager.query('UPDATE levy SET exchange = 10, send_batch = NULL WHERE id BETWEEN ? AND ? AND send_batch = ? AND exchange = 20', [Number(from), Number(through), batch.id]);
  },
  confirm: async (manager, batch) => {
    const now = Date.now();
    if (batch.done === 0) return null;
    await openFile(manager, batch, now);
    await wakeExchange(manager, batch.division, batch.id, now);
    return null;
  },
};

/** Levies are cut where a unit ends, so that no unit is in two chunks. */
async function freezeSend({ store }: BatchDeps, batch: Batch, heartbeat: () => void): Promise<Frozen> {
  const { line } = batch.parameters as { readonly line: TaxLine };
  const cashym = Number((batch.period ?? '').replace('-', ''));
  return store.read(async (manager) => {
    const edition = await editionOf(manager, batch.division);
    const assessed = await manager.find(Batch, { where: { kind: 'contrib-assessment', division: batch.division, state: 'done' }, order: { id: 'ASC' } });
    const spans = assessed.flatMap(({ id, frozen }) => {
      const { ids } = frozen as { readonly ids: readonly number[] };
      return ids.length > 1 ? [{ id, first: ids[0] ?? 0, end: ids.at(-1) ?? 0 }] : [];
    });
    const ranges: BatchRange[] = [];
    for (const { id, first, end } of spans.sort((a, b) => a.first - b.first)) {
      let open: { from: number; through: number; rows: number; unit: string | null } | null = null;
      for (let after = first - 1; ; ) {
        const rows: { id: unknown; unit_no: string | null }[] = await manager.query(
          `SELECT l.id AS id, l.unit_no AS unit_no FROM levy l WHERE l.id > ? AND l.id < ? AND l.batch_id = ? AND l.line = ? AND l.cashym = ? AND l.exchange = 10 AND ${LEVIED} ORDER BY l.id LIMIT 20000`,
          [after, end, id, line, cashym],
        );
        for (const row of rows) {
          const own = integerOf(row.id);
          const goesOn: boolean = open !== null && (open.rows < ROWS_A_CHUNK || (row.unit_no !== null && row.unit_no === open.unit));
          if (open && goesOn) Object.assign(open, { through: own, rows: open.rows + 1, unit: row.unit_no });
          else {
            if (open) ranges.push(rangeOf(open));
            open = { from: own, through: own, rows: 1, unit: row.unit_no };
          }
          after = own;
        }
        heartbeat();
        if (rows.length < 20_000) break;
      }
      if (open) ranges.push(rangeOf(open));
    }
    let next = 1;
    const rows = ranges.map((range) => {
      const first = next;
      next += range.rows;
      return first;
    });
    const frozen: FrozenSend = { edition, line, cashym, rows };
    return { frozen, ranges };
  });
}

function rangeOf({ from, through, rows }: { readonly from: number; readonly through: number; readonly rows: number }): BatchRange {
  return { from: String(from), through: String(through), rows };
}

function candidates(manager: EntityManager, batch: Batch, { from, through }: Chunk): Promise<LevyToSend[]> {
  const { edition, line, cashym } = batch.frozen as FrozenSend;
  const condition =
    `l.id BETWEEN ? AND ? AND l.division = ? AND l.line = ? AND l.cashym = ? AND l.exchange = 10 AND ${LEVIED} ` +
    "AND EXISTS (SELECT 1 FROM batch b WHERE b.id = l.batch_id AND b.state = 'done')";
  return levyRows(manager, condition, [Number(from), Number(through), batch.division, line, cashym], edition, 'A');
}

/** Tries the rows of a chunk: those that the file cannot hold stay behind together with their unit. */
async function tryRows(format: Parameters<typeof planFile>[0], rows: readonly LevyToSend[], firstRow: number): Promise<Tried> {
  const plan = await planFile(format, 'ZJ', rows.map(({ row }) => row));
  const reasons = new Map<number, { code: OutcomeCode; text: string }>();
  for (const { index, code, message } of plan.rejects) reasons.set(index, { code, text: message });
  const ids: number[] = [];
  const rejects: BatchRejection[] = [];
  const sums: Record<string, Fen> = { total: ZERO };
  let group: { readonly index: number; readonly each: LevyToSend }[] = [];
  const close = (): void => {
    const bad = group.flatMap(({ index, each }) => {
      const reason = reasons.get(index) ?? (each.row.payer_kind === '1' && each.row.row_level === '1' && each.row.tax_reg_no === '' ? { code: 'TAX_REG_NO_MISSING' as const, text: outcomeOf('TAX_REG_NO_MISSING').title } : null);
      return reason ? [{ rowNo: firstRow + index, subject: each.row.levy_no, ...reason }] : [];
    });
    rejects.push(...bad);
    if (bad.length > 0) return;
    for (const { each: { id, row } } of group) {
      ids.push(id);
      if (!isPayable(row)) continue;
      const name = `${row.insutype}/${row.part}`;
      sums[name] = add(sums[name] ?? ZERO, fen(row.amt));
      sums['total'] = add(sums['total'] ?? ZERO, fen(row.amt));
    }
  };
  rows.forEach((each, index) => {
    if (each.row.payer_kind !== '1' || each.row.row_level === '1') {
      close();
      group = [];
    }
    group.push({ index, each });
  });
  close();
  return { ids, outcome: { done: ids.length, rejects, sums } };
}

/** Registers the file with which a batch leaves, ready to be written: its serial is taken and its head is fixed, so that it is always the same. */
async function openFile(manager: EntityManager, batch: Pick<Batch, 'id' | 'division' | 'period' | 'parameters'>, at: number): Promise<number> {
  const { line } = batch.parameters as { readonly line: TaxLine };
  const cashym = (batch.period ?? '').replace('-', '');
  const [row]: { n: unknown; amount: unknown }[] = await manager.query(
    "SELECT COUNT(*) AS n, SUM(CASE WHEN row_level = 1 THEN amt_fen ELSE 0 END) AS amount FROM levy WHERE send_batch = ? AND exchange = 20",
    [batch.id],
  );
  return registerOut(manager, { batchId: batch.id, division: batch.division, item: line === 'TS' ? 'TS' : 'ZJ', line, period: cashym, total: integerOf(row?.n ?? 0), amount: integerOf(row?.amount ?? 0) }, at);
}

/** A file of ours with the next serial of its day. */
async function registerOut(
  manager: EntityManager,
  { batchId, division, item, line, period, total, amount }: {
    readonly batchId: string; readonly division: string; readonly item: 'ZJ' | 'TS'; readonly line: TaxLine; readonly period: string; readonly total: number; readonly amount: number;
  },
  at: number,
): Promise<number> {
  const day = formatDate(at);
  const poolarea_no = poolAreaOf(division);
  const file_sn = await takeSerial(manager, CaseCounter, { division: poolarea_no, definition: `tax-file/${item}/${line}/${day}`, year: yearOf(day) }, 'serial');
  const taxdept_code = `1${division}0000`;
  const head = { item, line, poolarea_no, taxdept_code, period, file_sn, made_at: formatDateTime(at) };
  const { identifiers } = await manager.insert(TaxFile, {
    direction: 'out', division, item, line, poolarea_no, taxdept_code, period, batch_no: batchNoOf(batchId), day, file_sn, serialKey: `out/${poolarea_no}/${item}/${line}/${day}/${file_sn}`,
    name: fileNameOf(head as Parameters<typeof fileNameOf>[0], { extension: 'txt' }), bytes: null, total, amountFen: fen(amount), sm3: null, state: 'ready', code: null, note: null,
    refFileId: null, batchId, madeAt: head.made_at, createdAt: at, sentAt: null, answeredAt: null, arrivals: 0,
  });
  return Number(identifiers[0]?.['id']);
}
