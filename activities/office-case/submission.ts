import type { EntityManager } from 'typeorm';
import type { Refusal } from '../../domain/commands';
import { hashOf } from '../../domain/office-case/digest';
import { checkForm, extractOf } from '../../domain/office-case/form';
import type { FormExtract } from '../../domain/office-case/types';
import { refusal } from '../../domain/refusal';
import { OfficeCase } from '../../store/entities';
import { divisionTree } from '../people/divisions';
import type { LockedCase } from './context';
import { checkOperations } from './operation-context';
import type { RegisterOperations } from './operations';
import { openKeyOf } from './record';

/**
 * What a form would make of a case at a moment, or why it cannot: fields, divisions and, where it is submitted, whether the
 * same business is under way and what the registers say. Judged with the act; asked before as well where a case is opened by
 * its submission, so that a refused one leaves nothing behind.
 */
export async function checkSubmission(
  manager: EntityManager,
  operations: RegisterOperations,
  locked: LockedCase,
  given: { readonly act: 'submit' | 'amend'; readonly form: Readonly<Record<string, unknown>>; readonly at: number },
): Promise<FormExtract | Refusal> {
  const { definition } = locked;
  const { act, form, at } = given;
  const problems = checkForm(definition, form);
  if (problems.length > 0) return refusal('FORM_INVALID', problems.slice(0, 5).map(({ path, message }) => `${path}：${message}`).join(' '));
  const extract = extractOf(definition, form, hashOf);
  const tree = await divisionTree(manager, at);
  const missing = [...Object.values(extract.divisions), ...Object.values(extract.parties).flat().map(({ division }) => division)].find((code) => !tree.find(code));
  if (missing !== undefined) return refusal('FORM_INVALID', `没有这个辖区：${missing}`);
  if (act === 'amend') return extract;
  const state = { ...locked.state, extract };
  const taken = definition.businessKey.length === 0 ? null : await manager.findOneBy(OfficeCase, { openKey: openKeyOf(state) });
  if (taken && taken.id !== locked.row.id) return refusal('CASE_ALREADY_OPEN', `同一业务已有在办件 ${taken.caseNo}。`);
  const { amountFen, period } = extract;
  const asSubmitted = { ...locked, state, row: { ...locked.row, form, period, amountFen: amountFen as typeof locked.row.amountFen } };
  return (await checkOperations(manager, operations, asSubmitted, at)) ?? extract;
}
