import type { FundKey } from '../clearing/funds';
import { agencyAccount, type AgencyAccount, type LedgerLine } from '../ledger';
import { add, negate, subtract, ZERO, type Fen } from '../money';
import type { OrderKind } from './payment';

/** A journal entry in the books of one agency. */
export interface AgencyEntry {
  /** Division of the agency whose books it is in. */
  readonly agency: string;
  readonly lines: readonly LedgerLine[];
}

/** A part of a movement: between which city that owes and which that is owed. */
export interface Part {
  readonly payingCity: string;
  readonly receivingCity: string;
  readonly fen: Fen;
}

/** Who pays whom by which fund. `province` keeps the pools and the clearing account. */
export interface Move {
  readonly kind: OrderKind;
  readonly fund: FundKey;
  readonly payer: string;
  readonly payee: string;
  readonly province: string;
}

/**
 * 清算审批: by one fund, what each city owes and is owed by the clearing's lines, both directions in full; one entry an agency.
 * The debtor's fund has spent it, the care place is to get back what it paid its institutions. A flow below zero is booked so.
 */
export function clearingEntries(fund: FundKey, flows: readonly Part[]): AgencyEntry[] {
  return entriesOf(flows, (agency) => {
    const [owing, owed] = [flows.filter(({ payingCity }) => payingCity === agency), flows.filter(({ receivingCity }) => receivingCity === agency)];
    const payables = byCity(owing, (part) => part.receivingCity).map(([care, fen]) => credit(agencyAccount('XR_PAYABLE', fund, care), fen));
    const receivables = byCity(owed, (part) => part.payingCity).map(([city, fen]) => debit(agencyAccount('XR_RECEIVABLE', fund, city), fen));
    return [debit(agencyAccount('FUND_EXPENSE', fund), sumOf(owing)), ...payables, ...receivables, credit(agencyAccount('XR_ADVANCED', fund), sumOf(owed))];
  });
}

/**
 * 轧差: what is payable is less than the lines where two cities are netted, and goes the other way where corrections outweigh a
 * flow. Both sides settle the difference between what they owe and are owed, so that only the payables are left.
 */
export function nettingEntries(fund: FundKey, flows: readonly Part[], payables: readonly Part[]): AgencyEntry[] {
  return entriesOf(flows, (agency) => {
    const [gross, left] = [flows, payables].map((parts) => new Map(byCity(parts.filter(({ payingCity }) => payingCity === agency), (part) => part.receivingCity)));
    const peers = new Set([...flows, ...payables].flatMap(({ payingCity, receivingCity }) => (payingCity === agency ? [receivingCity] : receivingCity === agency ? [payingCity] : [])));
    return [...peers].sort().flatMap((peer) => {
      const settled = subtract(gross?.get(peer) ?? ZERO, left?.get(peer) ?? ZERO);
      return [debit(agencyAccount('XR_PAYABLE', fund, peer), settled), credit(agencyAccount('XR_RECEIVABLE', fund, peer), settled)];
    });
  });
}

/**
 * 预付金抵扣: the province takes it out of the city's pool and owes it to the care places, who are still owed as much as
 * before; the city owes that much less.
 */
export function drawEntries(province: string, city: string, fund: FundKey, parts: readonly Part[]): AgencyEntry[] {
  const total = sumOf(parts);
  const owed = byCity(parts, (part) => part.receivingCity);
  return [
    { agency: province, lines: [debit(agencyAccount('PREPAY', fund, city), total), ...owed.map(([care, fen]) => credit(agencyAccount('XR_PAYABLE', fund, care), fen))] },
    { agency: city, lines: [...owed.map(([care, fen]) => debit(agencyAccount('XR_PAYABLE', fund, care), fen)), credit(agencyAccount('PREPAY', fund), total)] },
  ];
}

/** 用款 for an order: the city moves what it will pay from the fiscal account to the expenditure account. */
export function fundingEntries(city: string, fund: FundKey, amount: Fen): AgencyEntry[] {
  return [{ agency: city, lines: [debit(agencyAccount('EXPEND', fund), amount), credit(agencyAccount('FISCAL', fund), amount)] }];
}

/** 归集: what came into the income account (收入户) goes on to the fiscal account (财政专户), from which orders are funded. */
export function sweptEntries(city: string, fund: FundKey, amount: Fen): AgencyEntry[] {
  return [{ agency: city, lines: [debit(agencyAccount('FISCAL', fund), amount), credit(agencyAccount('INCOME', fund), amount)] }];
}

