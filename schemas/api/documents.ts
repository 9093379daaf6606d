import { z } from 'zod';
import { FUND_KEYS } from '../../domain/clearing/funds';
import { DOCUMENT_KIND_KEYS } from '../../domain/documents/kinds';
import { caseNo, divisionCode } from './office-cases';
import { pageShape } from './queries';
import { asciiCode, epochMs, plainText } from './text';

const text = z.string();
const kind = z.enum(DOCUMENT_KIND_KEYS as unknown as [string, ...string[]]).meta({ description: '单据种类' });
const fund = z.enum(FUND_KEYS as unknown as [string, ...string[]]).meta({ description: '基金' });
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { message: '月份为 yyyy-MM' });
const format = z.enum(['html', 'pdf']).optional().meta({ description: '默认按 Accept' });
const reason = plainText(200, '原因');

export const documentsQuery = z.strictObject({
  ...pageShape,
  kind: kind.optional(),
  fund: fund.optional(),
  period: month.optional().meta({ description: '清算期 yyyy-MM' }),
  division: divisionCode.optional().meta({ description: '开具或对方的辖区' }),
  caseNo: caseNo.optional(),
  state: z.enum(['live', 'void']).optional().meta({ description: 'live 有效、void 已作废' }),
});

export const documentQuery = z.strictObject({ format });

export const draftQuery = z.strictObject({
  format,
  batchId: asciiCode(24, '清算批次'),
  kind: z.enum(['clearingPayable', 'clearingReceivable', 'clearingSummary', 'paymentNotice', 'receiptNotice', 'movedOut']).meta({ description: '单据种类' }),
  fund,
  city: divisionCode.optional().meta({ description: '市（州）；汇总表不填' }),
  insutype: z.string().regex(/^\d{3}$/, { message: '险种为三位数字' }).optional().meta({ description: '险种；通知书与移出明细不填' }),
});

export const verifyQuery = z.strictObject({
  hash: z.string().regex(/^[0-9a-f]{64}$/, { message: '须为单据上的内容摘要' }).meta({ description: '单据上的内容摘要（SHA-256）' }),
});

export const verdict = z
  .object({
    state: z.enum(['genuine', 'void', 'unknown']).meta({ description: 'genuine 真实有效、void 真实但已作废、unknown 不是本系统开具的内容' }),
    number: text,
    kindName: text.nullable(),
    issuedAt: epochMs.nullable(),
    voidedAt: epochMs.nullable(),
  })
  .meta({ id: 'DocumentVerdict' });

export const documentRow = z
  .object({
    number: text,
    kind,
    kindName: text,
    admdvs: text.meta({ description: '开具机构的辖区' }),
    party: text.nullable().meta({ description: '对方的辖区' }),
    period: text.nullable(),
    fund: text.nullable(),
    subject: text,
    version: z.number().int(),
    hash: text,
    issuedAt: epochMs,
    issuedBy: text,
    voidedAt: epochMs.nullable(),
    voidedBy: text.nullable(),
    voidReason: text.nullable(),
    replaces: text.nullable().meta({ description: '所代替的作废单据' }),
    prints: z.number().int().meta({ description: '已登记打印几次' }),
    href: text,
    verifyUrl: text.meta({ description: '单据上二维码的内容：核验地址' }),
  })
  .meta({ id: 'PrintedDocument' });

export const documentPage = z.object({ items: z.array(documentRow), nextCursor: text.nullable() }).meta({ id: 'PrintedDocumentPage' });

export const serialsView = z
  .object({
    items: z.array(
      z.object({
        admdvs: text, kind, kindName: text, letters: text, year: z.number().int(),
        last: z.number().int().meta({ description: '已用到的流水号' }),
        issued: z.number().int().meta({ description: '开具的单据，含作废' }),
        voided: z.number().int(),
        missing: z.array(z.number().int()).meta({ description: '没有单据的流水号，至多 100 个；应当没有' }),
      }),
    ),
  })
  .meta({ id: 'DocumentSerials' });

export const voidBody = z
  .strictObject({ reason, reissue: z.boolean().optional().meta({ description: 'true：同时以新编号重开同样内容' }) })
  .meta({ id: 'VoidDocument' });

export const voidAnswer = z.object({ voided: documentRow, reissued: documentRow.nullable() }).meta({ id: 'VoidedDocument' });

export const issueBody = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('approvalSheet'), caseNo }),
    z.strictObject({ kind: z.literal('prepayBalance'), division: divisionCode, period: month, fund }),
    z.strictObject({ kind: z.literal('disbursementDetail'), orderNo: asciiCode(40, '拨付单号'), institution: z.string().regex(/^[A-Za-z0-9]{1,12}$/, { message: '医疗机构编码不合法' }) }),
  ])
  .meta({ id: 'IssueDocument' });
