import type { AdmissionPayloads } from './payloads';
import type { AdmissionCommand, Refusal } from './types';

/**
 * The shape of each command's payload, checked where it enters the process: whoever reaches Temporal can send a command,
 * not only the API. What the fields mean is checked by the steps and by the centre.
 */
type Check = (value: unknown) => boolean;
type Checks<P> = { readonly [K in keyof P]-?: Check };

const BUSINESS_TIME = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;
const MOST_ROWS = 50;
const MOST_SERIALS = 20_000;

const text =
  (longest: number): Check =>
  (value) =>
    typeof value === 'string' && value.length > 0 && value.length <= longest;
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.some((each) => each === value);
const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const amount: Check = (value) => count(value) && (value as number) > 0;
const time: Check = (value) => typeof value === 'string' && BUSINESS_TIME.test(value);
const form: Check = (value) => isObject(value) && Object.values(value).every((each) => each === undefined || isPlain(each));
const rows: Check = (value) => Array.isArray(value) && value.length <= MOST_ROWS && value.every(form);
const serials: Check = (value) =>
  value === 'all' || (Array.isArray(value) && value.length > 0 && value.length <= MOST_SERIALS && value.every(text(30)));
const credential: Check = (value) => isObject(value) && ('qrCode' in value ? isScanned(value) : isNumbered(value));

const flag = oneOf('0', '1');
const deposit = { amountFen: amount, method: oneOf('cash', 'card', 'wechat', 'alipay', 'transfer'), receiptNo: text(64) };
const reason = { reason: text(500) };
const target = { setlId: text(30) };
const preSettle = { credential, psnSetlway: text(6), acctUsedFlag: flag, midSetlFlag: flag, diseCodg: optional(text(30)) };

const SHAPES: { readonly [N in AdmissionCommand]: Checks<AdmissionPayloads[N]> } = {
  admit: {
    credential,
    certno: optional(text(50)),
    insutype: text(6),
    medType: text(6),
    begntime: time,
    form,
    diagnoses: rows,
    accidentFilingNo: optional(text(30)),
  },
  recordDeposit: deposit,
  refundDeposit: deposit,
  uploadFees: { uploadId: text(36), lineCount: amount },
  withdrawFees: { feedetlSns: serials },
  amendAdmission: { form, diagnoses: rows },
  preSettle,
  revokePreSettlement: {},
  discharge: { endtime: time, form, diagnoses: rows },
  settle: { ...preSettle, invono: optional(text(20)), expectedCashFen: optional(count) },
  settleSelfPay: { invono: optional(text(20)), expectedCashFen: optional(count) },
  acceptAmounts: target,
  cancelSettlement: { ...target, ...reason },
  cancelDischarge: reason,
  cancelAdmission: reason,
  submitList: { ...target, form, diagnoses: rows },
  withdrawList: target,
  resolveUnknown: { msgid: text(30), decision: oneOf('adopt', 'abandon'), setlId: optional(text(30)), ...reason },
};

/** The refusal of a payload that has not the shape of its command, or null. */
export function checkPayload(command: AdmissionCommand, payload: Record<string, unknown>): Refusal | null {
  const shape: Readonly<Record<string, Check>> = SHAPES[command];
  const wrong = Object.entries(shape).find(([name, fits]) => !fits(payload[name]));
  return wrong ? { code: 'COMMAND_MALFORMED', message: `指令内容不正确：${wrong[0]}。` } : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNumbered(value: Record<string, unknown>): boolean {
  return oneOf('01', '02', '03')(value['type']) && text(1_000)(value['no']) && optional(text(64))(value['cardSn']);
}

/** The code of an e-voucher alone: a number beside it would leave open who is meant. */
function isScanned(value: Record<string, unknown>): boolean {
  return value['type'] === '01' && text(64)(value['qrCode']) && value['no'] === undefined && value['cardSn'] === undefined;
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}
