import { IsNull, type EntityManager } from 'typeorm';
import type { Refusal } from '../../domain/commands';
import { agencyNoFits, isAgencyKind } from '../../domain/disbursement/agency';
import { accountProblem, type AccountPurpose } from '../../domain/disbursement/bank-account';
import { isRefusal, refusal } from '../../domain/refusal';
import { Agency } from '../../store/entities';
import { lockRow } from '../../store/rows';
import { accountToUndo, isUsedByAnother, replaceAccount, restoreAccount, type NewAccount } from '../disbursement/accounts';
import { rowsIn, textIn } from '../disbursement/form';
import type { OperationContext, RegisterOperation } from '../office-case/operations';
import { divisionTree } from '../people/divisions';

/** Who signed last: the one who reviewed what takes effect. */
export function reviewerOf({ actors }: OperationContext): string {
  const last = actors.filter(({ act }) => act === 'approve').at(-1);
  if (!last) throw new Error('nobody has reviewed the case');
  return last.userId;
}

interface Owner {
  readonly owner: string;
  readonly purpose: AccountPurpose;
}

/** Maintains a bank account: of the agency itself, or of an institution. */
function accountOperation(ownerOf: (context: OperationContext) => Owner | Refusal): RegisterOperation {
  const read = (context: OperationContext): Omit<NewAccount, 'reviewedBy'> | Refusal => {
    const { form, division, caseNo, now } = context;
    const owner = ownerOf(context);
    if (isRefusal(owner)) return owner;
    const [holder, bankName, bankCode, accountNo] = [textIn(form, 'holder'), textIn(form, 'bankName'), textIn(form, 'bankCode'), textIn(form, 'accountNo')];
    const problem = accountProblem({ holder, bankName, bankCode, accountNo, purpose: owner.purpose });
    if (problem) return refusal('ACCOUNT_INVALID', ACCOUNT_WORDS[problem]);
    return { ...owner, division, holder, bankName, bankCode, accountNo, validFrom: textIn(form, 'validFrom'), caseNo, at: now };
  };
  const checked = async (manager: EntityManager, context: OperationContext): Promise<Omit<NewAccount, 'reviewedBy'> | Refusal> => {
    const account = read(context);
    if (isRefusal(account)) return account;
    return (await isUsedByAnother(manager, account.accountNo, account.owner)) ? refusal('ACCOUNT_INVALID', '该账号已登记在另一机构名下。') : account;
  };
  return {
    check: async (manager, context) => {
      const account = await checked(manager, context);
      return isRefusal(account) ? account : null;
    },
    apply: async (manager, context) => {
      const account = await checked(manager, context);
      if (isRefusal(account)) return account;
      return { result: await replaceAccount(manager, { ...account, reviewedBy: reviewerOf(context) }) };
    },
  };
}

/** 市（州）级银行账户 */
export const cityBank = accountOperation(({ form, division }) => {
  const purpose = form['purpose'];
  return purpose === 'clearing' || purpose === 'prepay' ? { owner: division, purpose } : refusal('ACCOUNT_INVALID', '用途须为清算或预付金。');
});

/** 两定月结算账户 */
export const instAccount = accountOperation(({ form }) => {
  const owner = textIn(form, 'institution');
  return /^[A-Z]\d{11}$/.test(owner) ? { owner, purpose: 'monthly' } : refusal('ACCOUNT_INVALID', '机构编码为一位字母加 11 位数字。');
});

/** The former account again, whichever kind it was. */
export const accountUndo: RegisterOperation = {
  check: async (manager, { form, division }) => {
    const changed = await accountToUndo(manager, { of: textIn(form, 'of'), division });
    return isRefusal(changed) ? changed : null;
  },
  apply: async (manager, context) => {
    const { form, division, caseNo, now } = context;
    const restored = await restoreAccount(manager, { of: textIn(form, 'of'), division, reviewedBy: reviewerOf(context), caseNo, at: now });
    return isRefusal(restored) ? restored : { result: restored };
  },
};

