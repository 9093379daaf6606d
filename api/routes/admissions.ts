import { z } from 'zod';
import { Between, type FindOptionsWhere, In, LessThan, MoreThan } from 'typeorm';
import type { AdmitPayload } from '../../domain/admission/payloads';
import { addDays } from '../../domain/calendar';
import { admitBody, amendBody, reasonBody } from '../../schemas/api/admissions';
import { admissionPage, admissionView } from '../../schemas/api/answers';
import { admissionsQuery, noQuery, roundQuery, searchBody, SORTS } from '../../schemas/api/queries';
import { Admission, Settlement } from '../../store/entities';
import { findAdmission, requireAdmissionIn } from '../admissions';
import { commandAnswers, commandRoute, giveCommand, hashOf, type PreparedCommand, requireIdempotencyKey } from '../command-route';
import { pageOf, readCursor } from '../cursor';
import { EXAMPLE_CREDENTIAL, EXAMPLE_DIAGNOSIS, EXAMPLE_FORM, EXAMPLE_IPT_NO, EXAMPLE_PATH } from '../examples';
import { Problem } from '../problem';
import { openedStay } from '../processes';
import { BODY_ERRORS, type Call, COMMAND_ERRORS, defineRoute, type Reply, type Route } from '../route';
import { viewAdmission, viewSummary } from '../views';

const TAG = '住院登记';

const admit = defineRoute({
  method: 'post',
  path: '/v1/admissions',
  operationId: 'admit',
  summary: '入院登记',
  description: '读取参保信息（扫码的先用 1162 解码，再 1101）、检查待遇（2001）、登记入院（2401）。待遇未通过的转为自费住院，原因在结果中。',
  tag: TAG,
  access: 'institution',
  command: 'admit',
  query: noQuery,
  body: admitBody,
  answers: commandAnswers(201),
  errors: [
    ...COMMAND_ERRORS, ...BODY_ERRORS, 'ADMISSION_EXISTS', 'MAIN_DIAGNOSIS_INVALID', 'CREDENTIAL_IS_PAYMENT_CODE', 'PERSON_MISMATCH',
    'PERSON_NOT_FOUND', 'CREDENTIAL_EXPIRED', 'INSURANCE_NOT_FOUND', 'ACCIDENT_NOT_FILED', 'PROFILE_UNKNOWN',
  ],
  example: {
    body: {
      iptNo: EXAMPLE_IPT_NO,
      credential: EXAMPLE_CREDENTIAL,
      certno: EXAMPLE_CREDENTIAL.no,
      insutype: '310',
      medType: '21',
      begntime: '2026-11-02 15:20:00',
      form: EXAMPLE_FORM,
      diagnoses: [EXAMPLE_DIAGNOSIS],
    },
  },
  handle: async (call) => {
    const key = requireIdempotencyKey(call.request);
    return giveCommand(call, key, hashOf({ command: 'admit', body: call.body }, call.caller), 201, () => prepareAdmit(call));
  },
});

async function prepareAdmit(call: Call<unknown, z.output<typeof admitBody>>): Promise<PreparedCommand> {
  const { caller, parts, body } = call;
  const { iptNo, ...payload } = body;
  const institution = parts.institutions.find((one) => one.fixmedinsCode === caller.institution);
  const profile = institution && parts.profiles[institution.profile];
  if (!profile) throw new Problem('PROFILE_UNKNOWN');
  const last = await parts.store.read((manager) => findAdmission(manager, caller.institution, iptNo));
  if (last && !mayOpenAgain(last, profile.reopenCancelledAdmission)) throw new Problem('ADMISSION_EXISTS');
  const stay = { institution: caller.institution, iptNo, round: (last?.round ?? 0) + 1, profile };
  return { name: 'admit', ...openedStay(stay, payload), payload: payload satisfies AdmitPayload };
}

/** A number may be registered again after a refused admission; after a cancelled one where the division allows it. */
function mayOpenAgain(last: Admission, reopenCancelled: boolean): boolean {
  return last.stage === 'refused' || (last.stage === 'cancelled' && reopenCancelled);
}

type ListPlace = { readonly updatedAt: number; readonly id: string };
const PLACE = z.tuple([z.number().int(), z.string()]);

interface Wanted {
  readonly where: FindOptionsWhere<Admission>;
  readonly limit: number;
  readonly cursor: string | undefined;
  readonly newestFirst: boolean;
}

async function listAdmissions(call: Call, wanted: Wanted): Promise<Reply> {
  const { limit, newestFirst, where } = wanted;
  const place = readCursor(wanted.cursor, PLACE);
  const beyond = newestFirst ? LessThan : MoreThan;
  const pages: FindOptionsWhere<Admission>[] = place
    ? [{ ...where, updatedAt: beyond(place[0]) }, { ...where, updatedAt: place[0], id: beyond(place[1]) }]
    : [where];
  const direction = newestFirst ? 'DESC' : 'ASC';
  const rows = await call.parts.store.read((manager) =>
    manager.find(Admission, { where: pages, order: { updatedAt: direction, id: direction }, take: limit + 1 }),
  );
  return { status: 200, body: pageOf(rows, limit, viewSummary, (row: ListPlace) => [row.updatedAt, row.id]) };
}

