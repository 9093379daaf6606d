import type { EntityManager } from 'typeorm';
import { addDays, formatDate } from '../../domain/calendar';
import type { Refusal } from '../../domain/commands';
import { isRefusal } from '../../domain/refusal';
import { loadCaseDefinitions, type CaseDefinitions } from '../../schemas/processes/load-cases';
import { prepaymentRules } from '../../schemas/processes/xr-prepayment-rules';
import type { PrepayQuota } from '../../store/entities';
import { openCase } from '../office-case/open';

let loaded: CaseDefinitions | undefined;

/**
 * Opens, as a draft of the one who made the quota, the case that brings a pool to it: a pay-in (上缴) where it holds less, a
 * return (退还) where it holds more. The maker submits it. Returns its number, null where the pool holds the quota.
 */
export async function openDifferenceCase(manager: EntityManager, quota: PrepayQuota, makerId: string): Promise<string | null | Refusal> {
  const { city, fund, year, version, differenceFen, province, caseNo, at } = quota;
  if (differenceFen === 0) return null;
  const key = differenceFen > 0 ? 'xr-prepay-payin' : 'xr-prepay-return';
  loaded ??= loadCaseDefinitions();
  const definition = loaded[key];
  if (!definition) throw new Error(`there is no case definition ${key}`);
  const dueDate = addDays(formatDate(at), prepaymentRules.payInDays);
  const form = { city, fund, year, amountFen: Math.abs(differenceFen), dueDate, basis: `${caseNo}（${year} 年第 ${version} 版）` };
  const opened = await openCase(manager, { definition, division: province, makerId, form }, at);
  return isRefusal(opened) ? opened : opened.caseNo;
}
