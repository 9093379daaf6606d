import type { EntityManager } from 'typeorm';
import { addDays, formatDate } from '../../domain/calendar';
import type { Refusal } from '../../domain/commands';
import { isRefusal } from '../../domain/refusal';
import { currentCaseDefinitions } from '../../schemas/processes/load-cases';
import { prepaymentRules } from '../../schemas/processes/xr-prepayment-rules';
import type { PrepayQuota } from '../../store/entities';
import { openCase } from '../office-case/open';

/**
 * Opens, as a draft of the one who made the quota, the case that brings a pool to it: a pay-in (上缴) where it holds less, a
 * return (退还) where it holds more; `payInDays` from the voucher to the money. The maker submits it. Returns its number, null
 * where the pool holds the quota.
 */
export async function openDifferenceCase(manager: EntityManager, quota: PrepayQuota, makerId: string, payInDays: number): Promise<string | null | Refusal> {
  if (quota.differenceFen === 0) return null;
  return openPrepayment(manager, quota.differenceFen > 0 ? 'xr-prepay-payin' : 'xr-prepay-return', quota, makerId, payInDays);
}

/** Opens, as a draft, the return of what a pool holds above the quota (`differenceFen` below zero). Returns its number. */
export function openReturnCase(manager: EntityManager, quota: PrepayQuota, makerId: string): Promise<string | Refusal> {
  return openPrepayment(manager, 'xr-prepay-return', quota, makerId, prepaymentRules.payInDays);
}

async function openPrepayment(manager: EntityManager, key: string, quota: PrepayQuota, makerId: string, days: number): Promise<string | Refusal> {
  const { city, fund, year, version, differenceFen, province, caseNo, at } = quota;
  const definition = currentCaseDefinitions()[key];
  if (!definition) throw new Error(`there is no case definition ${key}`);
  const dueDate = addDays(formatDate(at), days);
  const form = { city, fund, year, amountFen: Math.abs(differenceFen), dueDate, basis: `${caseNo}（${year} 年第 ${version} 版）` };
  const opened = await openCase(manager, { definition, division: province, makerId, form }, at);
  return isRefusal(opened) ? opened : opened.caseNo;
}
