/** What a profile file must look like; `load-profiles.ts` turns its complaints into Chinese. */
import { z } from 'zod';
import type { Profile } from './profile';

const renames = z.record(z.string().min(1), z.string().min(1));
const constants = z.record(z.string().min(1), z.string());
const milliseconds = z.int().min(100).max(600_000);
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const wordings = z.array(z.string().min(1));

export const profileSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,29}$/),
  name: z.string().min(1).max(50),
  header: z.strictObject({ recer_sys_code: z.string().min(1).max(10), infver: z.string().min(1).max(6), extra: constants }),
  url: z.strictObject({ style: z.enum(['one', 'infno', 'callService', 'path']), prefix: z.string().regex(/^(\/[\w.-]+)*$/) }),
  signature: z.strictObject({ family: z.enum(['x-tif', 'x-ca', 'apikey', 'none']) }),
  signIn: z.boolean(),
  signNoLifeMinutes: z.int().min(1).max(1440),
  numbersAs: z.enum(['number', 'string']),
  inputAsString: z.boolean(),
  outputAsString: z.boolean(),
  infcodeAs: z.enum(['number', 'string']),
  wrapper: z.enum(['none', 'data']),
  signInAnswer: z.enum(['output', 'root']),
  fileBytesAs: z.enum(['base64', 'signedBytes']),
  fieldNames: z.record(z.string(), renames),
  nodeNames: z.record(z.string(), renames),
  required: z.record(z.string(), z.record(z.string(), z.boolean())),
  codeValues: z.record(z.string(), renames),
  localCodes: z.record(z.string(), renames),
  forms: renames,
  accountInFundSum: z.boolean(),
  refundAmountsNegative: z.boolean(),
  settleBeforeDischarge: z.boolean(),
  preSettlement: z.enum(['required', 'optional']),
  refusedLine: z.enum(['call', 'line']),
  feeLinesPerCall: z.int().min(1).max(1000),
  feeWarning: z.enum(['none', '3101', '3102']),
  settlementDiseaseCode: z.enum(['none', 'dise_codg', 'expContent']),
  reopenCancelledAdmission: z.boolean(),
  maxStayDaysPerSettlement: z.int().min(1).max(366),
  feesOverdueDays: z.int().min(1).max(366),
  settlementOverdueHours: z.int().min(1).max(8784),
  reversalWindow: z.enum(['sameDay', 'untilDeclared']),
  unknownSettlement: z.enum(['abandon', 'ask']),
  repeatedMsgid: z.enum(['refused', 'sameAnswer', 'bookedTwice']),
  refundFlagFilter: z.enum(['REFD_SETL_FLAG', 'refd_setl_flag']),
  balancedCodes: z.array(z.string().min(1)).min(1),
  reconcileAt: timeOfDay,
  reconcileDeadline: timeOfDay,
  timeoutsMs: z.object({ default: milliseconds }).catchall(milliseconds),
  rateLimitPerSecond: z.int().min(1).max(1000),
  texts: z.strictObject({
    technical: wordings,
    signInExpired: wordings,
    voucherExpired: wordings,
    alreadyReversed: wordings,
    originalNotFound: wordings,
    alreadyInHospital: wordings,
    duplicateLine: wordings,
  }),
}) satisfies z.ZodType<Profile>;
