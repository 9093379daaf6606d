import { operations as coordination } from '../../activities/coordination';
import { operations as disbursement } from '../../activities/disbursement';
import { balance, trialBalance } from '../../activities/ledger';
import type { OperationContext } from '../../activities/office-case/operations';
import { operations as prepayment } from '../../activities/xr-prepayment';
import { poolBalance } from '../../activities/xr-prepayment/pools';
import { parseDate } from '../../domain/calendar';
import { FUND_KEYS, type FundKey } from '../../domain/clearing/funds';
import type { Refusal } from '../../domain/commands';
import type { AccountPurpose } from '../../domain/disbursement/bank-account';
import { agencyAccount, partsOfAgencyAccount } from '../../domain/ledger';
import { fen, ZERO } from '../../domain/money';
import { isRefusal } from '../../domain/refusal';
import { BankAccount, Division, PaymentOrder, XrPayable } from '../../store/entities';
import type { Store } from '../../store/open-store';

export const PROVINCE = '990000';
export const [CITY, CARE, OTHER] = ['990100', '990200', '990300'] as const;
export const FUND: FundKey = 'residentPool';
export const TODAY = '2026-11-20';

const operations = { ...prepayment, ...disbursement, ...coordination };

type Outcome = Record<string, unknown> & { readonly refused?: string };

/** A province with three cities, their accounts, payables of rows of their own, and the register operations without the engine. */
export interface Agencies {
  readonly store: Store;
  /** Checks and applies an operation in one transaction, as the engine does; a refusal comes back as `{refused: code}`. */
  run(name: string, division: string, form: object, more?: Partial<OperationContext>): Promise<Outcome>;
  /** From now on each operation dies by this error after all that it wrote and before its commit; null: none does. */
  crashAt(error: Error | null): void;
  /** A payable of an approved clearing; returns its id. */
  owe(batchId: string, payingCity: string, receivingCity: string, amount: number, more?: Partial<XrPayable>): Promise<string>;
  accountId(owner: string, purpose?: AccountPurpose): Promise<number>;
  /** Fills a city's pool through quota, voucher, payment and receipt. */
  fill(city: string, amount: number, fund?: FundKey): Promise<string>;
  /** The form of a disbursement of all that is payable. */
  disbursementForm(batchId: string, payableFen: number, more?: object): Promise<object>;
  pool(city?: string, fund?: FundKey): Promise<number>;
  payable(id: string): Promise<{ drawn: number; paid: number; fen: number }>;
  order(orderNo: string): Promise<PaymentOrder>;
  /** Sums over all agencies and funds of what they owe each other and hold for each other: zero at every moment. */
  between(): Promise<number[]>;
  /** Balance of an account in an agency's books. */
  book(agency: string, name: Parameters<typeof agencyAccount>[0], counterparty?: string): Promise<number>;
}

