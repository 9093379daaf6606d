import type { OpenedStay } from '../domain/admission/state';
import type { Profile } from '../schemas/national/profile';
import { admissionRulesOf } from '../schemas/processes/admission-rules';
import { admissionWorkflowId } from './admissions';
import type { ProcessStart } from './delivery';

/** Task queue and workflow type of the stays. */
const ADMISSION = { type: 'admission', taskQueue: 'admission' } as const;

export interface StayToOpen {
  readonly institution: string;
  readonly iptNo: string;
  readonly round: number;
  readonly profile: Profile;
}

/** The day's reconciliation: its workflow runs the day and answers the update of its name with the end. */
export function dayToReconcile(institution: string, date: string): { workflowId: string; start: ProcessStart } {
  return {
    workflowId: `reconcile/${institution}/${date}`,
    start: { type: 'reconcile', taskQueue: 'reconcile', summary: `日对账 ${date}`, input: { institution, date } },
  };
}

/** How the workflow of a stay is opened by its first command. */
export function openedStay(
  { institution, iptNo, round, profile }: StayToOpen,
  admit: Pick<OpenedStay, 'insutype' | 'medType' | 'begntime'>,
): { workflowId: string; start: ProcessStart } {
  const { insutype, medType, begntime } = admit;
  const opened: OpenedStay = { institution, iptNo, round, profile: profile.id, insutype, medType, begntime };
  return {
    workflowId: admissionWorkflowId(institution, iptNo),
    start: { ...ADMISSION, summary: `住院 ${iptNo} 第${round}次`, input: { opened, rules: admissionRulesOf(profile) } },
  };
}
