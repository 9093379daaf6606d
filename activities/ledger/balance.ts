import type { EntityManager } from 'typeorm';
import { accountName, type Account } from '../../domain/ledger';
import type { Fen } from '../../domain/money';
import { fenOf } from '../../store/columns';
import { JournalEntry, JournalLine } from '../../store/entities';

export interface BalanceQuery {
  readonly account: Account;
  readonly institution: string;
  /** Narrows to one stay. */
  readonly admissionId?: string;
}

/** Balance of an account, fen: debit minus credit of all its lines. Derived each time, kept nowhere. */
export async function balance(manager: EntityManager, query: BalanceQuery): Promise<Fen> {
  const select = manager
    .createQueryBuilder(JournalLine, 'line')
    .innerJoin(JournalEntry, 'entry', 'entry.id = line.entryId')
    .select('SUM(line.amountFen)', 'total')
    .where('entry.institution = :institution AND line.account = :account', {
      institution: query.institution,
      account: query.account,
    });
  if (query.admissionId !== undefined) select.andWhere('entry.admissionId = :admissionId', { admissionId: query.admissionId });
  const row = await select.getRawOne<{ total: unknown }>();
  return fenOf(row?.total ?? null);
}

export interface TrialBalanceRow {
  readonly account: string;
  /** Chinese name. */
  readonly name: string;
  /** Sum of debit lines, fen. */
  readonly debit: Fen;
  /** Sum of credit lines, fen, as a positive amount. */
  readonly credit: Fen;
  readonly balance: Fen;
}

/** Trial balance (试算平衡) of an institution, by account; `through` (yyyy-MM-dd) leaves later business days out. */
export async function trialBalance(manager: EntityManager, institution: string, through?: string): Promise<TrialBalanceRow[]> {
  const select = manager
    .createQueryBuilder(JournalLine, 'line')
    .innerJoin(JournalEntry, 'entry', 'entry.id = line.entryId')
    .select('line.account', 'account')
    .addSelect('SUM(CASE WHEN line.amountFen > 0 THEN line.amountFen ELSE 0 END)', 'debit')
    .addSelect('SUM(CASE WHEN line.amountFen < 0 THEN 0 - line.amountFen ELSE 0 END)', 'credit')
    .addSelect('SUM(line.amountFen)', 'total')
    .where('entry.institution = :institution', { institution })
    .groupBy('line.account')
    .orderBy('line.account');
  if (through !== undefined) select.andWhere('entry.businessDate <= :through', { through });
  const rows = await select.getRawMany<{ account: string; debit: unknown; credit: unknown; total: unknown }>();
  return rows.map(({ account, debit, credit, total }) => ({
    account,
    name: accountName(account),
    debit: fenOf(debit),
    credit: fenOf(credit),
    balance: fenOf(total),
  }));
}
