import { formatDateTime } from '../../domain/calendar';
import { randomFrom } from '../kit/fault-plan';
import { sql, type Db } from '../kit/books';
import { GROUP_COLUMNS, type Group } from './group';
import type { Machinery } from './machinery';
import { draftFile } from './outgoing';
import { lotOf, readScenario } from './scenario';
import { readSettings } from './settings';

const OF_GROUP = 'line = @line AND poolarea_no = @poolarea_no AND taxdept_code = @taxdept_code AND period = @period AND batch_no = @batch_no';
const NEW = 'hp_file IS NULL AND clct_time <= @cut';
/** Told before, and entered the treasury since. */
const ENTERED = "entry_file IS NULL AND hp_file IS NOT NULL AND intsury_date > '' AND intsury_date <= @day AND voided = 0";

/** Makes 回盘 (HP) of all that was paid and undone and has entered the treasury up to `at`, and TK and TJ. */
export function makeReturns(machinery: Machinery, at: number): void {
  const { books } = machinery;
  const cut = formatDateTime(at);
  books.write(true, () => {
    const { treasuryUpdate } = readSettings(books);
    const groups = sql<object, Group>(books.db, `SELECT ${GROUP_COLUMNS} FROM receipt WHERE ${NEW} UNION SELECT ${GROUP_COLUMNS} FROM receipt WHERE ${ENTERED}`);
    for (const group of groups.all({ cut, day: cut.slice(0, 10) })) tell(machinery, group, at, treasuryUpdate === 'repeat' ? '01' : '04');
    makeRefundFiles(machinery, at);
  });
}

function tell(machinery: Machinery, group: Group, at: number, updateKind: string): void {
  const { db } = machinery.books;
  const cut = formatDateTime(at);
  const file = draftFile(machinery, { item: 'HP', rows: { of: 'told' }, group, at, ...lateness(db, group, at) });
  const of = { ...group, cut, day: cut.slice(0, 10), file };
  const told = sql<object>(
    db,
    `INSERT INTO told (file, n, receipt, as_kind) SELECT @file, row_number() OVER (ORDER BY clct_time, id), id, kind FROM receipt WHERE ${NEW} AND ${OF_GROUP}`,
  ).run(of).changes;
  sql<object>(
    db,
    `INSERT INTO told (file, n, receipt, as_kind) SELECT @file, @told + row_number() OVER (ORDER BY id), id, CASE kind WHEN '01' THEN @updateKind ELSE '04' END
       FROM receipt WHERE ${ENTERED} AND ${OF_GROUP}`,
  ).run({ ...of, told, updateKind });
  sql<object>(db, `UPDATE receipt SET entry_file = @file WHERE ${ENTERED} AND ${OF_GROUP}`).run(of);
  sql<object>(
    db,
    `UPDATE receipt SET hp_file = @file, entry_file = CASE WHEN intsury_date > '' AND intsury_date <= @day AND voided = 0 THEN @file END
       WHERE ${NEW} AND ${OF_GROUP}`,
  ).run(of);
}

/** Some files of a scenario are shown days later, so that a later one comes first, or are shown twice. */
function lateness(db: Db, group: Group, at: number): { visibleAt?: number; spoilt?: readonly 'doubled'[] } {
  const scenario = readScenario(db);
  if (!scenario) return {};
  const { lateRate, lateDays, twiceRate } = scenario.files;
  const draw = randomFrom(lotOf(scenario.seed, `${group.line}${group.batch_no}${at}`));
  const visibleAt = draw() < lateRate ? at + lateDays * 86_400_000 + 1 : at;
  return draw() < twiceRate ? { visibleAt, spoilt: ['doubled'] } : { visibleAt };
}

function makeRefundFiles(machinery: Machinery, at: number): void {
  const { db } = machinery.books;
  const moment = { cut: formatDateTime(at) };
  const columns = GROUP_COLUMNS.split(', ').map((name) => `r.${name}`).join(', ');
  const of = OF_GROUP.replaceAll(/(\w+) = @/g, 'r.$1 = @');
  const applied = `application a JOIN receipt r ON r.id = a.receipt WHERE a.state = 'applied' AND a.applied_at <= @cut`;
  for (const group of sql<object, Group>(db, `SELECT DISTINCT ${columns} FROM ${applied}`).all(moment)) {
    const file = draftFile(machinery, { item: 'TK', rows: { of: 'applications' }, group, at });
    sql<object>(db, `UPDATE application SET state = 'sent', tk_file = @file WHERE dcla_no IN (SELECT a.dcla_no FROM ${applied} AND ${of})`).run({ ...group, ...moment, file });
  }
  const ended = `refund_result f JOIN application a ON a.dcla_no = f.dcla_no JOIN receipt r ON r.id = a.receipt WHERE f.file IS NULL AND f.at <= @cut`;
  for (const group of sql<object, Group>(db, `SELECT DISTINCT ${columns} FROM ${ended}`).all(moment)) {
    const file = draftFile(machinery, { item: 'TJ', rows: { of: 'results' }, group, at });
    sql<object>(db, `UPDATE refund_result SET file = @file WHERE id IN (SELECT f.id FROM ${ended} AND ${of})`).run({ ...group, ...moment, file });
  }
}
