/** Resident identity numbers (公民身份号码, 18 characters, GB 11643) and masking of personal data. */
import { dateProblem } from './calendar';

const LENGTH = 18;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_DIGITS = '10X98765432';

export type IdNumberCode =
  | 'idNumber.type'
  | 'idNumber.empty'
  | 'idNumber.space'
  | 'idNumber.character'
  | 'idNumber.length'
  | 'idNumber.form'
  | 'idNumber.lowerCaseX'
  | 'idNumber.region'
  | 'idNumber.birthDate'
  | 'idNumber.futureBirth'
  | 'idNumber.checkDigit';

const MESSAGES: Readonly<Record<IdNumberCode, string>> = {
  'idNumber.type': '证件号码应为文本，不能是数字或空值。',
  'idNumber.empty': '请填写证件号码。',
  'idNumber.space': '证件号码前后或中间有空格，请去掉。',
  'idNumber.character': '证件号码只能用半角数字和大写字母 X，请检查全角或不可见字符。',
  'idNumber.length': '居民身份证号码应为 18 位。',
  'idNumber.form': '居民身份证号码前 17 位应为数字，末位为数字或 X。',
  'idNumber.lowerCaseX': '证件号码末位的字母 X 应为大写。',
  'idNumber.region': '证件号码前 6 位不是有效的地区代码。',
  'idNumber.birthDate': '证件号码中的出生日期不存在。',
  'idNumber.futureBirth': '证件号码中的出生日期晚于今天。',
  'idNumber.checkDigit': '证件号码末位校验码不对，请核对。',
};

export type IdNumberCheck =
  | {
      readonly ok: true;
      /** `yyyy-MM-dd`. */
      readonly birthDate: string;
      /** gend: 1 male, 2 female. */
      readonly gend: '1' | '2';
      /** Six-digit region of first registration. */
      readonly region: string;
    }
  | { readonly ok: false; readonly code: IdNumberCode; readonly message: string };

/**
 * Checks an 18-digit identity number exactly as typed; nothing is trimmed or converted. The region is checked by its shape
 * only, because abolished codes stay valid in old numbers. `today` is `yyyy-MM-dd`.
 */
export function checkIdNumber(value: unknown, today: string): IdNumberCheck {
  if (typeof value !== 'string') return refuse('idNumber.type');
  if (value === '') return refuse('idNumber.empty');
  if (/\s/.test(value)) return refuse('idNumber.space');
  if (!/^[\x21-\x7e]+$/.test(value)) return refuse('idNumber.character');
  if (value.length !== LENGTH) return refuse('idNumber.length');
  if (/^\d{17}x$/.test(value)) return refuse('idNumber.lowerCaseX');
  if (!/^\d{17}[\dX]$/.test(value)) return refuse('idNumber.form');
  const region = value.slice(0, 6);
  if (!/^[1-9]\d(?!0000)\d{4}$/.test(region)) return refuse('idNumber.region');
  const birthDate = `${value.slice(6, 10)}-${value.slice(10, 12)}-${value.slice(12, 14)}`;
  if (dateProblem(birthDate)) return refuse('idNumber.birthDate');
  if (birthDate > today) return refuse('idNumber.futureBirth');
  if (checkDigit(value.slice(0, 17)) !== value[17]) return refuse('idNumber.checkDigit');
  return { ok: true, birthDate, gend: Number(value[16]) % 2 === 1 ? '1' : '2', region };
}

/** What is wrong with an identity number, or null; the short form of `checkIdNumber` for schemas. */
export function idNumberProblem(value: unknown, today: string): { readonly code: IdNumberCode; readonly message: string } | null {
  const check = checkIdNumber(value, today);
  return check.ok ? null : { code: check.code, message: check.message };
}

/** Check digit of the first 17 digits (ISO 7064, MOD 11-2). */
export function checkDigit(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return CHECK_DIGITS.charAt(sum % 11);
}

/** Keeps the first character of a name: `欧阳某` → `欧**`. Counts characters, not UTF-16 units. */
export function maskName(name: string): string {
  const characters = [...name];
  return characters.map((character, index) => (index === 0 ? character : '*')).join('');
}

/** Keeps three characters in front and four behind of an identity number; of shorter numbers only the last two or none. */
export function maskIdNumber(number: string): string {
  const characters = [...number];
  const [front, back] = characters.length >= 15 ? [3, 4] : characters.length >= 6 ? [0, 2] : [0, 0];
  return characters
    .map((character, index) => (index < front || index >= characters.length - back ? character : '*'))
    .join('');
}

function refuse(code: IdNumberCode): IdNumberCheck {
  return { ok: false, code, message: MESSAGES[code] };
}
