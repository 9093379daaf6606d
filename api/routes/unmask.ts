import type { EntityManager } from 'typeorm';
import { recordAudit } from '../../activities/people/audit';
import { divisionTree } from '../../activities/people/divisions';
import { mayIn } from '../../domain/people/divisions';
import { unmaskBody, unmaskView } from '../../schemas/api/people';
import { Admission, BankAccount, OfficeCase } from '../../store/entities';
import type { ApiParts } from '../parts';
import { Problem } from '../problem';
import { BODY_ERRORS, defineRoute, type Route } from '../route';

/** Something that holds personal data: where it lies and what stands in a field; null where there is no such field. */
interface Subject {
  readonly division: string;
  field(name: string): string | null;
}

const unmask = defineRoute({
  method: 'post',
  path: '/v1/unmask',
  operationId: 'unmask',
  summary: '查看脱敏内容的原文',
  description: '须有权限且在辖区内，须写明理由；每次查看都记入审计。',
  tag: '人员与权限',
  access: 'user',
  right: 'unmask',
  body: unmaskBody,
  answers: { 200: { description: '原文', schema: unmaskView } },
  errors: ['UNMASK_NOT_FOUND', 'DIVISION_OUT_OF_SCOPE', ...BODY_ERRORS],
  example: { body: { subject: 'admission/H99000000001/ZY2026110201/1', field: 'patientName', reason: '核对患者身份' } },
  handle: async ({ parts, user, body }) => {
    const { subject: name, field, reason } = body;
    const at = parts.people.now();
    return parts.store.write(async (manager) => {
      const subject = await subjectOf(manager, name, parts);
      const isInScope = subject && mayIn('unmask', user.assignments, subject.division, await divisionTree(manager, at));
      if (subject && !isInScope) throw new Problem('DIVISION_OUT_OF_SCOPE');
      const value = subject?.field(field) ?? null;
      if (!subject || value === null) throw new Problem('UNMASK_NOT_FOUND');
      const { userId, sessionId, origin } = user;
      // The line of the audit and the answer stand or fall together.
      await recordAudit(manager, { event: 'unmasked', at, userId, sessionId, origin, subject: name, division: subject.division, detail: { field, reason } });
      return { status: 200, body: { value } };
    });
  },
});

async function subjectOf(manager: EntityManager, name: string, parts: ApiParts): Promise<Subject | null> {
  const [kind, ...rest] = name.split('/');
  if (kind === 'admission') return admissionSubject(manager, rest.join('/'), parts);
  return kind === 'bank-account' ? accountSubject(manager, Number(rest[0])) : caseSubject(manager, rest.join('/'));
}

async function accountSubject(manager: EntityManager, id: number): Promise<Subject | null> {
  const row = Number.isSafeInteger(id) ? await manager.findOneBy(BankAccount, { id }) : null;
  return row && { division: row.division, field: (wanted) => (wanted === 'accountNo' ? row.accountNo : null) };
}

async function admissionSubject(manager: EntityManager, id: string, { institutions }: ApiParts): Promise<Subject | null> {
  const row = await manager.findOneBy(Admission, { id });
  const institution = institutions.find(({ fixmedinsCode }) => fixmedinsCode === row?.institution);
  if (!row || !institution) return null;
  const fields: Readonly<Record<string, string | null>> = { patientName: row.patientName, certno: row.certno };
  return { division: institution.admdvs, field: (wanted) => (Object.hasOwn(fields, wanted) ? (fields[wanted] ?? null) : null) };
}

async function caseSubject(manager: EntityManager, caseNo: string): Promise<Subject | null> {
  const row = await manager.findOneBy(OfficeCase, { caseNo });
  if (!row) return null;
  return { division: row.division, field: (wanted) => textAt(row.form, wanted) };
}

/** `name`, or `list[2].name`. */
function textAt(form: object, path: string): string | null {
  let value: unknown = form;
  for (const key of path.split(/[[\].]+/)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null;
    value = (value as Record<string, unknown>)[key];
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

export const unmaskRoutes: readonly Route[] = [unmask];
