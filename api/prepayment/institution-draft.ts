import { In, IsNull, type EntityManager } from 'typeorm';
import { coveredDues, owingDues, readDues, type DuesKey } from '../../activities/disbursement/institution-dues';
import { institutionDraft } from '../../domain/disbursement/institution';
import { add, subtract, ZERO } from '../../domain/money';
import { Agency, BankAccount, type XrClearingBatch } from '../../store/entities';
import { viewAccount } from './views';

/** Institutions that a care city can pay now by a fund of a batch, as its case has to name them; and what still waits for money to arrive. */
export async function draftInstitutions(manager: EntityManager, batch: XrClearingBatch, key: DuesKey) {
  const dues = await readDues(manager, batch, key);
  const covered = await coveredDues(manager, key);
  const earlier = (await owingDues(manager, key.city, key.fund)).filter(({ batchId }) => batchId !== key.batchId);
  const owing = [...earlier, ...dues];
  const institutions = [...new Set(dues.map(({ institution }) => institution))].sort();
  const where = { replacedAt: IsNull(), owner: In(institutions) };
  const accounts = new Map((await manager.findBy(BankAccount, { ...where, purpose: 'monthly' })).map((account) => [account.owner, account]));
  const names = new Map((await manager.findBy(Agency, { replacedAt: IsNull(), agencyNo: In(institutions) })).map(({ agencyNo, name }) => [agencyNo, name]));
  const items = institutions.flatMap((institution) => {
    const draft = institutionDraft(dues.filter((due) => due.institution === institution), owing.filter((due) => due.institution === institution), covered);
    if (!draft) return [];
    const account = accounts.get(institution);
    const { payable, deduction, due } = draft;
    const institutionName = names.get(institution) ?? account?.holder ?? institution;
    return [{ institution, institutionName, payableFen: payable, deductionFen: deduction, dueFen: due, payeeAccount: account ? viewAccount(account) : null }];
  });
  const open = dues.filter(({ fen, orderedFen }) => fen > orderedFen);
  const waiting = open.filter((due) => !covered(due)).map(({ fen, orderedFen }) => subtract(fen, orderedFen));
  return {
    payableFen: add(ZERO, ...items.map(({ payableFen }) => payableFen)),
    deductionFen: add(ZERO, ...items.map(({ deductionFen }) => deductionFen)),
    dueFen: add(ZERO, ...items.map(({ dueFen }) => dueFen)),
    waitingFen: add(ZERO, ...waiting),
    items,
  };
}
