import type { EntityManager } from 'typeorm';
import type { BatchRejection, BatchSums } from '../../domain/batch/types';
import { add, type Fen, fen, negate, ZERO } from '../../domain/money';
import { outcomeOf, type OutcomeCode } from '../../domain/outcomes';
import { fundOfInsurance, type AsideSort } from '../../domain/tax/exchange';
import { moneyOf, netOf, postingKey, type Levy, type PaymentFacts } from '../../domain/tax/levy';
import type { LevyNote } from '../../domain/tax/levy-events';
import { agencyAccount } from '../../domain/ledger/agency-accounts';
import { formatDate } from '../../domain/calendar';
import { insertRows, type Cell } from '../../store/bulk';
import { postEntry } from '../ledger';
import { DATED, listOf, type Standing } from './levies';
import { followUnits } from './units';

/** The chunk of a file whose effect is gathered. */
export interface PostingPlace {
  readonly division: string;
  readonly fileId: number;
  readonly fileName: string;
  readonly batchId: string;
  readonly chunkNo: number;
  /** Epoch ms. */
  readonly now: number;
}

/** Where a row of the file stands that has an effect. */
interface RowPlace {
  readonly rowNo: number;
  readonly insutype: string;
  readonly part: string;
  readonly levyNo: string;
}

interface PaymentToInsert {
  readonly facts: PaymentFacts;
  readonly levyId: number;
  readonly rowNo: number;
  readonly originFile: number | null;
  /** Key of its journal entry. */
  readonly group: string | null;
}

interface AsideToInsert {
  readonly sort: AsideSort;
  readonly code: OutcomeCode;
  readonly place: RowPlace;
  readonly levyId: number | null;
  readonly facts: PaymentFacts | null;
  readonly fileId: number;
  readonly chunkNo: number;
  readonly movedBy: number | null;
  readonly until: number | null;
  readonly group: string | null;
}

const PAYMENT_COLUMNS = [
  'taxrpt_no', 'taxrpt_row', 'kind', 'levy_id', 'file_id', 'chunk_no', 'row_no', 'origin_file', 'orig_taxrpt_no', 'orig_taxrpt_row', 'dcla_no', 'amt_fen', 'inte_fen',
  'latefee_fen', 'paid_fen', 'clct_time', 'ursn_date', 'intsury_date', 'treasury', 'entry_id',
];
const ASIDE_COLUMNS = [
  'division', 'sort', 'code', 'levy_no', 'levy_id', 'insutype', 'part', 'taxrpt_no', 'taxrpt_row', 'kind', 'paid_fen', 'facts', 'file_id', 'chunk_no', 'row_no', 'moved_by',
  'until', 'entry_id', 'created_at',
];

/** What one chunk of a file does to levies, payments, rows put aside and the ledger: gathered row by row, written by few statements. */
export class ChunkPosting {
  private readonly standings = new Map<number, Standing>();
  private readonly after = new Map<number, Levy>();
  private readonly payments: PaymentToInsert[] = [];
  private readonly asides: AsideToInsert[] = [];
  private readonly detached = new Set<Standing>();
  private readonly released: number[] = [];
  /** Amount of each journal entry, by its key; to the credit of what. */
  private readonly groups = new Map<string, { readonly insutype: string; readonly unmatched: boolean; amount: Fen }>();
  readonly rejects: BatchRejection[] = [];
  readonly sums: Record<'total' | 'posted' | 'repeated' | 'held' | 'unmatched' | 'break', Fen> = { total: ZERO, posted: ZERO, repeated: ZERO, held: ZERO, unmatched: ZERO, break: ZERO };

  constructor(private readonly place: PostingPlace, standings: ReadonlyMap<number, Standing>) {
    for (const [id, standing] of standings) this.standings.set(id, standing);
  }

  /** The levy as it stands by now, or null where there is none. */
  levy(id: number | null): Levy | null {
    if (id === null) return null;
    return this.after.get(id) ?? this.standings.get(id)?.levy ?? null;
  }

  standing(id: number | null): Standing | null {
    return id === null ? null : (this.standings.get(id) ?? null);
  }