type AgencyVersion = Omit<Agency, 'id' | 'version' | 'replacedAt'>;

/** 经办机构信息维护, 跨省机构信息管理 */
export const agency: RegisterOperation = {
  check: async (manager, context) => {
    const read = await agencyOf(manager, context);
    return isRefusal(read) ? read : null;
  },
  apply: async (manager, context) => {
    const read = await agencyOf(manager, context);
    if (isRefusal(read)) return read;
    return { result: { version: await replaceAgency(manager, read) } };
  },
};

/** The agency as it was before the change of a case, as a new version; closed where it was new. */
export const agencyUndo: RegisterOperation = {
  check: async (manager, context) => {
    const changed = await agencyToUndo(manager, context);
    return isRefusal(changed) ? changed : null;
  },
  apply: async (manager, context) => {
    const { division, caseNo, now } = context;
    const changed = await agencyToUndo(manager, context);
    if (isRefusal(changed)) return changed;
    const former = await manager.findOneBy(Agency, { agencyNo: changed.agencyNo, version: changed.version - 1 });
    const { agencyNo, kind, name, address, phone, services, status, validFrom } = former ?? { ...changed, status: 'closed' as const };
    return { result: { version: await replaceAgency(manager, { agencyNo, division, kind, name, address, phone, services, status, validFrom, caseNo, at: now }) } };
  },
};

/** The version that the case to be undone made and that still holds, locked. */
async function agencyToUndo(manager: EntityManager, { form, division }: OperationContext): Promise<Agency | Refusal> {
  const changed = await manager.findOneBy(Agency, { caseNo: textIn(form, 'of'), division });
  if (!changed) return refusal('CHANGE_NOT_FOUND');
  const locked = await lockRow(manager, Agency, { id: changed.id });
  return locked?.replacedAt === null ? locked : refusal('CHANGE_SUPERSEDED');
}

async function replaceAgency(manager: EntityManager, row: AgencyVersion): Promise<number> {
  const current = await manager.findOneBy(Agency, { agencyNo: row.agencyNo, replacedAt: IsNull() });
  const version = (current?.version ?? 0) + 1;
  if (current) await manager.update(Agency, { id: current.id }, { replacedAt: row.at });
  await manager.insert(Agency, { ...row, version, replacedAt: null });
  return version;
}

async function agencyOf(manager: EntityManager, { form, division, caseNo, now }: OperationContext): Promise<AgencyVersion | Refusal> {
  const { kind, status } = form;
  const agencyNo = textIn(form, 'agencyNo');
  if (!isAgencyKind(kind) || !agencyNoFits(kind, agencyNo)) return refusal('AGENCY_INVALID');
  if (status !== 'open' && status !== 'closed') return refusal('AGENCY_INVALID', '状态须为开通或停用。');
  const tree = await divisionTree(manager, now);
  if (kind === 'agency' && !tree.isWithin(agencyNo, division)) return refusal('AGENCY_INVALID', '经办机构须在本辖区之内。');
  const current = await manager.findOneBy(Agency, { agencyNo, replacedAt: IsNull() });
  if (current && !tree.isWithin(current.division, division)) return refusal('AGENCY_INVALID', '该机构由另一辖区维护。');
  return {
    agencyNo,
    division,
    kind,
    name: textIn(form, 'name'),
    address: textIn(form, 'address'),
    phone: textIn(form, 'phone'),
    services: rowsIn(form, 'services').map((row) => textIn(row, 'medType')),
    status,
    validFrom: textIn(form, 'validFrom'),
    caseNo,
    at: now,
  };
}

const ACCOUNT_WORDS = {
  accountNo: '账号为 8–32 位数字。',
  bankCode: '联行号为 12 位数字。',
  holder: '户名为 2–100 字，首尾不留空格。',
  bankName: '开户行为 2–100 字，首尾不留空格。',
  purpose: '用途不合法。',
} as const;
