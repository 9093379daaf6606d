import { z } from 'zod';
import type { Credential } from '../../domain/admission/types';
import { formatDate } from '../../domain/calendar';
import { idNumberProblem } from '../../domain/identity';
import { asciiCode } from './text';

/** 18 digits from 10 to 15 are WeChat payment codes; 16 to 24 digits from 25 to 30, Alipay's. */
const PAYMENT_CODE = /^(1[0-5]\d{16}|(2[5-9]|30)\d{14,22})$/;

/** What a scanner reads from an e-voucher: 28 digits, it is said, but no public source promises it; shorter runs mean something else. */
const QR_CODE = /^\d{26,64}$/;

interface Fault {
  readonly code: string;
  readonly message: string;
}

/** The QR code of an e-voucher, just scanned. */
const qrCode = z
  .string()
  .superRefine((text, context) => {
    const fault = qrCodeFault(text);
    if (fault) context.addIssue({ code: 'custom', message: fault.message, params: { code: fault.code } });
  })
  .meta({ description: '扫描枪读到的电子凭证二维码（一般为 28 位数字），代替 no；由系统调用 1162 换取令牌', pattern: QR_CODE.source });

/** What a person presents (就诊凭证): 01 e-voucher token or scanned code, 02 resident ID number, 03 social-security card number. */
export const credential = z
  .strictObject({
    type: z.enum(['01', '02', '03']).meta({ description: '凭证类型 mdtrt_cert_type：01 电子凭证、02 身份证、03 社保卡' }),
    no: asciiCode(50, '凭证号：电子凭证令牌、身份证号码或社保卡号；给出 qrCode 时省略').optional(),
    cardSn: asciiCode(32, '社保卡识别码').optional(),
    qrCode: qrCode.optional(),
  })
  .superRefine((value, context) => {
    for (const { path, code, message } of credentialFaults(value)) context.addIssue({ code: 'custom', path: [path], message, params: { code } });
  })
  .meta({
    examples: [
      { type: '02', no: '990101195803120019' },
      { type: '01', qrCode: '9901000000000000000000000001' },
    ],
  })
  .transform(({ type, no, cardSn, qrCode: scanned }): Credential => {
    if (scanned !== undefined) return { type: '01', qrCode: scanned };
    return { type, no: no ?? '', ...(cardSn === undefined ? {} : { cardSn }) };
  })
  .meta({ id: 'Credential', description: '就诊凭证：凭证号 no 与二维码 qrCode 二者给其一' });

function today(): string {
  return formatDate(Date.now());
}

type Given = { readonly type: '01' | '02' | '03'; readonly no?: string | undefined; readonly cardSn?: string | undefined; readonly qrCode?: string | undefined };

function credentialFaults({ type, no, cardSn, qrCode: scanned }: Given): (Fault & { path: string })[] {
  if (scanned !== undefined) {
    const alone = type === '01' && no === undefined && cardSn === undefined;
    return alone ? [] : [{ path: 'qrCode', code: 'CREDENTIAL_AMBIGUOUS', message: '二维码只用于凭证类型 01，且不与凭证号、卡识别码同时给出' }];
  }
  if (no === undefined) return [{ path: 'no', code: 'CREDENTIAL_MISSING', message: '缺少凭证号；电子凭证也可给出二维码 qrCode' }];
  const fault = numberFault(type, no);
  return fault ? [{ path: 'no', ...fault }] : [];
}

function numberFault(type: '01' | '02' | '03', no: string): Fault | null {
  if (type === '02') return idNumberProblem(no, today());
  return type === '01' ? paymentCodeFault(no) : null;
}

function qrCodeFault(text: string): Fault | null {
  return paymentCodeFault(text) ?? (QR_CODE.test(text) ? null : { code: 'QR_CODE_INVALID', message: '不是医保电子凭证二维码，请对准电子凭证重新扫码' });
}

function paymentCodeFault(text: string): Fault | null {
  return PAYMENT_CODE.test(text) ? { code: 'CREDENTIAL_IS_PAYMENT_CODE', message: '这是付款码，不是医保电子凭证' } : null;
}

/** Resident ID number with a true check digit, birth date and region form. */
export const idNumber = z
  .string()
  .superRefine((text, context) => {
    const problem = idNumberProblem(text, today());
    if (problem) context.addIssue({ code: 'custom', message: problem.message, params: { code: problem.code } });
  })
  .meta({ description: '居民身份证号码', minLength: 18, maxLength: 18 });
