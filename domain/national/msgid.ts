/** The sender's message id (发送方报文ID): institution (12) + time in Beijing (14) + serial (4). */
import { MessageError } from './message-error';
import { formatCompact, isDatetime } from './time';

const INSTITUTION = /^[A-Z]\d{11}$/;
const MSGID = /^([A-Z]\d{11})(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{4})$/;

/**
 * Makes a msgid. The serial comes from a durable counter of the institution; it is taken modulo 10,000.
 * Throws MessageError MESSAGE_BAD_MSGID for an institution code that is not a letter and eleven digits, or a serial below 0.
 */
export function formatMsgid(fixmedinsCode: string, date: Date, serial: number): string {
  if (!INSTITUTION.test(fixmedinsCode) || !Number.isSafeInteger(serial) || serial < 0) {
    throw new MessageError('MESSAGE_BAD_MSGID', 'header.msgid', 'institution(12) + time(14) + serial(4)', '无法生成报文编号：机构编号或流水号不正确');
  }
  return fixmedinsCode + formatCompact(date) + String(serial % 10_000).padStart(4, '0');
}

export interface MsgidParts {
  readonly fixmedinsCode: string;
  /** `yyyy-MM-dd HH:mm:ss` in Beijing. */
  readonly time: string;
  readonly serial: number;
}

/** The parts of a msgid, or undefined when it is not one (wrong length, institution or time). */
export function parseMsgid(msgid: string): MsgidParts | undefined {
  const match = MSGID.exec(msgid);
  if (!match) return undefined;
  const [, fixmedinsCode = '', year, month, day, hour, minute, second, serial] = match;
  const time = `${year}-${month}-${day} ${hour}:${minute}:${second}`;
  return isDatetime(time) ? { fixmedinsCode, time, serial: Number(serial) } : undefined;
}
