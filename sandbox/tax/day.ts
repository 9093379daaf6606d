import { addDays, formatDate, parseDate } from '../../domain/calendar';
import { keep, kept, sql, type Books } from '../kit/books';
import { performDue } from './events';
import { lookIntoFolder, putIntoFolder } from './folder';
import { processArrivals } from './intake';
import type { Machinery } from './machinery';
import { makeReturns } from './make-returns';
import { writeOutFiles } from './outgoing';
import { readSettings, type Settings } from './settings';
import { showDue } from './shelf';
import { closeDay, closeTreasury } from './treasury';

const HOUR_MS = 3_600_000;
const LIVED_UNTIL = 'lived_until';

interface Hour {
  readonly hour: number;
  readonly make: (machinery: Machinery, at: number) => void;
}

/** What the office does every day: 对账 of yesterday, the treasury's lines, 回盘. */
function hoursOf({ hpHours }: Settings): Hour[] {
  const fixed: Hour[] = [
    { hour: 1, make: closeDay },
    { hour: 8, make: closeTreasury },
  ];
  return [...fixed, ...[...new Set(hpHours)].map((hour) => ({ hour, make: makeReturns }))].sort((a, b) => a.hour - b.hour);
}

/** The last hour that the office has lived through. As long as nothing was paid and no file was made, that is now, even when the clock went back. */
function livedUntil(books: Books, now: number): number {
  const known = Number(kept(books.db, LIVED_UNTIL) ?? Number.POSITIVE_INFINITY);
  if (known <= now) return known;
  const lived = sql(books.db, 'SELECT 1 FROM receipt UNION ALL SELECT 1 FROM out_file LIMIT 1').get() !== undefined;
  return lived ? known : setLived(books, now);
}

function setLived(books: Books, at: number): number {
  books.write(false, () => keep(books.db, LIVED_UNTIL, String(at)));
  return at;
}

/**
 * Lives up to now: reads what came, lets payers pay and the treasury work hour by hour, makes files and puts them on the shelf.
 * A clock that went back waits until it has come back. Runs in the lane.
 */
export async function live(machinery: Machinery): Promise<void> {
  const { books, clock } = machinery;
  const before = livedUntil(books, clock.now());
  await lookIntoFolder(machinery);
  await processArrivals(machinery);
  const now = clock.now();
  const settings = readSettings(books);
  const hours = hoursOf(settings);
  const lastDay = formatDate(now);
  for (let day = formatDate(before); day <= lastDay; day = addDays(day, 1)) {
    for (const { hour, make } of hours) {
      const at = parseDate(day) + hour * HOUR_MS;
      if (at <= before || at > now) continue;
      await performDue(books, settings, at);
      make(machinery, at);
      setLived(books, at);
      await writeOutFiles(machinery);
      await putIntoFolder(machinery, showDue(machinery, at));
    }
  }
  if (now > before) await performDue(books, settings, now);
  await writeOutFiles(machinery);
  await putIntoFolder(machinery, showDue(machinery, now));
  // What was told once more is written only now.
  await writeOutFiles(machinery);
  await putIntoFolder(machinery, showDue(machinery, now));
}
