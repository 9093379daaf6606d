import { createReadStream } from 'node:fs';
import { formatDateTime } from '../../domain/calendar';
import { formOf } from '../../domain/files/forms';
import type { HeaderRow, TotalRow } from '../../schemas/tax/fields';
import { sql } from '../kit/books';
import { takenPath, type Arrival } from './arrivals';
import type { Machinery } from './machinery';
import { draftFile } from './outgoing';
import { differingTotals, totalsOf } from './totals';

/**
 * 对账 of the bureau: each of its totals is compared with the office's own; for a day that differs the details of the office
 * follow in a DZ of its own. Safe to do again after a crash.
 */
export async function answerTotals(machinery: Machinery, arrival: Arrival, header: HeaderRow, now: number): Promise<void> {
  const { books, format } = machinery;
  const theirs: TotalRow[] = [];
  for await (const batch of formOf(format).read(createReadStream(takenPath(machinery, arrival.sm3)), { item: 'DZ', fields: 'all', first: 0 })) {
    for (const read of batch) if (read.kind === 'total' && 'row' in read) theirs.push(read.row as unknown as TotalRow);
  }
  const days = [...new Set(theirs.map(({ day }) => day))];
  const verdicts = differingTotals(theirs, days.flatMap((day) => totalsOf(books.db, day, header)));
  books.write(true, () => {
    if (sql<[number]>(books.db, 'SELECT 1 FROM row_answer WHERE arrival = ?').get(arrival.id)) return;
    theirs.forEach((row, index) => {
      const verdict = verdicts[index];
      const [result, code] = verdict === 'equal' ? ['1', '000000'] : ['2', verdict === 'differs' ? 'DZ0001' : 'DZ0002'];
      sql<unknown[]>(
        books.db,
        "INSERT INTO row_answer (arrival, row_no, levy_no, result, code, text, dcla_no, taxrpt_no, at) VALUES (?, ?, '', ?, ?, '', '', '', ?)",
      ).run(arrival.id, row.row_no, result, code, formatDateTime(now));
    });
    const differing = days.filter((day) => theirs.some((row, index) => row.day === day && verdicts[index] !== 'equal'));
    for (const day of differing) {
      draftFile(machinery, { item: 'DZ', rows: { of: 'totals', day, details: true }, group: header, ref_file: arrival.name, at: now });
    }
  });
}