export async function openAgencies(store: Store): Promise<Agencies> {
  let serial = 0;
  let dying: Error | null = null;
  const nodes = [PROVINCE, CITY, CARE, OTHER].map((code) => ({
    code,
    validFrom: '2020-01-01',
    validTo: null,
    name: `示例${code}`,
    level: code === PROVINCE ? ('province' as const) : ('city' as const),
    parent: code === PROVINCE ? null : PROVINCE,
  }));
  await store.write(async (manager) => {
    if ((await manager.countBy(Division, { code: PROVINCE })) === 0) await manager.insert(Division, nodes);
  });

  const run: Agencies['run'] = async (name, division, form, more = {}) => {
    serial += 1;
    const actors = [
      { act: 'submit' as const, userId: 'maker-1', personKey: 'p1', step: 'maker', at: 0 },
      { act: 'approve' as const, userId: 'reviewer-1', personKey: 'p2', step: 'review', at: 0 },
    ];
    const caseNo = `case-${division}-${serial}`;
    const context = { caseId: `office-case/x/${division}/${caseNo}`, caseNo, definition: 'x', division, period: null, form: form as Record<string, unknown>, step: 'effect', actors, now: parseDate(TODAY) + 36_000_000, ...more };
    const operation = operations[name];
    if (!operation?.apply) throw new Error(`no operation ${name}`);
    try {
      return await store.write(async (manager) => {
        const outcome = (await operation.check?.(manager, context)) ?? (await operation.apply?.(manager, context)) ?? { result: {} };
        if (isRefusal(outcome)) throw new Refused(outcome);
        if (dying) throw dying;
        return { ...(outcome.result as object), caseNo: context.caseNo };
      });
    } catch (error) {
      if (error instanceof Refused) return { refused: error.refusal.code, message: error.refusal.message };
      throw error;
    }
  };

  const accountId: Agencies['accountId'] = async (owner, purpose = 'clearing') => {
    const rows = await store.read((manager) => manager.find(BankAccount, { where: { owner, purpose }, order: { version: 'DESC' } }));
    return rows[0]?.id ?? 0;
  };

  for (const [index, { code }] of nodes.entries()) {
    for (const [offset, purpose] of (['clearing', 'prepay'] as const).entries()) {
      await run('xrBase.cityBank', code, accountForm(purpose, `62009900000000${index}${offset}`));
    }
  }

  const owe: Agencies['owe'] = async (batchId, payingCity, receivingCity, amount, more = {}) => {
    serial += 1;
    const row = { id: `${batchId}-${serial}`, batchId, office: PROVINCE, period: '2026-10', payingCity, receivingCity, insutype: '390', fund: FUND, fen: fen(amount), drawnFen: ZERO, paidFen: ZERO, status: 'open' as const, createdAt: 0, ...more };
    await store.write((manager) => manager.insert(XrPayable, row));
    return row.id;
  };

  return {
    store,
    run,
    crashAt: (error) => {
      dying = error;
    },
    owe,
    accountId,
    fill: async (city, amount, fund = FUND) => {
      await run('prepay.annual', PROVINCE, { year: 2026, quotas: [{ city, fund, quotaFen: amount + (await poolOf(store, city, fund)) }], basis: '测试' });
      const voucher = await run('prepay.payIn', PROVINCE, { city, fund, year: 2026, amountFen: amount, dueDate: '2026-12-18', basis: '测试' });
      serial += 1;
      const paid = await run('payment.paid', city, { receiptNo: `R${city}-${serial}`, paidOn: TODAY, amountFen: amount, payerAccount: 'prepay', orders: [{ orderNo: voucher['orderNo'], fen: amount }] });
      const received = await run('payment.received', PROVINCE, { paymentNo: paid['paymentNo'], receivedOn: TODAY, amountFen: amount });
      return String(received['paymentNo']);
    },
    disbursementForm: async (batchId, payableFen, more = {}) => ({
      period: '2026-10', batch: batchId, fund: FUND, payableFen, payeeAccountId: await accountId(PROVINCE), planNo: 'P2026-1', dueDate: '2026-12-10', ...more,
    }),
    pool: (city = CITY, fund = FUND) => poolOf(store, city, fund),
    payable: async (id) => {
      const row = await store.read((manager) => manager.findOneByOrFail(XrPayable, { id }));
      return { drawn: row.drawnFen, paid: row.paidFen, fen: row.fen };
    },
    order: (orderNo) => store.read((manager) => manager.findOneByOrFail(PaymentOrder, { orderNo })),
    between: () => betweenAgencies(store, nodes.map(({ code }) => code)),
    book: (agency, name, counterparty) => store.read((manager) => balance(manager, { account: agencyAccount(name, FUND, counterparty), institution: agency })),
  };
}

export function accountForm(purpose: string, accountNo: string, more: object = {}): object {
  return { purpose, holder: '示例医保中心', bankName: '示例银行', bankCode: '990000000001', accountNo, validFrom: TODAY, ...more };
}

function poolOf(store: Store, city: string, fund: FundKey): Promise<number> {
  return store.read((manager) => poolBalance(manager, { city, fund, province: PROVINCE }));
}

/** By fund: Σ over agencies of 应付 + 应收 + 预付金, leaving the clearing's own entries out, which these tests do not post. */
async function betweenAgencies(store: Store, agencies: readonly string[]): Promise<number[]> {
  const books = await store.read((manager) => Promise.all(agencies.map((agency) => trialBalance(manager, agency))));
  return FUND_KEYS.map((fund) =>
    books.flat().reduce((sum, { account, balance: amount }) => {
      const parts = partsOfAgencyAccount(account);
      return parts?.fund === fund && ['XR_PAYABLE', 'XR_RECEIVABLE', 'PREPAY'].includes(parts.name) ? sum + amount : sum;
    }, 0),
  );
}

class Refused extends Error {
  override readonly name = 'Refused';

  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}
