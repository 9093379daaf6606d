/**
 * National messages: between the program (default names, fen, exact decimals) and the wire of a province (its profile).
 * `encodeRequest` and `decodeAnswer` are the institution's side, `decodeRequest` and `encodeAnswer` (answer.ts) the platform's.
 */
import { isInfno, transactions, type Infno, type TransactionMap } from '../../schemas/national/generated';
import type { Profile } from '../../schemas/national/profile';
import { readBodyText } from './body-text';
import { checkInsuredPlace, decodeHeader, encodeHeader, type ReceivedHeader, type RequestHeader } from './header';
import { isObject, parseJson, writeJson, type Json, type JsonObject } from './json';
import { MessageError } from './message-error';
import { decodeNodes, encodeNodes, type Context, type Values } from './nodes';

export { decodeAnswer, encodeAnswer, encodeGatewayError, type AnswerToEncode, type DecodedAnswer, type EncodedAnswer } from './answer';
export { MessageError } from './message-error';
export type { MessageErrorCode } from './message-error';
export type { ReceivedHeader, RequestHeader } from './header';

/** Characters of an input at most; a file's bytes are not counted. */
export const INPUT_CHARACTERS = 40_000;

/** Transactions whose rows the profile's `feeLinesPerCall` bounds. */
const FEE_LINE_NODES: Readonly<Record<string, string>> = { '2301': 'feedetail', '2302': 'data', '2204': 'feedetail' };

/** The number that this province wants for a transaction of ours. */
export function infnoAsSent(profile: Profile, infno: Infno): Infno {
  const form = profile.forms[infno];
  return form !== undefined && isInfno(form) ? form : infno;
}

/** Our number for one that was sent, or undefined where this province does not offer it. */
export function infnoAsOurs(profile: Profile, sent: string): Infno | undefined {
  const base = Object.entries(profile.forms).find(([, form]) => form === sent)?.[0];
  const ours = base ?? sent;
  return isInfno(ours) && infnoAsSent(profile, ours) === sent ? ours : undefined;
}

export interface EncodedRequest {
  /** The number as sent: the A form where the profile says so. */
  readonly infno: Infno;
  /** The message as JSON; its numbers are JsonNumber. */
  readonly wire: JsonObject;
  /** The text to send, and to sign. */
  readonly body: string;
}

function checkRows(profile: Profile, infno: Infno, input: Values): void {
  const node = FEE_LINE_NODES[infno];
  const rows = node === undefined ? undefined : input[node];
  if (!Array.isArray(rows) || rows.length <= profile.feeLinesPerCall) return;
  throw new MessageError('MESSAGE_TOO_MANY_ROWS', `input.${node}`, `rows ≤ ${profile.feeLinesPerCall}`, `每次最多上传 ${profile.feeLinesPerCall} 条明细`);
}

function checkSize(infno: Infno, input: string): void {
  if (transactions[infno].effect === 'file' || input.length <= INPUT_CHARACTERS) return;
  throw new MessageError('MESSAGE_INPUT_TOO_LARGE', 'input', `≤ ${INPUT_CHARACTERS} characters`, `入参不能超过 ${INPUT_CHARACTERS} 个字符`);
}

const inputContext = (profile: Profile, infno: Infno): Context => ({ profile, scope: infno, side: 'input', tolerance: 'strict' });

/**
 * Makes a request. `infno` is our number and `input` has default names; the A form, names, codes, header members and the
 * spelling of numbers follow the profile. Throws MessageError when header or input break their schema, when the input
 * exceeds 40,000 characters, or has more fee lines than the profile allows in one call.
 */
export function encodeRequest<N extends Infno>(profile: Profile, infno: N, header: RequestHeader, input: TransactionMap[N]['input']): EncodedRequest {
  const values = input as unknown as Values;
  const sent = infnoAsSent(profile, infno);
  checkRows(profile, infno, values);
  const encoded = encodeNodes(inputContext(profile, infno), transactions[infno].input, values);
  const text = writeJson(encoded);
  checkSize(infno, text);
  const wire = { ...encodeHeader(profile, sent, header, values), input: profile.inputAsString ? text : encoded };
  return { infno: sent, wire, body: writeJson(wire) };
}

/** A request as received: one member per transaction, so that a test of `infno` also fixes the type of `input`. */
export type DecodedRequest = {
  [N in Infno]: {
    /** Our number. */
    readonly infno: N;
    /** The number as sent. */
    readonly sentInfno: string;
    readonly header: ReceivedHeader;
    readonly input: TransactionMap[N]['input'];
  };
}[Infno];

/** Parses the whole text of a request or answer and insists on an object. */
export function readEnvelope(text: string): JsonObject {
  const value = parseJson(text);
  if (isObject(value)) return value;
  throw new MessageError('MESSAGE_NOT_AN_ENVELOPE', 'body', 'object', '报文不是一个 JSON 对象');
}

function readInput(envelope: JsonObject): Json | undefined {
  const { input } = envelope;
  return typeof input === 'string' && input.trim() !== '' ? parseJson(input) : input;
}

/**
 * Reads a request strictly, as a platform does: header, number, every field. Give it the bytes or text of the body, not
 * parsed JSON, which would already have lost exact amounts. Throws MessageError with path, rule and Chinese text.
 */
export function decodeRequest(profile: Profile, body: string | Uint8Array, contentType = ''): DecodedRequest {
  const envelope = readEnvelope(readBodyText(body, contentType));
  const header = decodeHeader(profile, envelope);
  const infno = infnoAsOurs(profile, header.infno);
  if (infno === undefined) {
    throw new MessageError('MESSAGE_UNKNOWN_TRANSACTION', 'header.infno', 'offered by the platform', '交易编号不存在或本地未开放');
  }
  const wire = readInput(envelope);
  checkSize(infno, wire === undefined ? '' : writeJson(wire));
  const input = decodeNodes(inputContext(profile, infno), transactions[infno].input, wire);
  checkRows(profile, infno, input);
  checkInsuredPlace(header, input);
  return { infno, sentInfno: header.infno, header, input } as unknown as DecodedRequest;
}
