import { fen } from '../../domain/money';
import { depositsView } from '../../schemas/api/answers';
import { roundQuery } from '../../schemas/api/queries';
import { depositBody } from '../../schemas/api/settlements';
import { Deposit } from '../../store/entities';
import { requireAdmissionIn } from '../admissions';
import { commandRoute } from '../command-route';
import { EXAMPLE_PATH } from '../examples';
import { defineRoute, type Route } from '../route';
import { viewDeposit } from '../views';

const TAG = '预交金';

const receive = commandRoute({
  command: 'recordDeposit',
  method: 'post',
  path: '/v1/admissions/{id}/deposits',
  operationId: 'recordDeposit',
  summary: '收预交金',
  tag: TAG,
  body: depositBody,
  example: { path: EXAMPLE_PATH, body: { amountFen: 300_000, method: 'cash', receiptNo: 'YJ202611020101' } },
  payload: (body) => ({ ...body, amountFen: fen(body.amountFen) }),
});

const refund = commandRoute({
  command: 'refundDeposit',
  method: 'post',
  path: '/v1/admissions/{id}/deposits/refund',
  operationId: 'refundDeposit',
  summary: '退预交金',
  tag: TAG,
  body: depositBody,
  errors: ['DEPOSIT_INSUFFICIENT'],
  example: { path: EXAMPLE_PATH, body: { amountFen: 50_000, method: 'cash', receiptNo: 'TK202611030101' } },
  payload: (body) => ({ ...body, amountFen: fen(body.amountFen) }),
});

const list = defineRoute({
  method: 'get',
  path: '/v1/admissions/{id}/deposits',
  operationId: 'listDeposits',
  summary: '预交金流水',
  tag: TAG,
  access: 'institution',
  query: roundQuery,
  answers: { 200: { description: '余额与流水', schema: depositsView } },
  errors: ['ADMISSION_NOT_FOUND', 'PATH_INVALID'],
  example: { path: EXAMPLE_PATH },
  handle: async (call) =>
    call.parts.store.read(async (manager) => {
      const admission = await requireAdmissionIn(manager, call);
      const rows = await manager.find(Deposit, { where: { admissionId: admission.id }, order: { id: 'ASC' } });
      return { status: 200, body: { depositFen: admission.depositFen, items: rows.map(viewDeposit) } };
    }),
});

export const depositRoutes: readonly Route[] = [receive, refund, list];
