import { createReadStream } from 'node:fs';
import { formatDate, formatDateTime } from '../../domain/calendar';
import { parseReady } from '../../domain/files/ready-file';
import { readRows, resumeByte } from '../../domain/files/read-rows';
import { scanFile } from '../../domain/files/scan-file';
import type { AnyRow, HeaderRow, LevyRow, PaymentRow, PersonRow, ReceiptRow, UnitRow } from '../../schemas/tax/fields';
import { sql } from '../kit/books';
import { answerTotals } from './answer-totals';
import { takenPath, type Arrival } from './arrivals';
import { continuesUnit, FILE_ITEMS_IN } from './items-in';
import { judgeCancels } from './judge-cancel';
import { judgeLevies, type Desk, type Verdict } from './judge-levy';
import { judgeConsent, judgePerson, judgeUnit, keepFeedback } from './judge-others';
import type { Machinery } from './machinery';
import { draftFile } from './outgoing';
import { FILE_REASONS, reasonOfFinding, type FileReason } from './reasons';
import { applyScenario, readScenario } from './scenario';
import { readSettings } from './settings';

const CHUNK = 1 << 18;
/** Rows that are booked in one transaction, but for a unit that has more persons. */
const A_TURN = 400;

/** Reads all files that came, each from where a crash left it. */
export async function processArrivals(machinery: Machinery): Promise<void> {
  for (;;) {
    const arrival = sql<[], Arrival>(machinery.books.db, "SELECT * FROM arrival WHERE state IN ('received', 'reading') ORDER BY id LIMIT 1").get();
    if (!arrival) return;
    if (arrival.state === 'received') await check(machinery, arrival);
    else await read(machinery, arrival);
  }
}

/** The file as a whole: taken for reading, or refused. */
async function check(machinery: Machinery, arrival: Arrival): Promise<void> {
  const { format, books } = machinery;
  const ready = parseReady(arrival.ready, format);
  const report = await scanFile(createReadStream(takenPath(machinery, arrival.sm3), { highWaterMark: CHUNK }), arrival.name, format, ready);
  const [finding] = report.findings;
  if (arrival.code !== '') return refuse(machinery, arrival, report.header, arrival.code as FileReason, arrival.text);
  if (finding || !report.header) return refuse(machinery, arrival, report.header, reasonOfFinding(finding?.code ?? 'FILE_HEADER_MISSING'), finding?.message);
  const reason = reasonAgainst(machinery, arrival, report.header);
  if (reason !== null) return refuse(machinery, arrival, report.header, reason);
  const header = JSON.stringify(report.header);
  books.write(true, () => sql<unknown[]>(books.db, "UPDATE arrival SET state = 'reading', header = ?, rows = ? WHERE id = ?").run(header, report.totals.rows, arrival.id));
}

function reasonAgainst({ books }: Machinery, { item, taxdept_code }: Arrival, header: HeaderRow): FileReason | null {
  const use = FILE_ITEMS_IN[item];
  if (!use) return 'WJ0010';
  const { taxdepts } = readSettings(books);
  if (taxdepts.length > 0 && !taxdepts.includes(taxdept_code)) return 'WJ0013';
  if (use.batch && header.batch_no === '') return 'WJ0012';
  const answered = !use.answers || sql<[string]>(books.db, 'SELECT 1 FROM out_file WHERE name = ?').get(header.ref_file) !== undefined;
  return answered ? null : 'WJ0016';
}

/** A file that is refused as a whole is answered by one row with row number 0. */
function refuse(machinery: Machinery, arrival: Arrival, header: HeaderRow | null, code: FileReason, text: string = FILE_REASONS[code]): void {
  const { books, clock } = machinery;
  books.write(true, () => {
    sql<unknown[]>(
      books.db,
      "INSERT INTO row_answer (arrival, row_no, levy_no, result, code, text, dcla_no, taxrpt_no, at) VALUES (?, 0, '', '2', ?, ?, '', '', ?)",
    ).run(arrival.id, code, shortened(text), formatDateTime(clock.now()));
    const answer = answerFile(machinery, arrival, header);
    sql<unknown[]>(books.db, "UPDATE arrival SET state = 'refused', code = ?, text = ?, answer = ? WHERE id = ?").run(code, text, answer, arrival.id);
  });
}

/** Words fit into the 120 bytes of an answer. */
function shortened(text: string): string {
  return text.length > 58 ? `${text.slice(0, 57)}…` : text;
}

/** Row by row, from the record where a crash left it: verdicts, what they book, and the place, are committed together. */
async function read(machinery: Machinery, arrival: Arrival): Promise<void> {
  const { format, books, registers, clock } = machinery;
  const header = JSON.parse(arrival.header ?? '{}') as HeaderRow;
  const now = clock.now();
  const desk: Desk = { db: books.db, registers, settings: readSettings(books), arrival: arrival.id, group: header, now, today: formatDate(now) };
  if (arrival.item === 'DZ') await answerTotals(machinery, arrival, header, now);
  const start = resumeByte(format, arrival.item, arrival.next_record);
  const chunks = createReadStream(takenPath(machinery, arrival.sm3), { start, highWaterMark: CHUNK });
  let waiting: { record: number; row: AnyRow | null; problem: string }[] = [];
  const flush = (whole: boolean): void => {
    const upTo = whole ? waiting.length : lastGroupStart(waiting);
    if (upTo === 0 || (!whole && upTo < A_TURN)) return;
    const turn = waiting.slice(0, upTo);
    waiting = waiting.slice(upTo);
    books.write(false, () => bookTurn(desk, arrival, header, turn));
  };
  for await (const batch of readRows(chunks, format, arrival.item, arrival.next_record)) {
    for (const each of batch) {
      const row = 'row' in each ? (each.row as unknown as AnyRow) : null;
      waiting.push({ record: each.record, row, problem: 'problem' in each ? each.problem.message : '' });
    }
    flush(false);
  }
  flush(true);
  finish(machinery, arrival, desk, header);
}