  /** Keeps what a step made of a levy. `row`: the row of the file that caused it; null for an answer. */
  take(id: number, levy: Levy, notes: readonly LevyNote[], row: { readonly facts: PaymentFacts; readonly place: RowPlace } | null, answerRow = 0): void {
    const standing = this.standings.get(id);
    if (!standing) throw new Error(`levy ${id} is not held`);
    const before = this.after.get(id) ?? standing.levy;
    this.after.set(id, levy);
    const own = row?.place ?? { rowNo: answerRow, insutype: standing.record.insutype, part: standing.record.part, levyNo: standing.record.levyNo };
    for (const note of notes) this.note(standing, before, note, row?.facts ?? null, own);
  }

  private note(standing: Standing, before: Levy, note: LevyNote, current: PaymentFacts | null, place: RowPlace): void {
    const { id } = standing.record;
    switch (note.kind) {
      case 'posted': {
        const origin = note.row === current ? null : this.release(standing, note.row);
        const ours = origin === null || origin.fileId === this.place.fileId;
        const group = this.book(note.row, place, false);
        this.payments.push({ facts: note.row, levyId: id, rowNo: origin?.rowNo ?? place.rowNo, originFile: ours ? null : origin.fileId, group });
        if (origin === null) this.count('posted', note.row.paid);
        else this.move('posted', note.row.paid, origin.fileId);
        return;
      }
      case 'repeated': {
        this.count('repeated', note.row.paid);
        const receipt = before.receipts.find((each) => each.taxrpt_no === note.row.taxrpt_no && each.taxrpt_row === note.row.taxrpt_row);
        const dated = note.row.kind === '01' && receipt?.stage === 'transit' && note.row.intsury_date !== '';
        if (dated) this.payments.push({ facts: { ...note.row, kind: DATED, amt: 0, inte: 0, latefee: 0, paid: 0 }, levyId: id, rowNo: place.rowNo, originFile: null, group: null });
        return;
      }
      case 'held':
        this.count('held', note.row.paid);
        this.putAside('held', 'TAX_ORIGINAL_UNKNOWN', place, note.row, id, this.levy(id)?.held.find(({ row }) => row === note.row)?.until ?? null);
        return;
      case 'unmatched':
        if (note.row === current) this.unmatched('TAX_NO_RECEIVABLE', place, note.row, id);
        else this.detach(standing, note.row);
        return;
      case 'break': {
        const origin = note.row === null || note.row === current ? null : this.release(standing, note.row);
        if (origin === null) {
          this.broken(note.code, place, note.row, id);
          return;
        }
        const { fileId, chunkNo, rowNo } = origin;
        this.asides.push({ ...this.aside('break', note.code, { ...place, rowNo }, note.row, id), fileId, chunkNo });
        this.move('break', note.row?.paid ?? 0, fileId);
        return;
      }
      case 'refundWithoutConsent':
        this.putAside('notice', 'LEVY_REFUND_OPEN', place, note.row, id);
        return;
      case 'surplus':
      case 'cancelNotDone':
        return;
      default:
        return note satisfies never;
    }
  }

  /** 无应收缴费: booked, since the money is there, to the credit of what is to be looked into. */
  unmatched(code: OutcomeCode, place: RowPlace, facts: PaymentFacts, levyId: number | null = null): void {
    this.count('unmatched', facts.paid);
    this.asides.push({ ...this.aside('unmatched', code, place, facts, levyId), group: this.book(facts, place, true) });
    this.reject(place, code);
  }

  /** A difference for a person: not booked. */
  broken(code: OutcomeCode, place: RowPlace, facts: PaymentFacts | null, levyId: number | null = null): void {
    this.count('break', facts?.paid ?? 0);
    this.putAside('break', code, place, facts, levyId);
    this.reject(place, code);
  }

  /** The same row again: nothing is posted. */
  repeated(facts: PaymentFacts): void {
    this.count('repeated', facts.paid);
  }

  outcome(): { readonly rejects: readonly BatchRejection[]; readonly sums: BatchSums } {
    return { rejects: this.rejects, sums: this.sums };
  }

