/** The request header (请求头) around every input. */
import { headerFields } from '../../schemas/national/header-fields';
import type { Profile } from '../../schemas/national/profile';
import { fieldName } from '../../schemas/national/spelling';
import type { Json, JsonObject } from './json';
import { MessageError } from './message-error';
import { decodeRow, encodeRow, type Context } from './nodes';
import type { Tolerance } from './scalars';

/** What a caller says about a call; constants come from the profile. */
export interface RequestHeader {
  /** 发送方报文ID, see `formatMsgid`. */
  readonly msgid: string;
  /** 就医地医保区划 */
  readonly mdtrtarea_admvs: string;
  /** 参保地医保区划, required whenever the input names a person. */
  readonly insuplc_admdvs?: string;
  readonly dev_no?: string;
  readonly dev_safe_info?: string;
  /** 数字签名信息; in places with a PIN check, the encrypted PIN. */
  readonly cainfo?: string;
  readonly signtype?: string;
  /** 经办人类别: 1 clerk, 2 self-service terminal, 3 mobile terminal. */
  readonly opter_type: string;
  readonly opter: string;
  readonly opter_name: string;
  /** 交易时间, `yyyy-MM-dd HH:mm:ss`. */
  readonly inf_time: string;
  readonly fixmedins_code: string;
  readonly fixmedins_name: string;
  /** 交易签到流水号; absent for 9001 and where no sign-in is asked. */
  readonly sign_no?: string;
}

/** A header as received: also the number as sent and the constants. */
export interface ReceivedHeader extends RequestHeader {
  readonly infno: string;
  readonly recer_sys_code: string;
  readonly infver: string;
}

/** Members that the platform expects even when there is nothing to say. */
const BLANK_WHEN_ABSENT = ['insuplc_admdvs', 'dev_no', 'dev_safe_info', 'cainfo', 'signtype', 'sign_no'] as const;

const contextOf = (profile: Profile, tolerance: Tolerance): Context => ({ profile, scope: 'header', side: 'header', tolerance });

/** Whether a person's number stands anywhere in an input. */
function namesPerson(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, member]) => (name === 'psn_no' && Boolean(member)) || namesPerson(member));
}

function requireInsuredPlace(header: { readonly insuplc_admdvs?: string }, input: unknown): void {
  if (header.insuplc_admdvs || !namesPerson(input)) return;
  throw new MessageError('MESSAGE_FIELD_REQUIRED', 'header.insuplc_admdvs', 'required with psn_no', '入参含人员编号时必须填写「参保地医保区划」（insuplc_admdvs）');
}

/** Wire members of the header, in the printed order, then the province's own. Throws MessageError. */
export function encodeHeader(profile: Profile, infno: string, header: RequestHeader, input: unknown): Record<string, Json> {
  requireInsuredPlace(header, input);
  const { recer_sys_code, infver, extra } = profile.header;
  const row: Record<string, Json> = { ...encodeRow(contextOf(profile, 'strict'), 'header', headerFields, { ...header, infno, recer_sys_code, infver }, 'header', '报文头') };
  for (const name of BLANK_WHEN_ABSENT) row[fieldName(profile, 'header', 'header', name)] ??= '';
  return { ...row, ...extra };
}

/** The header of a received request. Throws MessageError. */
export function decodeHeader(profile: Profile, envelope: JsonObject): ReceivedHeader {
  return decodeRow(contextOf(profile, 'strict'), 'header', headerFields, envelope, 'header', '报文头') as unknown as ReceivedHeader;
}

/** Checks on the platform's side that a request which names a person also names the insured place. Throws MessageError. */
export function checkInsuredPlace(header: ReceivedHeader, input: unknown): void {
  requireInsuredPlace(header, input);
}
