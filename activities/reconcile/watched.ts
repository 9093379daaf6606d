import { type EntityManager, In } from 'typeorm';
import { addDays, parseDate } from '../../domain/calendar';
import { bookingDays, BOOKED_WITHIN_MS } from '../../domain/reconciliation/days';
import { Admission, Message } from '../../store/entities';

/** Messages that book a settlement (2304, and 2304A where the profile says so). */
export const SETTLEMENT_INFNOS = ['2304', '2304A'];

/** A settlement message whose outcome only the day's files can prove. */
export interface Watched {
  readonly msgid: string;
  readonly workflowId: string;
  readonly resolution: Message['resolution'];
  /** Still without an outcome: its sender may yet get the answer. */
  readonly underWay: boolean;
  /** Last business day on which the centre may have booked it. */
  readonly lastDay: string;
  readonly firstDay: string;
}

/**
 * Messages that a day has to prove: abandoned ones on the watch list, those proven absent whose stay was not told yet, and
 * lost ones that nobody has given up. A message of a quarter to midnight belongs to the next day too.
 */
export async function watchedOfDay(manager: EntityManager, institution: string, date: string): Promise<Watched[]> {
  return watchedBetween(manager, institution, parseDate(date) - BOOKED_WITHIN_MS, parseDate(addDays(date, 1)));
}

/** As `watchedOfDay`, for messages prepared from `from` on and before `to` (epoch ms). */
export async function watchedBetween(manager: EntityManager, institution: string, from: number, to: number): Promise<Watched[]> {
  const messages = await manager
    .createQueryBuilder(Message, 'message')
    .select(['message.id', 'message.msgid', 'message.workflowId', 'message.resolution', 'message.outcome', 'message.preparedAt', 'message.sentAt'])
    .where('message.institution = :institution AND message.infno IN (:...infnos)', { institution, infnos: SETTLEMENT_INFNOS })
    .andWhere('message.preparedAt >= :from AND message.preparedAt < :to', { from, to })
    .andWhere("message.state <> 'prepared' AND (message.outcome IS NULL OR message.outcome = 'unknown')")
    .andWhere("(message.resolution IS NULL OR message.resolution IN ('open', 'manual', 'abandoning', 'adopting') OR message.watchDay IS NOT NULL)")
    .orderBy('message.id')
    .getMany();
  return messages.map(({ msgid, workflowId, resolution, outcome, preparedAt, sentAt }) => {
    const { first, last } = bookingDays(sentAt ?? preparedAt);
    return { msgid, workflowId, resolution, underWay: outcome === null, firstDay: first, lastDay: last };
  });
}

/** Insurance types of the stays that sent these messages. */
export async function insutypesOf(manager: EntityManager, institution: string, messages: readonly Watched[]): Promise<string[]> {
  if (messages.length === 0) return [];
  const workflowId = In([...new Set(messages.map((message) => message.workflowId))]);
  const stays = await manager.find(Admission, { select: { id: true, insutype: true }, where: { institution, workflowId } });
  return [...new Set(stays.flatMap((stay) => stay.insutype ?? []))];
}