interface Filters {
  readonly iptNo?: string | undefined;
  readonly stage?: Admission['stage'] | undefined;
  readonly overdue?: 'true' | undefined;
  readonly admittedFrom?: string | undefined;
  readonly admittedTo?: string | undefined;
}

function conditions(call: Call, filters: Filters): FindOptionsWhere<Admission> {
  const { iptNo, stage, overdue, admittedFrom = '1900-01-01', admittedTo = '9999-12-30' } = filters;
  const dated = filters.admittedFrom !== undefined || filters.admittedTo !== undefined;
  return {
    institution: call.caller.institution,
    ...(iptNo === undefined ? {} : { ipt_no: iptNo }),
    ...(stage === undefined ? {} : { stage }),
    ...(overdue === undefined ? {} : { dueAt: LessThan(Date.now()) }),
    ...(dated ? { admittedAt: Between(admittedFrom, addDays(admittedTo, 1)) } : {}),
  };
}

const list = defineRoute({
  method: 'get',
  path: '/v1/admissions',
  operationId: 'listAdmissions',
  summary: '住院列表',
  description: '按住院号、阶段、期限、入院日期查询本机构的住院。按人查询请用 POST /v1/admissions/search。',
  tag: TAG,
  access: 'institution',
  query: admissionsQuery,
  answers: { 200: { description: '一页', schema: admissionPage } },
  errors: ['SORT_UNKNOWN', 'CURSOR_INVALID'],
  example: { query: { stage: 'admitted', limit: 20 } },
  handle: async (call) => {
    const { sort = SORTS[0], limit, cursor } = call.query;
    if (!(SORTS as readonly string[]).includes(sort)) throw new Problem('SORT_UNKNOWN');
    return listAdmissions(call, { where: conditions(call, call.query), limit, cursor, newestFirst: sort === SORTS[0] });
  },
});

const search = defineRoute({
  method: 'post',
  path: '/v1/admissions/search',
  operationId: 'searchAdmissions',
  summary: '按人查询住院',
  description: '证件号码放在请求体中，只作精确匹配；地址和日志中都不出现。',
  tag: TAG,
  access: 'institution',
  query: noQuery,
  body: searchBody,
  answers: { 200: { description: '一页', schema: admissionPage } },
  errors: [...BODY_ERRORS, 'CURSOR_INVALID'],
  example: { body: { certno: EXAMPLE_CREDENTIAL.no } },
  handle: async (call) => {
    const { certno, psnNo, round, limit = 20, cursor } = call.body;
    const where = {
      ...conditions(call, call.body),
      ...(certno === undefined ? {} : { personKey: call.parts.keyRing.keyedHash(certno) }),
      ...(psnNo === undefined ? {} : { psn_no: psnNo }),
      ...(round === undefined ? {} : { round }),
    };
    return listAdmissions(call, { where, limit, cursor, newestFirst: true });
  },
});

export const getAdmission = defineRoute({
  method: 'get',
  path: '/v1/admissions/{id}',
  operationId: 'getAdmission',
  summary: '住院详情',
  tag: TAG,
  access: 'institution',
  query: roundQuery,
  answers: { 200: { description: '该次住院', schema: admissionView } },
  errors: ['ADMISSION_NOT_FOUND', 'PATH_INVALID'],
  example: { path: EXAMPLE_PATH },
  handle: async (call) =>
    call.parts.store.read(async (manager) => {
      const admission = await requireAdmissionIn(manager, call);
      const settlements = await manager.find(Settlement, {
        where: { admissionId: admission.id, status: In(['live', 'held', 'cancelled']) },
        order: { id: 'ASC' },
      });
      return { status: 200, body: viewAdmission(admission, settlements) };
    }),
});

const amend = commandRoute({
  command: 'amendAdmission',
  method: 'patch',
  path: '/v1/admissions/{id}',
  operationId: 'amendAdmission',
  summary: '住院信息变更',
  description: '以新的登记表和诊断整体替换（2403）。',
  tag: TAG,
  body: amendBody,
  errors: ['STAY_IS_SELF_PAY', 'MAIN_DIAGNOSIS_INVALID'],
  example: { path: EXAMPLE_PATH, body: { form: { ...EXAMPLE_FORM, adm_bed: '血管-15' }, diagnoses: [EXAMPLE_DIAGNOSIS] } },
  payload: (body) => body,
});

const cancel = commandRoute({
  command: 'cancelAdmission',
  method: 'post',
  path: '/v1/admissions/{id}/cancellation',
  operationId: 'cancelAdmission',
  summary: '入院撤销',
  description: '依次撤回清单、撤销结算、出院、费用和入院登记（4102→2305→2405→2302→2404）；自费住院只在本院撤销。',
  tag: TAG,
  body: reasonBody,
  errors: ['MONTH_DECLARED'],
  example: { path: EXAMPLE_PATH, body: { reason: '登记有误' } },
  payload: (body) => body,
});

export const admissionRoutes: readonly Route[] = [admit, list, search, getAdmission, amend, cancel];