  /** Adds a row of the file to its total; each row is counted once as exactly one of the others. */
  private count(name: Exclude<keyof ChunkPosting['sums'], 'total'>, paid: number): void {
    this.sums[name] = add(this.sums[name], fen(paid));
    this.sums.total = add(this.sums.total, fen(paid));
  }

  /** A held row that ended now: where it came in this file it is counted otherwise; of another file it is none of this one's rows. */
  private move(to: 'posted' | 'break', paid: number, fileId: number): void {
    if (fileId !== this.place.fileId) return;
    this.sums.held = add(this.sums.held, negate(fen(paid)));
    this.sums[to] = add(this.sums[to], fen(paid));
  }

  /** Takes a held row off; where it came. */
  private release(standing: Standing, row: PaymentFacts): { readonly fileId: number; readonly chunkNo: number; readonly rowNo: number } {
    const key = postingKey(row);
    const kept = standing.held.find(({ held }) => postingKey(held.row) === key);
    if (kept) {
      this.released.push(kept.asideId);
      return kept;
    }
    const [mine] = this.asides.splice(this.asides.findIndex(({ sort, facts }) => sort === 'held' && facts !== null && postingKey(facts) === key), 1);
    if (!mine) throw new Error(`no row is held as ${key}`);
    return { fileId: mine.fileId, chunkNo: mine.chunkNo, rowNo: mine.place.rowNo };
  }

  /** A payment that its levy loses, since tax says that the levy is dead. */
  private detach(standing: Standing, row: PaymentFacts): void {
    const { record } = standing;
    const place: RowPlace = { rowNo: 0, insutype: record.insutype, part: record.part, levyNo: record.levyNo };
    const key = postingKey(row);
    const waiting = standing.held.find(({ held }) => postingKey(held.row) === key);
    const payment = standing.payments.find(({ facts }) => postingKey(facts) === key) ?? standing.payments.find(({ facts }) => row.kind === '02' && facts.kind === '02' && facts.orig_taxrpt_no === row.orig_taxrpt_no && facts.orig_taxrpt_row === row.orig_taxrpt_row);
    if (waiting) this.released.push(waiting.asideId);
    const from = payment ?? waiting;
    if (payment) {
      this.detached.add(standing);
      this.book({ ...payment.facts, paid: -payment.facts.paid }, place, false);
    }
    const facts = payment ? { ...row, taxrpt_no: payment.facts.taxrpt_no, taxrpt_row: payment.facts.taxrpt_row } : row;
    const group = this.book(facts, place, true);
    this.asides.push({
      ...this.aside('unmatched', 'TAX_NO_RECEIVABLE', { ...place, rowNo: from?.rowNo ?? 0 }, facts, record.id),
      group, movedBy: this.place.fileId, fileId: from?.fileId ?? this.place.fileId, chunkNo: from?.chunkNo ?? this.place.chunkNo,
    });
  }

  private putAside(sort: AsideSort, code: OutcomeCode, place: RowPlace, facts: PaymentFacts | null, levyId: number | null, until: number | null = null): void {
    this.asides.push({ ...this.aside(sort, code, place, facts, levyId), until });
  }

  private aside(sort: AsideSort, code: OutcomeCode, place: RowPlace, facts: PaymentFacts | null, levyId: number | null): AsideToInsert {
    return { sort, code, place, levyId, facts, fileId: this.place.fileId, chunkNo: this.place.chunkNo, movedBy: null, until: null, group: null };
  }

  private reject({ rowNo, levyNo }: RowPlace, code: OutcomeCode): void {
    this.rejects.push({ rowNo, subject: levyNo, code, text: `${outcomeOf(code).title}，${outcomeOf(code).next}` });
  }

  /** Adds an amount to the journal entry of its insurance, part and treasury; null where no money moves. */
  private book({ paid, treasury }: Pick<PaymentFacts, 'paid' | 'treasury'>, { insutype, part }: RowPlace, unmatched: boolean): string | null {
    if (paid === 0) return null;
    const { batchId, chunkNo } = this.place;
    const key = `tax/${batchId}/${chunkNo}/${insutype || '-'}/${part || '-'}/${treasury || '-'}${unmatched ? '/unmatched' : ''}`;
    const group = this.groups.get(key) ?? { insutype, unmatched, amount: ZERO };
    group.amount = add(group.amount, fen(paid));
    this.groups.set(key, group);
    return key;
  }

