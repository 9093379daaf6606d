import { In, type EntityManager } from 'typeorm';
import { add, ZERO, type Fen } from '../domain/money';
import { integerOf } from '../store/columns';
import { Reconciliation, ReconciliationDifference, ReconciliationGroup } from '../store/entities';

/** Runs with their groups and the number of differences that still wait. */
export async function viewRuns(manager: EntityManager, rows: readonly Reconciliation[]) {
  const ids = rows.map((row) => row.id);
  const groups = ids.length === 0 ? [] : await manager.findBy(ReconciliationGroup, { reconciliationId: In(ids) });
  const open = await countOpen(manager, ids);
  return rows.map((row) => {
    const own = groups.filter((group) => group.reconciliationId === row.id);
    return { ...viewRun(row), totals: totalsOf(own), groups: own.map(viewGroup), openDifferences: open.get(row.id) ?? 0 };
  });
}

export function viewVersion({ version, state, startedAt, finishedAt }: Reconciliation) {
  return { version, state, startedAt, finishedAt };
}

export function viewDifference(row: ReconciliationDifference) {
  return {
    class: row.class,
    state: row.state,
    setlId: row.setl_id,
    msgid: row.msgid,
    mdtrtId: row.mdtrt_id,
    ours: { medfeeFen: row.ourMedfeeFen, fundFen: row.ourFundFen, accountFen: row.ourAccountFen },
    theirs: { medfeeFen: row.theirMedfeeFen, fundFen: row.theirFundFen, accountFen: row.theirAccountFen },
    memo: row.memo,
    resolution: row.resolution,
    updatedAt: row.updatedAt,
  };
}

function viewRun(row: Reconciliation) {
  return { businessDate: row.businessDate, ...viewVersion(row) };
}

function viewGroup(group: ReconciliationGroup) {
  return {
    insutype: group.insutype,
    clrType: group.clr_type,
    clrOptins: group.clr_optins,
    settlements: group.fixmedins_setl_cnt,
    medfeeFen: group.medfee_sumamt,
    fundFen: group.fund_pay_sumamt,
    accountFen: group.acct_pay,
    stmtRslt: group.stmt_rslt,
    stmtRsltDscr: group.stmt_rslt_dscr,
    msgid: group.msgid,
  };
}

function totalsOf(groups: readonly ReconciliationGroup[]) {
  const sum = (amount: (group: ReconciliationGroup) => Fen): Fen => add(ZERO, ...groups.map(amount));
  return {
    settlements: groups.reduce((count, group) => count + group.fixmedins_setl_cnt, 0),
    medfeeFen: sum((group) => group.medfee_sumamt),
    fundFen: sum((group) => group.fund_pay_sumamt),
    accountFen: sum((group) => group.acct_pay),
  };
}

async function countOpen(manager: EntityManager, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await manager
    .createQueryBuilder(ReconciliationDifference, 'difference')
    .select('difference.reconciliationId', 'id')
    .addSelect('COUNT(*)', 'open')
    .where('difference.reconciliationId IN (:...ids)', { ids })
    .andWhere('difference.state IN (:...states)', { states: ['open', 'abnormal'] })
    .groupBy('difference.reconciliationId')
    .getRawMany<{ id: string; open: unknown }>();
  return new Map(rows.map((row) => [row.id, integerOf(row.open)]));
}
