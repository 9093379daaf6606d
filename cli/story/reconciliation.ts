import type { CentreSettlement } from './centre';
import type { Stage } from './plot';
import { yuan } from './screen';

interface Totals {
  readonly settlements: number;
  readonly medfeeFen: number;
  readonly fundFen: number;
  readonly accountFen: number;
}

interface DayView {
  readonly state: string;
  readonly totals: Totals;
  readonly groups: readonly { readonly insutype: string; readonly settlements: number; readonly stmtRslt: string | null; readonly stmtRsltDscr: string | null }[];
}

const STATES: Readonly<Record<string, string>> = { closed: '平，已日结', balanced: '平', differs: '不平', failed: '未能完成' };

/**
 * The closing act: every institution reconciles the days on which the centre booked something for it, and both sides' totals
 * are shown.
 * @param accountInFundSum the profile's reading of the fund sum
 */
export async function reconcileDays(stage: Stage, accountInFundSum: boolean): Promise<void> {
  const { screen, checks, centre, apiOf } = stage;
  screen.chapter('日对账：与医保中心逐日核对（3201，有在途或放弃的报文时加 9101→3202→9102）');
  const live = (await centre.booked()).filter((settlement) => settlement.refd_setl_flag === '0');
  const days = new Map(live.map((row) => [`${row.fixmedins_code} ${row.setl_time.slice(0, 10)}`, row]));
  for (const [name, { fixmedins_code, setl_time }] of days) {
    const date = setl_time.slice(0, 10);
    const api = apiOf(fixmedins_code);
    screen.doing(`对账 ${name}`);
    await api.command('POST', '/v1/reconciliations', { date });
    const ours = await api.get<DayView>(`/v1/reconciliations/${date}`);
    const theirs = totalsOf(live.filter((row) => row.fixmedins_code === fixmedins_code && row.setl_time.startsWith(date)), accountInFundSum);
    const groups = ours.groups.map((group) => `险种 ${group.insutype}：${group.settlements} 笔，${group.stmtRslt} ${group.stmtRsltDscr ?? ''}`);
    screen.line(`  ${name} ${STATES[ours.state] ?? ours.state}（${groups.join('；')}）`);
    screen.line(`         本院 ${describe(ours.totals)}`);
    screen.line(`         中心 ${describe(theirs)}`);
    checks.equal(`日对账 ${name}`, '结果', '平', ['closed', 'balanced'].includes(ours.state) ? '平' : ours.state);
    checks.equal(`日对账 ${name}`, '两边合计', describe(theirs), describe(ours.totals));
  }
}

function totalsOf(rows: readonly CentreSettlement[], accountInFundSum: boolean): Totals {
  const sum = (name: string): number => rows.reduce((total, row) => total + (row.amounts[name] ?? 0), 0);
  const accountFen = sum('acct_pay');
  return {
    settlements: rows.length,
    medfeeFen: sum('medfee_sumamt'),
    fundFen: sum('fund_pay_sumamt') + (accountInFundSum ? accountFen : 0),
    accountFen,
  };
}

function describe({ settlements, medfeeFen, fundFen, accountFen }: Totals): string {
  return `${settlements} 笔，总费用 ${yuan(medfeeFen)}，基金 ${yuan(fundFen)}，个人账户 ${yuan(accountFen)}`;
}
