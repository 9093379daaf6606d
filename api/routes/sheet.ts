import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { buildSheet } from '../../domain/sheet/build';
import type { Printed } from '../../domain/sheet/input';
import type { SheetModel } from '../../domain/sheet/model';
import { sheetPrintAnswer } from '../../schemas/api/answers';
import { sheetPrintQuery, sheetQuery } from '../../schemas/api/queries';
import type { Admission, Settlement } from '../../store/entities';
import { requireAdmissionIn } from '../admissions';
import { requireIdempotencyKey } from '../command-route';
import { EXAMPLE_PATH } from '../examples';
import { printFormat, printReply } from '../print-format';
import { Problem } from '../problem';
import { type Call, defineRoute, type Route } from '../route';
import { findSettlement, loadSheet, MOST_PRINTED_LINES, type StoredSheet } from '../sheet/load';
import { sheetPage } from '../sheet/page';
import { sheetPdf } from '../sheet/pdf';
import { findPrint, recordPrint } from '../sheet/prints';

const TAG = '预结算与结算';
const ERRORS = ['ADMISSION_NOT_FOUND', 'PATH_INVALID', 'SHEET_NOT_READY'] as const;

type SheetQuery = z.output<typeof sheetQuery>;

export const getSheet = defineRoute({
  method: 'get',
  path: '/v1/admissions/{id}/sheet',
  operationId: 'getSheet',
  summary: '结算单',
  description: [
    '医疗保险住院费用结算单，A4：网页或嵌入中文字体的 PDF，按 Accept 或 format 取用。默认最近一笔有效结算；setlId 指定某一笔，已撤销的印有「作废」。',
    '只看不登记；正式打印先登记（POST …/sheet/prints），再以 print 取得那一次的单据，第二次起印有「补打」。',
  ].join('\n'),
  tag: TAG,
  access: 'institution',
  query: sheetQuery,
  answers: { 200: { description: '结算单', type: ['text/html', 'application/pdf'], headers: ['Vary', 'Content-Disposition'] } },
  errors: [...ERRORS],
  example: { path: EXAMPLE_PATH, query: { format: 'pdf' } },
  handle: async (call) => {
    const stored = await call.parts.store.read(async (manager) => {
      const admission = await requireAdmissionIn(manager, call);
      const settlement = await findSettlement(manager, admission.id, call.query.setlId);
      if (!settlement) throw new Problem('SHEET_NOT_READY');
      const rows = await loadSheet(manager, admission, settlement, call.query.detail === 'true');
      return { admission, rows, printed: await printedOf(manager, call, settlement) };
    });
    if (call.query.detail === 'true' && stored.rows.lines === null) {
      throw new Problem('QUERY_INVALID', { detail: `明细超过 ${MOST_PRINTED_LINES} 行，不随结算单打印；请用 …/fees 逐页取得` });
    }
    const model = buildModel(call, stored);
    const format = printFormat(call.request, call.query.format);
    return printReply(format, { page: () => sheetPage(model), pdf: () => sheetPdf(model), name: `sheet-${model.setlId}` });
  },
});

async function printedOf(manager: EntityManager, { query, caller }: Call<SheetQuery>, { id }: Settlement): Promise<Printed> {
  const by = caller.operator.name;
  if (query.print === undefined) return { at: Date.now(), by, no: null };
  const print = await findPrint(manager, id, query.print);
  if (!print) throw new Problem('QUERY_INVALID', { detail: `没有登记过第 ${query.print} 次打印` });
  return { at: print.printedAt, by, no: print.printNo };
}

interface Stored {
  readonly admission: Admission;
  readonly rows: StoredSheet;
  readonly printed: Printed;
}

function buildModel({ parts, caller }: Call<SheetQuery>, { admission, rows, printed }: Stored): SheetModel {
  const institution = parts.institutions.find((one) => one.fixmedinsCode === caller.institution);
  return buildSheet({
    ...rows,
    institution: { code: caller.institution, name: institution?.name ?? caller.institution, level: institution?.level ?? null },
    accountInFundSum: parts.profiles[admission.profile]?.accountInFundSum ?? false,
    printed,
  });
}

const recordSheetPrint = defineRoute({
  method: 'post',
  path: '/v1/admissions/{id}/sheet/prints',
  operationId: 'recordSheetPrint',
  summary: '登记打印结算单',
  description: '登记一次打印，得到第几次；默认最近一笔有效结算。同一幂等键重发得到同一次。',
  tag: TAG,
  access: 'institution',
  keyed: true,
  query: sheetPrintQuery,
  answers: { 201: { description: '已登记', schema: sheetPrintAnswer, headers: ['Idempotency-Replayed'] } },
  errors: [...ERRORS, 'IDEMPOTENCY_KEY_MISSING', 'IDEMPOTENCY_KEY_INVALID'],
  example: { path: EXAMPLE_PATH },
  handle: async (call) => {
    const requestKey = requireIdempotencyKey(call.request);
    const { print, setlId, replayed, admission } = await call.parts.store.write(async (manager) => {
      const stay = await requireAdmissionIn(manager, call);
      const settlement = await findSettlement(manager, stay.id, call.query.setlId);
      if (!settlement) throw new Problem('SHEET_NOT_READY');
      const recorded = await recordPrint(manager, settlement.id, requestKey, call.caller.operator.id);
      return { ...recorded, setlId: settlement.setl_id, admission: stay };
    });
    const query = new URLSearchParams({ round: String(admission.round), setlId, print: String(print.printNo) });
    return {
      status: 201,
      body: { setlId, printNo: print.printNo, printedAt: print.printedAt, sheet: `/v1/admissions/${admission.ipt_no}/sheet?${query.toString()}` },
      ...(replayed ? { headers: { 'Idempotency-Replayed': 'true' } } : {}),
    };
  },
});

export const sheetRoutes: readonly Route[] = [getSheet, recordSheetPrint];
