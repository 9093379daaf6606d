import { In, LessThan, type FindOptionsWhere } from 'typeorm';
import { z } from 'zod';
import { outcomeOf } from '../../domain/outcomes';
import { noQuery } from '../../schemas/api/queries';
import { taxAsideList, taxAsidesFilter, taxFileList, taxFilesFilter, taxFileView } from '../../schemas/api/tax';
import { TaxAside, TaxFile } from '../../store/entities';
import { batchScope } from '../batches/give';
import { pageOf, readCursor } from '../cursor';
import { Problem } from '../problem';
import { defineRoute, type Route } from '../route';

const READS = { method: 'get', tag: '医税交换', access: 'user', right: 'case.read' } as const;

const files = defineRoute({
  ...READS,
  path: '/v1/tax/files',
  operationId: 'listTaxFiles',
  summary: '与税务交换的文件，新的在前',
  query: taxFilesFilter,
  answers: { 200: { description: '一页', schema: taxFileList } },
  errors: ['CURSOR_INVALID'],
  handle: async (call) => {
    const { limit, cursor, division, ...wanted } = call.query;
    const place = readCursor(cursor, z.tuple([z.number().int()]));
    return call.parts.store.read(async (manager) => {
      const where: FindOptionsWhere<TaxFile> = { ...defined(wanted), division: In(within(await batchScope(manager, call), division)), ...(place ? { id: LessThan(place[0]) } : {}) };
      const rows = await manager.find(TaxFile, { where, order: { id: 'DESC' }, take: limit + 1 });
      return { status: 200, body: pageOf(rows, limit, viewFile, ({ id }) => [id]) };
    });
  },
});

const file = defineRoute({
  ...READS,
  path: '/v1/tax/files/{fileId}',
  operationId: 'getTaxFile',
  summary: '一个交换文件：状态、挂起或隔离的原因、处理它的批次',
  query: noQuery,
  answers: { 200: { description: '文件', schema: taxFileView } },
  errors: ['TAX_FILE_NOT_FOUND'],
  example: { path: { fileId: '1' } },
  handle: async (call) =>
    call.parts.store.read(async (manager) => {
      const id = /^[1-9]\d{0,14}$/.test(call.params['fileId'] ?? '') ? Number(call.params['fileId']) : null;
      const found = id === null ? null : await manager.findOneBy(TaxFile, { id });
      if (!found || !(await batchScope(manager, call)).includes(found.division)) throw new Problem('TAX_FILE_NOT_FOUND');
      return { status: 200, body: viewFile(found) };
    }),
});

const asides = defineRoute({
  ...READS,
  path: '/v1/tax/asides',
  operationId: 'listTaxAsides',
  summary: '未记入应收的缴费行：无应收缴费、等候与差异，新的在前',
  query: taxAsidesFilter,
  answers: { 200: { description: '一页', schema: taxAsideList } },
  errors: ['CURSOR_INVALID'],
  handle: async (call) => {
    const { limit, cursor, division, sort } = call.query;
    const place = readCursor(cursor, z.tuple([z.number().int()]));
    return call.parts.store.read(async (manager) => {
      const where: FindOptionsWhere<TaxAside> = { ...defined({ sort }), division: In(within(await batchScope(manager, call), division)), ...(place ? { id: LessThan(place[0]) } : {}) };
      const rows = await manager.find(TaxAside, { where, order: { id: 'DESC' }, take: limit + 1 });
      return { status: 200, body: pageOf(rows, limit, viewAside, ({ id }) => [id]) };
    });
  },
});

function viewFile(file: TaxFile): z.output<typeof taxFileView> {
  const { id, direction, division, item, line, period, batch_no, day, file_sn, name, total, amountFen, sm3, state, code, note, refFileId, batchId, madeAt, createdAt, sentAt, answeredAt, arrivals } = file;
  return {
    id, direction, division, item, line, period, batchNo: batch_no, day, serial: file_sn, name, rows: total, amountFen, sm3, state, code, note, answers: refFileId, batchId, madeAt, createdAt, sentAt,
    answeredAt, arrivals,
  };
}

function viewAside({ id, division, sort, code, levy_no, insutype, part, taxrpt_no, taxrpt_row, kind, paidFen, fileId, rowNo, until, createdAt }: TaxAside): z.output<typeof taxAsideList>['items'][number] {
  return { id, division, sort, code, title: outcomeOf(code).title, levyNo: levy_no, insutype, part, taxrptNo: taxrpt_no, taxrptRow: taxrpt_row, kind, paidFen, fileId, rowNo, until, createdAt };
}

function within(scope: readonly string[], division: string | undefined): string[] {
  return division === undefined ? [...scope] : scope.filter((each) => each === division);
}

/** Leaves out what was not asked for: an undefined member of a condition would match nothing. */
function defined<T extends object>(wanted: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
}

export const taxRoutes: readonly Route[] = [files, file, asides];
