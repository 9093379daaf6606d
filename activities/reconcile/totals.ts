import type { GroupKey, RoundInput, TotalsOutcome } from '../../domain/reconciliation/steps';
import type { Input3201 } from '../../schemas/national/generated';
import { ReconciliationGroup } from '../../store/entities';
import { ask, profileOf, scopeText, type ReconcileAttempt } from './context';
import { scopesOf, totalsOfDay, type GroupTotals } from './day-books';
import { watchedOfDay } from './watched';

/** 退费结算标志 of the request: leave refunded settlements out on both sides. */
export const WITHOUT_REFUNDS = '0';

/** 3201 for every group of the day; nothing is booked by it. */
export async function compareTotals(deps: ReconcileAttempt, at: RoundInput): Promise<TotalsOutcome> {
  const { institution, date } = at.opened;
  const { totals, watched } = await deps.store.read(async (manager) => ({
    totals: await totalsOfDay(manager, deps, at.opened),
    watched: await watchedOfDay(manager, institution, date),
  }));
  const unbalanced: GroupKey[] = [];
  for (const group of totals) {
    if (!(await compareGroup(deps, at, group))) unbalanced.push(group);
  }
  // A lost settlement may have been booked in any group that the institution settles in.
  const wanted = watched.length > 0 ? totals : unbalanced;
  return { groups: totals.length, unbalanced: unbalanced.length, scopes: scopesOf(wanted) };
}

async function compareGroup(deps: ReconcileAttempt, at: RoundInput, group: GroupTotals): Promise<boolean> {
  const { insutype, clr_type, clr_optins } = group;
  const key = { reconciliationId: at.opened.id, insutype, clr_type, clr_optins };
  const answer = await ask(deps, at, `3201/${insutype}-${scopeText(group)}`, '3201', inputOf(at, group));
  const { code, words } =
    answer.kind === 'settled'
      ? { code: answer.output.stmtinfo.stmt_rslt, words: answer.output.stmtinfo.stmt_rslt_dscr }
      : { code: answer.code, words: answer.text };
  await deps.store.write(async (manager) => {
    await manager.delete(ReconciliationGroup, key);
    await manager.insert(ReconciliationGroup, {
      ...key,
      medfee_sumamt: group.medfee,
      fund_pay_sumamt: group.fund,
      acct_pay: group.account,
      fixmedins_setl_cnt: group.count,
      stmt_rslt: code.slice(0, 12),
      stmt_rslt_dscr: words?.slice(0, 500) ?? null,
      msgid: answer.msgid,
    });
  });
  return answer.kind === 'settled' && profileOf(deps, at.opened.institution).balancedCodes.includes(code);
}

function inputOf({ opened: { date } }: RoundInput, group: GroupTotals): Input3201 {
  return {
    data: {
      insutype: group.insutype,
      clr_type: group.clr_type,
      setl_optins: group.clr_optins,
      stmt_begndate: date,
      stmt_enddate: date,
      medfee_sumamt: group.medfee,
      fund_pay_sumamt: group.fund,
      acct_pay: group.account,
      fixmedins_setl_cnt: group.count,
      REFD_SETL_FLAG: WITHOUT_REFUNDS,
    },
  };
}
