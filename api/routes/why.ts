import type { EntityManager } from 'typeorm';
import { batchWorkflowId } from '../../activities/batch/start';
import { batchWhy } from '../../domain/batch/text';
import { formatDateTime } from '../../domain/calendar';
import { why } from '../../domain/office-case/why';
import { mayIn } from '../../domain/people/divisions';
import { whyView } from '../../schemas/api/office-cases';
import { noQuery, roundQuery } from '../../schemas/api/queries';
import { Admission } from '../../store/entities';
import { requireAdmission } from '../admissions';
import { requireBatch } from '../batches/give';
import { type FoundCase, requireCase } from '../cases/find';
import { divisionName, type Reader, readerOf } from '../cases/reader';
import { roleName } from '../cases/timeline';
import { EXAMPLE_PATH } from '../examples';
import { EXAMPLE_CASE, EXAMPLE_CASE_NO } from '../examples-office';
import type { ApiParts } from '../parts';
import { Problem } from '../problem';
import { type Call, defineRoute, type Route } from '../route';
import { whyOf } from '../why';

const ANSWER = { 200: { description: '等什么、自何时、试了几次', schema: whyView } } as const;

const ofCase = defineRoute({
  method: 'get',
  path: '/v1/office-cases/{caseNo}/why',
  operationId: 'whyCase',
  summary: '办件为什么停在这里',
  description: '等谁、自何时、期限与提醒；正在登记的，试了几次、上次失败的结果码、下次何时。',
  tag: '办件',
  access: 'user',
  right: ['case.read', 'case.act'],
  query: noQuery,
  answers: ANSWER,
  errors: ['CASE_NOT_FOUND', 'TEMPORAL_UNAVAILABLE'],
  example: { path: EXAMPLE_CASE },
  handle: async ({ parts, user, params }) => {
    const { found, reader } = await parts.store.read(async (manager) => {
      const reader = await readerOf(manager, user, parts.people.now());
      return { reader, found: await requireCase(manager, params['caseNo'] ?? '', reader) };
    });
    return { status: 200, body: await whyOf(parts.temporal, found.row.id, caseText(found, reader)) };
  },
});

function caseText({ definition, state }: FoundCase, reader: Reader): string {
  return why(definition, state, reader.at, { division: (code) => divisionName(reader, code), role: (key) => roleName(key) ?? key });
}

const ofProcess = defineRoute({
  method: 'get',
  path: '/v1/processes/{workflowId}/why',
  operationId: 'whyProcess',
  summary: '流程为什么停在这里',
  description: '流程编号中的斜线写作 %2F，如 admission%2FH99000000001%2FZY2026110201。须能查看该住院、办件、批次；日对账与每日巡查（prepayment-watch）须有运维权限。',
  tag: '查询',
  access: 'user',
  right: ['ops.read', 'admission.read', 'case.read'],
  query: noQuery,
  answers: ANSWER,
  errors: ['PROCESS_NOT_FOUND', 'TEMPORAL_UNAVAILABLE'],
  example: { path: { workflowId: `office-case/xr-base-agency/990100/${EXAMPLE_CASE_NO}` } },
  handle: async (call) => {
    const workflowId = call.params['workflowId'] ?? '';
    const text = await call.parts.store.read((manager) => processText(manager, call, workflowId));
    return { status: 200, body: await whyOf(call.parts.temporal, workflowId, text) };
  },
});

async function processText(manager: EntityManager, call: Call, workflowId: string): Promise<string> {
  const { parts, user } = call;
  const reader = await readerOf(manager, user, parts.people.now());
  const [process, place = '', ...rest] = workflowId.split('/');
  if (process === 'admission') return admissionText(manager, parts, reader, place, rest.join('/'));
  if (process === 'office-case') {
    return caseText(await requireCase(manager, rest.at(-1) ?? '', reader).catch(unseen), reader);
  }
  if (process === 'batch') {
    const batch = await requireBatch(manager, call, rest.at(-1) ?? '').catch(unseen);
    if (batchWorkflowId(batch) !== workflowId) throw new Problem('PROCESS_NOT_FOUND');
    return batchWhy(batch);
  }
  // Other processes say nothing of a person and are looked at by operations.
  if (!OF_OPERATIONS.test(workflowId) || !user.rights.includes('ops.read')) throw new Problem('PROCESS_NOT_FOUND');
  return '';
}

/** The run of one day, and what the schedules start: their runs have its time behind their ids. */
const OF_OPERATIONS = /^(reconcile|reconcile-nightly|reconcile-watch)\/|^prepayment-watch(-|$)/;

/** What a person may not see is no process to him. */
function unseen(error: unknown): never {
  throw error instanceof Problem ? new Problem('PROCESS_NOT_FOUND') : error;
}

async function admissionText(manager: EntityManager, { institutions }: ApiParts, { user, tree }: Reader, institution: string, iptNo: string): Promise<string> {
  const admdvs = institutions.find(({ fixmedinsCode }) => fixmedinsCode === institution)?.admdvs;
  const sees = admdvs !== undefined && (['ops.read', 'admission.read'] as const).some((right) => mayIn(right, user.assignments, admdvs, tree));
  const row = sees ? (await manager.find(Admission, { where: { institution, ipt_no: iptNo }, order: { round: 'DESC' }, take: 1 }))[0] : undefined;
  if (!row) throw new Problem('PROCESS_NOT_FOUND');
  return stayText(row);
}

function stayText({ waitsFor, updatedAt, dueAt }: Admission): string {
  const due = dueAt === null ? '' : `；期限 ${minute(dueAt)}`;
  return waitsFor === '' ? '' : `${waitsFor}，自 ${minute(updatedAt)}${due}`;
}

function minute(at: number): string {
  return formatDateTime(at).slice(0, 16);
}

const ofAdmission = defineRoute({
  method: 'get',
  path: '/v1/admissions/{id}/why',
  operationId: 'whyAdmission',
  summary: '住院为什么停在这里',
  description: '等什么、自何时；正在与医保平台交易的，试了几次、上次失败的结果码、下次何时。',
  tag: '查询',
  access: 'institution',
  query: roundQuery,
  answers: ANSWER,
  errors: ['ADMISSION_NOT_FOUND', 'PATH_INVALID', 'TEMPORAL_UNAVAILABLE'],
  example: { path: EXAMPLE_PATH },
  handle: async (call) => {
    const admission = await requireAdmission(call);
    return { status: 200, body: await whyOf(call.parts.temporal, admission.workflowId, stayText(admission)) };
  },
});

export const whyRoutes: readonly Route[] = [ofCase, ofProcess, ofAdmission];
