import type { EntityManager } from 'typeorm';
import { isPeriodText, type Period, periodOf } from '../../../domain/clearing/period';
import { cityOf, provinceOf } from '../../../domain/clearing/record';
import type { Refusal } from '../../../domain/commands';
import { type Fen, fen, formatYuan, subtract } from '../../../domain/money';
import { refusal } from '../../../domain/refusal';
import { fenOf, integerOf } from '../../../store/columns';
import { XrClearingOffice, XrMonthClaim } from '../../../store/entities';
import type { OperationContext, RegisterOperation } from '../../office-case/operations';

/** What is claimed, from the form. */
function claimOf({ division, form }: OperationContext) {
  const city = cityOf(division);
  const claimant = String(form['claimant'] ?? '');
  return {
    period: String(form['period'] ?? ''),
    city,
    // A city that claims for all of its institutions names itself.
    fixmedins_code: claimant === city ? '' : claimant,
    claimedCount: Number(form['claimedCount'] ?? 0),
    claimedFen: fen(Number(form['claimedFen'] ?? 0)),
  };
}

/** Takes a month's claim (月结算申请) in beside what the reconciled settlements come to; the difference is shown, not paid. */
export const claimMonth: RegisterOperation = {
  check: (manager, context) => checkClaim(manager, context),
  apply: async (manager, context) => {
    const claim = claimOf(context);
    const { period, city, fixmedins_code } = claim;
    const reconciled = await reconciledSum(manager, provinceOf(city), periodOf(period), city, fixmedins_code);
    const version = (await manager.countBy(XrMonthClaim, { period, city, fixmedins_code })) + 1;
    await manager.insert(XrMonthClaim, {
      ...claim, caseId: context.caseId, version, reconciledCount: reconciled.count, reconciledFen: reconciled.fen, acceptedAt: context.now,
    });
    return {
      result: {
        claimed: formatYuan(claim.claimedFen),
        reconciled: formatYuan(reconciled.fen),
        difference: formatYuan(subtract(claim.claimedFen, reconciled.fen)),
        countDifference: claim.claimedCount - reconciled.count,
      },
    };
  },
  compensate: async (manager, { caseId }) => {
    await manager.delete(XrMonthClaim, { caseId });
  },
};

async function checkClaim(manager: EntityManager, context: OperationContext): Promise<Refusal | null> {
  const { period, city } = claimOf(context);
  if (!isPeriodText(period)) return refusal('CLEARING_PERIOD_INVALID');
  const office = await manager.findOneBy(XrClearingOffice, { office: provinceOf(city) });
  return periodOf(period) < (office?.firstOpenWindow ?? 0) ? refusal('CLEARING_CLAIM_LATE') : null;
}

async function reconciledSum(manager: EntityManager, office: string, window: Period, city: string, institution: string): Promise<{ count: number; fen: Fen }> {
  const ofInstitution = institution === '' ? '' : ' AND s.fixmedins_code = ?';
  const values = [office, window, city, ...(institution === '' ? [] : [institution])];
  const from = 'FROM xr_settlement s';
  const where = `WHERE s.office = ? AND s.entered_window = ? AND s.receiving_city = ?${ofInstitution}`;
  const [counted]: { n: unknown }[] = await manager.query(`SELECT COUNT(*) AS n ${from} ${where}`, [...values]);
  const [summed]: { fen: unknown }[] = await manager.query(
    `SELECT SUM(f.fen) AS fen ${from} JOIN xr_settlement_fund f ON f.settlement_id = s.id ${where}`,
    [...values],
  );
  return { count: integerOf(counted?.n ?? 0), fen: fenOf(summed?.fen ?? null) };
}
