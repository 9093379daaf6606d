import type { EntityManager } from 'typeorm';
import { formatDate, yearOf } from '../../domain/calendar';
import { serialNumber } from '../../domain/documents/number';
import { OrderCounter } from '../../store/entities';
import { takeSerial } from '../../store/serial';

/** Letters of a payment's number; those of orders are in domain/disbursement/payment.ts. */
export const PAYMENT_LETTERS = 'FK';

/**
 * The next number of a payer: `990100-BF-202611-000001`, gapless a payer, letters and year because it is taken in the
 * transaction of what it numbers. `at` in epoch ms.
 */
export async function nextNumber(manager: EntityManager, payer: string, letters: string, at: number): Promise<string> {
  const serial = await takeSerial(manager, OrderCounter, { payer, letters, year: yearOf(formatDate(at)) }, 'lastNo');
  return serialNumber(payer, letters, at, serial);
}
