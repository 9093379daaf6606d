import { In, Not, type EntityManager } from 'typeorm';
import type { DetailScope, GroupKey, ReconcileInput } from '../../domain/reconciliation/steps';
import { addDays } from '../../domain/calendar';
import { add, ZERO, type Fen } from '../../domain/money';
import { fundSumOnWire } from '../../domain/national/fund-sum';
import { Settlement } from '../../store/entities';
import { profileOf, type ReconcileDeps } from './context';
import { insutypesOf, watchedOfDay } from './watched';

/** 住院 */
const CLR_TYPE_INPATIENT = '21';
/** Days looked back for the groups that an institution settles in; such a group is asked about even with nothing in it. */
const LOOK_BACK_DAYS = 30;

export interface GroupTotals extends GroupKey {
  readonly medfee: Fen;
  /** In the profile's reading: with the personal account where it says so. */
  readonly fund: Fen;
  readonly account: Fen;
  readonly count: number;
}

/** A settlement of the day, its fund sum in the profile's reading. */
export interface DaySettlement extends GroupKey {
  readonly setl_id: string;
  readonly admissionId: string;
  readonly medfee: Fen;
  readonly fund: Fen;
  readonly account: Fen;
  readonly cash: Fen;
}

/** Fund sum of a settlement in the profile's reading. */
export function fundAsSent(row: Pick<Settlement, 'fund_pay_sumamt' | 'acct_pay'>, accountInFundSum: boolean): Fen {
  return fundSumOnWire({ accountInFundSum }, row.fund_pay_sumamt, row.acct_pay);
}

/**
 * Settlements that the institution's books hold as live on a day, oldest first; refunded ones are left out on both sides,
 * and self-pay ones are none of the centre's.
 */
export async function settlementsOfDay(manager: EntityManager, deps: ReconcileDeps, day: ReconcileInput): Promise<DaySettlement[]> {
  const { accountInFundSum } = profileOf(deps, day.institution);
  const rows = await manager.find(Settlement, {
    select: {
      id: true, setl_id: true, admissionId: true, insutype: true, clr_type: true, clr_optins: true,
      medfee_sumamt: true, fund_pay_sumamt: true, acct_pay: true, psn_cash_pay: true,
    },
    where: { institution: day.institution, businessDate: day.date, status: In(['live', 'held']), kind: Not('selfPay') },
    order: { id: 'ASC' },
  });
  return rows.map((row) => ({
    ...groupOf(deps, day.institution, row),
    setl_id: row.setl_id,
    admissionId: row.admissionId,
    medfee: row.medfee_sumamt,
    fund: fundAsSent(row, accountInFundSum),
    account: row.acct_pay,
    cash: row.psn_cash_pay,
  }));
}

/** The day's totals a group: those with settlements, those seen lately, those of watched messages; empty ones count zero. */
export async function totalsOfDay(manager: EntityManager, deps: ReconcileDeps, day: ReconcileInput): Promise<GroupTotals[]> {
  const groups = new Map<string, GroupTotals>();
  for (const key of await groupsInUse(manager, deps, day)) {
    groups.set(JSON.stringify(key), { ...key, medfee: ZERO, fund: ZERO, account: ZERO, count: 0 });
  }
  for (const { insutype, clr_type, clr_optins, ...row } of await settlementsOfDay(manager, deps, day)) {
    const key = { insutype, clr_type, clr_optins };
    const sofar = groups.get(JSON.stringify(key)) ?? { ...key, medfee: ZERO, fund: ZERO, account: ZERO, count: 0 };
    groups.set(JSON.stringify(key), {
      ...key,
      medfee: add(sofar.medfee, row.medfee),
      fund: add(sofar.fund, row.fund),
      account: add(sofar.account, row.account),
      count: sofar.count + 1,
    });
  }
  return [...groups.values()];
}

/** The scopes of some groups, each once. */
export function scopesOf(groups: readonly DetailScope[]): DetailScope[] {
  const scopes = groups.map(({ clr_type, clr_optins }) => ({ clr_type, clr_optins }));
  return [...new Map(scopes.map((scope) => [JSON.stringify(scope), scope])).values()];
}

function groupOf(deps: ReconcileDeps, institution: string, row: Pick<Settlement, 'insutype' | 'clr_type' | 'clr_optins'>): GroupKey {
  return {
    insutype: row.insutype,
    clr_type: row.clr_type ?? CLR_TYPE_INPATIENT,
    clr_optins: row.clr_optins ?? deps.institution(institution).admdvs,
  };
}

async function groupsInUse(manager: EntityManager, deps: ReconcileDeps, { institution, date }: ReconcileInput): Promise<GroupKey[]> {
  const rows = await manager
    .createQueryBuilder(Settlement, 'row')
    .select('row.insutype', 'insutype')
    .addSelect('row.clr_type', 'clr_type')
    .addSelect('row.clr_optins', 'clr_optins')
    .distinct(true)
    .where('row.institution = :institution AND row.businessDate >= :from', { institution, from: addDays(date, -LOOK_BACK_DAYS) })
    .andWhere("row.kind <> 'selfPay'")
    .getRawMany<Pick<Settlement, 'insutype' | 'clr_type' | 'clr_optins'>>();
  const watched = await insutypesOf(manager, institution, await watchedOfDay(manager, institution, date));
  const groups = [...rows, ...watched.map((insutype) => ({ insutype, clr_type: null, clr_optins: null }))].map((row) => groupOf(deps, institution, row));
  return [...new Map(groups.map((group) => [JSON.stringify(group), group])).values()];
}
