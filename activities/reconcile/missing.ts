import { In, Not, type EntityManager } from 'typeorm';
import { addDays, formatDate, parseDate } from '../../domain/calendar';
import { daysFrom, isLate, isOver } from '../../domain/reconciliation/days';
import { Reconciliation, Settlement } from '../../store/entities';
import { raise } from './abnormal';
import { profileOf, type ReconcileAttempt } from './context';
import { watchedBetween } from './watched';

/** Days looked back for a day that is not closed or not run [practice]: a month's clearing is applied for after it. */
const LOOK_BACK_DAYS = 35;
/** Days for which a run that did not close its day is repeated each night [practice]; afterwards a person starts it. */
const REPEAT_DAYS = 7;

/**
 * Days that the nightly run takes: the day before, whatever it holds; the last seven that have something and are not
 * closed; and any day of the last 35 with something that was never run. So a night that was missed is made up by the next.
 */
export async function dueDays(deps: ReconcileAttempt, { institution }: { readonly institution: string }): Promise<readonly string[]> {
  const today = formatDate(deps.now());
  const yesterday = addDays(today, -1);
  return deps.store.read(async (manager) => {
    const busy = await busyDays(manager, institution, addDays(today, -LOOK_BACK_DAYS), yesterday);
    const runs = await runsOf(manager, institution, addDays(today, -LOOK_BACK_DAYS));
    const isDue = (date: string): boolean => {
      const own = runs.filter((run) => run.businessDate === date && isOver(date, run.startedAt));
      if (date < addDays(today, -REPEAT_DAYS)) return !own.some((run) => FINISHED.includes(run.state));
      return !own.some((run) => run.state === 'closed');
    };
    return [...new Set([...busy.filter(isDue), yesterday])].sort();
  });
}

/** Days on which the institution settled, or lost an answer, whose run is not finished by the deadline of the following day. */
export async function missingDays(manager: EntityManager, institution: string, deadline: string, now: number): Promise<string[]> {
  const today = formatDate(now);
  const from = addDays(today, -LOOK_BACK_DAYS);
  const late = (await busyDays(manager, institution, from, addDays(today, -1))).filter((date) => isLate(date, deadline, now));
  const runs = await runsOf(manager, institution, from);
  return late.filter((date) => !runs.some((run) => run.businessDate === date && FINISHED.includes(run.state) && isOver(date, run.startedAt)));
}

/** Raises an abnormal item for each missing day; the run that makes it up closes it. */
export async function watchReconciliations(deps: ReconcileAttempt, { institution }: { readonly institution: string }): Promise<readonly string[]> {
  const deadline = profileOf(deps, institution).reconcileDeadline;
  return deps.store.write(async (manager) => {
    const missing = await missingDays(manager, institution, deadline, deps.now());
    for (const date of missing) {
      const title = `${date} 有结算，次日 ${deadline} 前没有完成对账`;
      await raise(manager, deps, { institution, date }, { subject: date, code: 'RECONCILIATION_MISSING', title });
    }
    return missing;
  });
}

const FINISHED: readonly Reconciliation['state'][] = ['closed', 'balanced', 'differs'];

function runsOf(manager: EntityManager, institution: string, from: string): Promise<Reconciliation[]> {
  return manager
    .createQueryBuilder(Reconciliation, 'run')
    .where('run.institution = :institution AND run.businessDate >= :from', { institution, from })
    .getMany();
}

/** Days with a settlement at the centre, whatever became of it, or with a message whose outcome is not proven. */
async function busyDays(manager: EntityManager, institution: string, from: string, to: string): Promise<string[]> {
  const settled = await manager
    .createQueryBuilder(Settlement, 'row')
    .select('row.businessDate', 'date')
    .distinct(true)
    .where({ institution, businessDate: In(daysFrom(from, to)), kind: Not('selfPay') })
    .getRawMany<{ date: string }>();
  const watched = await watchedBetween(manager, institution, parseDate(from), parseDate(addDays(to, 1)));
  const days = [...settled.map((row) => row.date), ...watched.flatMap((message) => daysFrom(message.firstDay, message.lastDay))];
  return [...new Set(days)].filter((date) => date >= from && date <= to).sort();
}
