import { In, LessThan } from 'typeorm';
import { z } from 'zod';
import { recordAudit } from '../../activities/people/audit';
import { maskName } from '../../domain/identity';
import { stayPage, staysQuery, staySheetQuery, stayView } from '../../schemas/api/stays';
import { Admission } from '../../store/entities';
import { requireAdmissionIn } from '../admissions';
import { pageOf, readCursor } from '../cursor';
import { EXAMPLE_PATH } from '../examples';
import type { ApiParts } from '../parts';
import { type Call, defineRoute, type Reply, type Route } from '../route';
import { asInstitution, institutionsWithin } from '../stays';
import { viewSummary } from '../views';
import { getAdmission } from './admissions';
import { getMoney, getTimeline } from './records';
import { getSheet } from './sheet';

const TAG = '住院查询（经办机构）';
const PATH = '/v1/stays/{institution}/{id}';
const EXAMPLE = { path: { institution: 'H99000000001', ...EXAMPLE_PATH } };
const PLACE = z.tuple([z.number().int(), z.string()]);

type Summary = ReturnType<typeof viewSummary>;

/** The name masked, and where the stay is. */
function masked<T extends Pick<Summary, 'patientName'>>(view: T, institution: string, { institutions }: ApiParts): T & { institution: string; institutionName: string } {
  const name = institutions.find(({ fixmedinsCode }) => fixmedinsCode === institution)?.name ?? institution;
  return { ...view, patientName: view.patientName === null ? null : maskName(view.patientName), institution, institutionName: name };
}

const list = defineRoute({
  method: 'get',
  path: '/v1/stays',
  operationId: 'listStays',
  summary: '辖区内各机构的住院',
  description: '按最近变动排列；姓名已脱敏，查看原文用 POST /v1/unmask。',
  tag: TAG,
  access: 'user',
  right: 'admission.read',
  query: staysQuery,
  answers: { 200: { description: '一页', schema: stayPage } },
  errors: ['CURSOR_INVALID'],
  example: { query: { stage: 'settled' } },
  handle: async (call) => {
    const { limit, cursor, institution, iptNo, stage } = call.query;
    const place = readCursor(cursor, PLACE);
    const rows = await call.parts.store.read(async (manager) => {
      const codes = (await institutionsWithin(manager, call, 'admission.read')).map(({ fixmedinsCode }) => fixmedinsCode);
      const wanted = {
        institution: In(codes.filter((code) => institution === undefined || code === institution)),
        ...(iptNo === undefined ? {} : { ipt_no: iptNo }),
        ...(stage === undefined ? {} : { stage }),
      };
      const where = place ? [{ ...wanted, updatedAt: LessThan(place[0]) }, { ...wanted, updatedAt: place[0], id: LessThan(place[1]) }] : [wanted];
      return manager.find(Admission, { where, order: { updatedAt: 'DESC', id: 'DESC' }, take: limit + 1 });
    });
    const view = (row: Admission): object => masked(viewSummary(row), row.institution, call.parts);
    return { status: 200, body: pageOf(rows, limit, view, (row) => [row.updatedAt, row.id]) };
  },
});

/** A read of the institution's, for people of the agency whose divisions reach it. */
function forPeople(route: Route, path: string, operationId: string, handle = async (call: Call): Promise<Reply> => route.handle(await asInstitution(call))): Route {
  return { ...route, path, operationId, tag: TAG, access: 'user', right: 'admission.read', errors: [...route.errors, 'DIVISION_OUT_OF_SCOPE'], example: EXAMPLE, handle };
}

const get: Route = {
  ...forPeople(getAdmission, PATH, 'getStay', async (call) => {
    const inside = await asInstitution(call);
    const reply = await getAdmission.handle(inside);
    const { state: _state, ...view } = reply.body as Summary & { state: unknown };
    return { ...reply, body: masked(view, inside.caller.institution, call.parts) };
  }),
  answers: { 200: { description: '该次住院，姓名已脱敏', schema: stayView } },
};

/** The sheet says in full whom it is about: opening it is unmasking, and stands in the audit with its reason. */
const sheet: Route = {
  ...forPeople(getSheet, `${PATH}/sheet`, 'getStaySheet', async (call) => {
    const inside = await asInstitution(call as Call<z.output<typeof staySheetQuery>>);
    const { parts, user, query: { reason, ...query } } = inside;
    const at = parts.people.now();
    await parts.store.write(async (manager) => {
      const { id } = await requireAdmissionIn(manager, inside);
      const division = parts.institutions.find(({ fixmedinsCode }) => fixmedinsCode === inside.caller.institution)?.admdvs ?? null;
      const { userId, sessionId, origin } = user;
      await recordAudit(manager, { event: 'unmasked', at, userId, sessionId, origin, subject: `admission/${id}`, division, detail: { field: 'sheet', reason } });
    });
    return getSheet.handle({ ...inside, query });
  }),
  right: 'unmask',
  query: staySheetQuery,
  example: { ...EXAMPLE, query: { format: 'pdf', reason: '核对结算金额' } },
};

export const stayRoutes: readonly Route[] = [
  list,
  get,
  forPeople(getTimeline, `${PATH}/timeline`, 'getStayTimeline'),
  forPeople(getMoney, `${PATH}/money`, 'getStayMoney'),
  sheet,
];