/** 调减退还 approved: what leaves the pool is owed to the city from then on, so that nobody can draw it any more. */
export function returnEntries(province: string, city: string, fund: FundKey, amount: Fen): AgencyEntry[] {
  return [
    { agency: province, lines: [debit(agencyAccount('PREPAY', fund, city), amount), credit(agencyAccount('XR_PAYABLE', fund, city), amount)] },
    { agency: city, lines: [debit(agencyAccount('XR_RECEIVABLE', fund, province), amount), credit(agencyAccount('PREPAY', fund), amount)] },
  ];
}

/** 付款确认: the money has left the payer and is in transit until the receiver confirms. */
export function paidEntries({ kind, fund, payer, payee, province }: Move, amount: Fen): AgencyEntry[] {
  if (kind === 'inst') return [{ agency: payer, lines: [debit(agencyAccount('IN_TRANSIT', fund), amount), credit(agencyAccount('EXPEND', fund), amount)] }];
  const source = payer === province ? 'PROVINCE_CLEARING' : kind === 'payIn' ? 'FISCAL' : 'EXPEND';
  return [{ agency: payer, lines: [debit(agencyAccount('IN_TRANSIT', fund, payee), amount), credit(agencyAccount(source, fund), amount)] }];
}

/** 收款确认: booked on both sides at once, so that what agencies owe each other sums to zero at every moment. */
export function receivedEntries(move: Move, parts: readonly Part[]): AgencyEntry[] {
  const { kind, fund, payer, payee } = move;
  const total = sumOf(parts);
  // An institution keeps books of its own: the care place now has paid what it advanced.
  if (kind === 'inst') return [{ agency: payer, lines: [debit(agencyAccount('XR_ADVANCED', fund), total), credit(agencyAccount('IN_TRANSIT', fund), total)] }];
  return [
    { agency: payer, lines: [...payerSide(move, parts), credit(agencyAccount('IN_TRANSIT', fund, payee), total)] },
    { agency: payee, lines: payeeSide(move, parts) },
  ];
}

/** What the payer no longer owes, or now holds at the province. */
function payerSide({ kind, fund, payee }: Move, parts: readonly Part[]): LedgerLine[] {
  if (kind === 'payIn') return [debit(agencyAccount('PREPAY', fund), sumOf(parts))];
  if (kind === 'return') return [debit(agencyAccount('XR_PAYABLE', fund, payee), sumOf(parts))];
  return byCity(parts, (part) => part.receivingCity).map(([care, fen]) => debit(agencyAccount('XR_PAYABLE', fund, care), fen));
}

function payeeSide({ kind, fund, payer, province }: Move, parts: readonly Part[]): LedgerLine[] {
  const total = sumOf(parts);
  switch (kind) {
    case 'payIn':
      return [debit(agencyAccount('PROVINCE_CLEARING', fund), total), credit(agencyAccount('PREPAY', fund, payer), total)];
    case 'return':
      return [debit(agencyAccount('FISCAL', fund), total), credit(agencyAccount('XR_RECEIVABLE', fund, province), total)];
    case 'clearing': {
      const owed = byCity(parts, (part) => part.receivingCity);
      return [debit(agencyAccount('PROVINCE_CLEARING', fund), total), ...owed.map(([care, fen]) => credit(agencyAccount('XR_PAYABLE', fund, care), fen))];
    }
    case 'forward': {
      const paid = byCity(parts, (part) => part.payingCity);
      return [debit(agencyAccount('INCOME', fund), total), ...paid.map(([city, fen]) => credit(agencyAccount('XR_RECEIVABLE', fund, city), fen))];
    }
    case 'inst':
      throw new Error('an institution has no books here');
    default:
      return kind satisfies never;
  }
}

/** An entry for each city of the flows that has a line; a line of nothing is none. */
function entriesOf(flows: readonly Part[], linesOf: (agency: string) => LedgerLine[]): AgencyEntry[] {
  const agencies = [...new Set(flows.flatMap(({ payingCity, receivingCity }) => [payingCity, receivingCity]))].sort();
  return agencies.map((agency) => ({ agency, lines: linesOf(agency).filter(({ amount }) => amount !== 0) })).filter(({ lines }) => lines.length > 0);
}

function byCity(parts: readonly Part[], city: (part: Part) => string): [string, Fen][] {
  const sums = new Map<string, Fen>();
  for (const part of parts) sums.set(city(part), add(sums.get(city(part)) ?? ZERO, part.fen));
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
}

function sumOf(parts: readonly Part[]): Fen {
  return add(ZERO, ...parts.map((part) => part.fen));
}

function debit(account: AgencyAccount, amount: Fen): LedgerLine {
  return { account, amount };
}

function credit(account: AgencyAccount, amount: Fen): LedgerLine {
  return { account, amount: negate(amount) };
}
