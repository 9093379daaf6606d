import { addMonths, periodOf, periodText } from '../domain/clearing/period';
import { dateTime } from './format';

/** The month before this one in China, `2026-10`: the one that is cleared now. */
export function lastMonth(): string {
  return periodText(addMonths(periodOf(dateTime(Date.now()).slice(0, 7)), -1));
}