  /** Writes everything. */
  async write(manager: EntityManager): Promise<void> {
    const entries = await this.postEntries(manager);
    await this.remove(manager);
    const { fileId, chunkNo, division, now } = this.place;
    await insertRows(manager, 'tax_payment', PAYMENT_COLUMNS, this.payments.map(({ facts: f, levyId, rowNo, originFile, group }): Cell[] => [
      f.taxrpt_no, f.taxrpt_row, f.kind, levyId, fileId, chunkNo, rowNo, originFile, f.orig_taxrpt_no || null, f.orig_taxrpt_row || null, f.dcla_no || null, f.amt, f.inte,
      f.latefee, f.paid, f.clct_time, f.ursn_date, f.intsury_date, f.treasury, group === null ? null : (entries.get(group) ?? null),
    ]));
    await insertRows(manager, 'tax_aside', ASIDE_COLUMNS, this.asides.map(({ sort, code, place, levyId, facts, group, ...each }): Cell[] => [
      division, sort, code, place.levyNo.slice(0, 30), levyId, place.insutype.slice(0, 3), place.part.slice(0, 1), facts?.taxrpt_no ?? '', facts?.taxrpt_row ?? '', facts?.kind ?? '', facts?.paid ?? 0,
      facts === null ? null : JSON.stringify(facts), each.fileId, each.chunkNo, place.rowNo, each.movedBy, each.until, group === null ? null : (entries.get(group) ?? null), now,
    ]));
    await this.updateLevies(manager);
  }

  private async postEntries(manager: EntityManager): Promise<ReadonlyMap<string, number>> {
    const ids = new Map<string, number>();
    const { division, fileName, now } = this.place;
    for (const [key, { insutype, unmatched, amount }] of this.groups) {
      if (amount === 0) continue;
      const fund = fundOfInsurance(insutype);
      const lines = [
        { account: agencyAccount('TAX_TRANSIT', fund), amount },
        { account: agencyAccount(unmatched ? 'CONTRIB_UNMATCHED' : 'CONTRIB_COLLECTED', fund), amount: negate(amount) },
      ];
      const entry = await postEntry(manager, { key, institution: division, admissionId: null, kind: 'tax-return', memo: `税务回盘 ${fileName}`, businessDate: formatDate(now), lines });
      ids.set(key, entry.id);
    }
    return ids;
  }

  private async remove(manager: EntityManager): Promise<void> {
    if (this.released.length > 0) await manager.query(`DELETE FROM tax_aside WHERE id IN (${listOf(this.released)})`);
    if (this.detached.size > 0) await manager.query(`DELETE FROM tax_payment WHERE levy_id IN (${listOf([...this.detached].map(({ record }) => record.id))})`);
  }

  /** One statement for all levies that came to the same state. */
  private async updateLevies(manager: EntityManager): Promise<void> {
    const alike = new Map<string, { readonly set: string; readonly values: readonly Cell[]; readonly ids: number[] }>();
    const units: number[] = [];
    for (const [id, levy] of this.after) {
      const standing = this.standings.get(id);
      if (!standing) continue;
      const { set, values } = assignment(levy);
      const key = JSON.stringify([set, values]);
      const group = alike.get(key) ?? { set, values, ids: [] };
      group.ids.push(id);
      alike.set(key, group);
      if (standing.record.payerKind === '1') units.push(id);
    }
    for (const { set, values, ids } of alike.values()) await manager.query(`UPDATE levy SET ${set} WHERE id IN (${listOf(ids)})`, [...values]);
    await followUnits(manager, units);
  }
}

/** The columns of a levy in a state. */
export function assignment(levy: Levy): { readonly set: string; readonly values: readonly Cell[] } {
  const net = netOf(levy);
  const full = net === levy.amt;
  return {
    set: `exchange = ?, money = ?, accepted = ?, paid_fen = ${full ? 'amt_fen' : '?'}`,
    values: [Number(levy.exchange), Number(moneyOf(levy)), levy.accepted ? 1 : null, ...(full ? [] : [net])],
  };
}
