import type { FundKey } from '../../../domain/clearing/funds';
import type { Stack } from '../../launcher/stack';
import type { Checks } from '../checks';
import type { Screen } from '../screen';
import type { CaseView, Office } from './office';
import type { MonthFile, Months } from './settlements';

export const PROVINCE = '990000';
/** The city whose money is followed to the end, the one that objects, and the fund of both. */
export const PAYER = '990100';
export const OBJECTOR = '990300';
export const FUND: FundKey = 'employeePool';

/** What every chapter works with. */
export interface Stage {
  readonly screen: Screen;
  readonly checks: Checks;
  readonly office: Office;
  readonly stack: Pick<Stack, 'api' | 'temporalUi' | 'env'>;
  readonly cities: readonly string[];
  readonly months: Months;
  readonly file: MonthFile;
  /** Today, and when orders are due. */
  readonly today: string;
  readonly dueDate: string;
}

/** Where a case is looked at: in the workbench, and as a workflow. */
export function addressesOf({ stack }: Stage, { caseNo, definition, division }: CaseView): string[] {
  const id = encodeURIComponent(`office-case/${definition}/${division}/${caseNo}`);
  return [`${stack.api}/cases/${caseNo}`, `${stack.temporalUi}/namespaces/default/workflows/${id}`];
}

/** Log-in name of a city's person: `shi03-queren-1` for 990300. */
export function cityLogin(city: string, post: string): string {
  return `shi${city.slice(2, 4)}-${post}-1`;
}

export function provinceLogin(post: string): string {
  return `sheng-${post}-1`;
}

/** A case that each of the people approves in turn; returns it as it stands after the last. */
export async function through(stage: Stage, maker: string, definition: string, division: string, form: object, signers: readonly string[]): Promise<CaseView> {
  const opened = await (await stage.office.person(maker)).open(definition, division, form);
  return signedBy(stage, opened, signers);
}

/** Lets each of the people approve in turn. */
export async function signedBy({ office }: Stage, officeCase: CaseView, signers: readonly string[]): Promise<CaseView> {
  let view = officeCase;
  for (const login of signers) view = await (await office.person(login)).act(view.caseNo, 'approve');
  return view;
}
