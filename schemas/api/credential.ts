import { z } from 'zod';
import { formatDate } from '../../domain/calendar';
import { idNumberProblem } from '../../domain/identity';
import { asciiCode } from './text';

/** 18 digits from 10 to 15 are WeChat payment codes; 16 to 24 digits from 25 to 30, Alipay's. */
const PAYMENT_CODE = /^(1[0-5]\d{16}|(2[5-9]|30)\d{14,22})$/;

/** What a person presents (就诊凭证): 01 e-voucher token, 02 resident ID number, 03 social-security card number. */
export const credential = z
  .strictObject({
    type: z.enum(['01', '02', '03']).meta({ description: '凭证类型 mdtrt_cert_type：01 电子凭证、02 身份证、03 社保卡' }),
    no: asciiCode(50, '凭证号：电子凭证令牌、身份证号码或社保卡号'),
    cardSn: asciiCode(32, '社保卡识别码').optional(),
  })
  .superRefine((value, context) => {
    const fault = credentialFault(value.type, value.no);
    if (fault) context.addIssue({ code: 'custom', path: ['no'], message: fault.message, params: { code: fault.code } });
  })
  .meta({ id: 'Credential', description: '就诊凭证' });

function today(): string {
  return formatDate(Date.now());
}

function credentialFault(type: '01' | '02' | '03', no: string): { code: string; message: string } | null {
  if (type === '02') return idNumberProblem(no, today());
  if (type === '01' && PAYMENT_CODE.test(no)) {
    return { code: 'CREDENTIAL_IS_PAYMENT_CODE', message: '这是付款码，不是医保电子凭证' };
  }
  return null;
}

/** Resident ID number with a true check digit, birth date and region form. */
export const idNumber = z
  .string()
  .superRefine((text, context) => {
    const problem = idNumberProblem(text, today());
    if (problem) context.addIssue({ code: 'custom', message: problem.message, params: { code: problem.code } });
  })
  .meta({ description: '居民身份证号码', minLength: 18, maxLength: 18 });
