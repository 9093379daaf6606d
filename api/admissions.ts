import type { EntityManager } from 'typeorm';
import { IPT_NO } from '../schemas/api/text';
import { Admission } from '../store/entities';
import { Problem } from './problem';
import type { Call } from './route';

/** The workflow of a stay; its id is readable in the Temporal UI. */
export function admissionWorkflowId(institution: string, iptNo: string): string {
  return `admission/${institution}/${iptNo}`;
}

/** The latest admission of a number at an institution, or the one of `round`. */
export function findAdmission(manager: EntityManager, institution: string, iptNo: string, round?: number): Promise<Admission | null> {
  return manager.findOne(Admission, {
    where: { institution, ipt_no: iptNo, ...(round === undefined ? {} : { round }) },
    order: { round: 'DESC' },
  });
}

/** The admission that a call's address names. Throws Problem 404 when the caller's institution has none. */
export async function requireAdmission(call: Call): Promise<Admission> {
  return call.parts.store.read((manager) => requireAdmissionIn(manager, call));
}

/** As `requireAdmission`, within a transaction. */
export async function requireAdmissionIn(manager: EntityManager, call: Call): Promise<Admission> {
  const iptNo = call.params['id'] ?? '';
  if (!IPT_NO.test(iptNo)) throw new Problem('PATH_INVALID');
  const { round } = (call.query ?? {}) as { round?: number };
  const admission = await findAdmission(manager, call.caller.institution, iptNo, round);
  if (!admission) throw new Problem('ADMISSION_NOT_FOUND');
  return admission;
}