type Waiting = { readonly record: number; readonly row: AnyRow | null; readonly problem: string };

/** Place of the last unit or single person that begins; what stands before it is complete. */
function lastGroupStart(waiting: readonly Waiting[]): number {
  let at = waiting.length - 1;
  while (at > 0 && continuesUnit(waiting[at]?.row ?? null)) at -= 1;
  return Math.max(0, at);
}

function bookTurn(desk: Desk, arrival: Arrival, header: HeaderRow, turn: readonly Waiting[]): void {
  const at = formatDateTime(desk.now);
  let refused = 0;
  const answer = (row_no: number, verdict: Verdict): void => {
    if (verdict.result === '2') refused += 1;
    sql<unknown[]>(
      desk.db,
      'INSERT INTO row_answer (arrival, row_no, levy_no, result, code, text, dcla_no, taxrpt_no, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ).run(desk.arrival, row_no, verdict.levy_no, verdict.result, verdict.code, verdict.text ?? '', verdict.dcla_no ?? '', verdict.taxrpt_no ?? '', at);
  };
  for (const group of groupsOf(turn)) {
    const broken = group.some(({ row }) => row === null);
    if (broken) group.forEach(({ record, row, problem }) => answer(record, { result: '2', code: row ? 'ZJ0016' : brokenCode(arrival), text: shortened(problem), levy_no: String(row?.['levy_no'] ?? '') }));
    else judgeGroup(desk, arrival, header, group as (Waiting & { row: AnyRow })[], answer);
  }
  const last = turn.at(-1);
  if (last) sql<[number, number, number]>(desk.db, 'UPDATE arrival SET next_record = ?, refused = refused + ? WHERE id = ?').run(last.record + 1, refused, desk.arrival);
}

const brokenCode = ({ item }: Arrival): 'ZJ0001' | 'DJ0001' => (item === 'DW' || item === 'RY' ? 'DJ0001' : 'ZJ0001');

function* groupsOf(turn: readonly Waiting[]): Generator<Waiting[]> {
  let group: Waiting[] = [];
  for (const each of turn) {
    if (group.length > 0 && !continuesUnit(each.row)) {
      yield group;
      group = [];
    }
    group.push(each);
  }
  if (group.length > 0) yield group;
}

function judgeGroup(desk: Desk, { item, id }: Arrival, header: HeaderRow, group: readonly (Waiting & { row: AnyRow })[], answer: (row_no: number, verdict: Verdict) => void): void {
  const rows = group.map(({ row }) => row as unknown);
  const one = rows[0];
  switch (item) {
    case 'ZJ':
    case 'TS':
      return judgeLevies(desk, rows as LevyRow[]).forEach((verdict, index) => answer((rows[index] as LevyRow).row_no, verdict));
    case 'ZC':
      return judgeCancels(desk, rows as LevyRow[]).forEach((verdict, index) => answer((rows[index] as LevyRow).row_no, verdict));
    case 'DW':
      return answer((one as UnitRow).row_no, judgeUnit(desk, one as UnitRow));
    case 'RY':
      return answer((one as PersonRow).row_no, judgePerson(desk, one as PersonRow));
    case 'TF':
      return answer((one as PaymentRow).row_no, judgeConsent(desk, one as PaymentRow));
    case 'HZ':
    case 'DF':
      return keepFeedback(desk.db, id, group[0]?.record ?? 0, header.ref_file, one as ReceiptRow);
    default:
      // Details of the bureau's 对账 are kept with the file; its totals are what is compared.
      return;
  }
}

function finish(machinery: Machinery, arrival: Arrival, desk: Desk, header: HeaderRow): void {
  const { books } = machinery;
  const { db } = books;
  books.write(true, () => {
    if (arrival.item === 'ZJ' || arrival.item === 'TS') {
      const scenario = readScenario(db);
      if (scenario && (scenario.batch_no === undefined || scenario.batch_no === header.batch_no)) applyScenario(db, scenario, arrival.id, desk.now);
    }
    const refused = sql<[number], { refused: number }>(db, 'SELECT refused FROM arrival WHERE id = ?').get(arrival.id)?.refused ?? 0;
    const use = FILE_ITEMS_IN[arrival.item];
    const answered = use?.answer === 'always' || (use?.answer === 'refusals' && refused > 0);
    const answer = answered ? answerFile(machinery, arrival, header) : '';
    sql<unknown[]>(db, "UPDATE arrival SET state = 'done', answer = ? WHERE id = ?").run(answer, arrival.id);
  });
}

/** HZ, CF or DF over all rows of a file. Returns its name. */
function answerFile(machinery: Machinery, arrival: Arrival, header: HeaderRow | null): string {
  const { books, clock } = machinery;
  const at = clock.now();
  const group = header ?? { line: arrival.line, poolarea_no: arrival.poolarea_no, admdvs: arrival.poolarea_no, taxdept_code: arrival.taxdept_code, period: arrival.period.replace('-', ''), batch_no: '' };
  const item = arrival.item === 'ZC' ? 'CF' : arrival.item === 'DZ' ? 'DF' : 'HZ';
  const visibleAt = at + readSettings(books).answerMinutes * 60_000;
  const file = draftFile(machinery, { item, rows: { of: 'answers', arrival: arrival.id }, group, ref_file: arrival.name, at, visibleAt });
  return sql<[number], { name: string }>(books.db, 'SELECT name FROM out_file WHERE id = ?').get(file)?.name ?? '';
}
