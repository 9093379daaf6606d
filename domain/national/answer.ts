/** Answers of the platform: written as a profile shapes them, and read in every shape that is known to occur. */
import { transactions, type Infno, type TransactionMap } from '../../schemas/national/generated';
import type { Profile } from '../../schemas/national/profile';
import { nodeName } from '../../schemas/national/spelling';
import { BINARY_NODE } from '../../schemas/national/types';
import { readBodyText } from './body-text';
import { isObject, JsonNumber, parseJson, writeJson, type Json, type JsonObject } from './json';
import { MessageError } from './message-error';
import { decodeNodes, encodeNodes, type Context, type Values } from './nodes';

/** An answer as read. `infcode` is text, since it arrives as a number or as a text. */
export interface DecodedAnswer<N extends Infno = Infno> {
  readonly infcode: string;
  /** 接收方报文ID, the platform's own handle; null on many failures. */
  readonly inf_refmsgid: string | null;
  readonly err_msg: string | null;
  readonly warn_msg?: string;
  /** `{type: "error", infcode, err_msg}` and nothing else: a gateway answered, not the centre. */
  readonly gatewayError: boolean;
  /** Only with infcode 0. */
  readonly output?: TransactionMap[N]['output'];
}

/** An answer to write: with output when accepted, with a text when refused. */
export type AnswerToEncode<N extends Infno = Infno> = {
  readonly inf_refmsgid: string | null;
  /** yyyyMMddHHmmssSSS, as `formatCompactMs` writes it. */
  readonly refmsg_time?: string;
  readonly respond_time?: string;
  readonly warn_msg?: string;
} & ({ readonly infcode: '0'; readonly output: TransactionMap[N]['output'] } | { readonly infcode: string; readonly err_msg: string });

export interface EncodedAnswer {
  readonly contentType: string;
  readonly body: string | Uint8Array;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const BINARY_TYPE = 'application/octet-stream';

const outputContext = (profile: Profile, infno: Infno): Context => ({ profile, scope: infno, side: 'output', tolerance: 'tolerant' });

function hasBinaryOutput(infno: Infno): boolean {
  return Object.hasOwn(transactions[infno].output, BINARY_NODE);
}

/** Writes an answer. Throws MessageError when the output breaks its schema. */
export function encodeAnswer<N extends Infno>(profile: Profile, infno: N, answer: AnswerToEncode<N>): EncodedAnswer {
  if (!('output' in answer)) return encodeEnvelope(profile, answer, null, answer.err_msg);
  const output = answer.output as unknown as Values;
  if (hasBinaryOutput(infno)) {
    const { content } = output;
    if (!(content instanceof Uint8Array)) throw new MessageError('MESSAGE_NOT_BYTES', 'output.content', 'bytes', '应为文件内容');
    return { contentType: BINARY_TYPE, body: content };
  }
  const nodes = transactions[infno].output;
  const encoded = Object.keys(nodes).length === 0 ? null : encodeNodes(outputContext(profile, infno), nodes, output);
  const atRoot = infno === '9001' && profile.signInAnswer === 'root' && isObject(encoded ?? undefined);
  if (!atRoot) return encodeEnvelope(profile, answer, encoded, null);
  const [session] = Object.values(encoded as JsonObject);
  return encodeEnvelope(profile, answer, null, null, session as JsonObject);
}

function encodeEnvelope(profile: Profile, answer: AnswerToEncode, output: Json, errMsg: string | null, beside: JsonObject = {}): EncodedAnswer {
  const envelope: JsonObject = {
    infcode: profile.infcodeAs === 'number' ? new JsonNumber(answer.infcode) : answer.infcode,
    inf_refmsgid: answer.inf_refmsgid,
    refmsg_time: answer.refmsg_time ?? '',
    respond_time: answer.respond_time ?? '',
    err_msg: errMsg ?? '',
    warn_msg: answer.warn_msg ?? null,
    cainfo: null,
    signtype: null,
    output: profile.outputAsString && output !== null ? writeJson(output) : output,
    ...beside,
  };
  const wrapped: JsonObject = { code: new JsonNumber('0'), type: 'success', message: '', data: envelope };
  return { contentType: JSON_TYPE, body: writeJson(profile.wrapper === 'data' ? wrapped : envelope) };
}

/** What a gateway answers when it does not reach the centre. */
export function encodeGatewayError(text: string): EncodedAnswer {
  return { contentType: JSON_TYPE, body: writeJson({ type: 'error', infcode: new JsonNumber('-1'), err_msg: text }) };
}

function readCode(value: Json | undefined): string | undefined {
  const text = value instanceof JsonNumber ? value.text : typeof value === 'string' ? value.trim() : '';
  return /^-?\d{1,9}$/.test(text) ? text : undefined;
}

/** The object that carries infcode: the answer itself, or what a gateway wrapped as `data`. */
function findEnvelope(value: Json): JsonObject {
  if (!isObject(value)) throw new MessageError('MESSAGE_NOT_AN_ENVELOPE', 'body', 'object', '应答不是一个 JSON 对象');
  if (readCode(value.infcode) !== undefined) return value;
  const { data } = value;
  const inner = typeof data === 'string' && data.trim().startsWith('{') ? parseJson(data) : data;
  if (isObject(inner) && readCode(inner.infcode) !== undefined) return inner;
  throw new MessageError('MESSAGE_INFCODE_MISSING', 'body.infcode', 'infcode', '应答中没有交易状态码（infcode），结果不明');
}

function optionalText(value: Json | undefined): string | null {
  if (value instanceof JsonNumber) return value.text;
  return typeof value === 'string' && value !== '' ? value : null;
}

function readOutput(envelope: JsonObject): Json | undefined {
  const { output } = envelope;
  return typeof output === 'string' ? (output.trim() === '' ? undefined : parseJson(output)) : output;
}

/** Where 9001 puts its answer differs: node `signinoutb`, directly in `output`, or beside `infcode`. */
function findSignIn(profile: Profile, envelope: JsonObject): Json | undefined {
  const output = readOutput(envelope);
  const direct = [output, envelope].find((each) => isObject(each) && each.sign_no !== undefined && each.sign_no !== null);
  if (direct === undefined) return output;
  return { [nodeName(profile, '9001', 'signinoutb')]: direct };
}

/**
 * Reads an answer: plain or wrapped, infcode as number or text, output as object, text, list of one or null, a gateway's
 * bare error, the binary body of 9102. With infcode 0 the output is checked: required members and exact amounts; longer
 * texts and local codes pass. Throws MessageError for whatever cannot be read for sure; the caller then has no answer.
 */
export function decodeAnswer<N extends Infno>(profile: Profile, infno: N, body: string | Uint8Array, contentType = ''): DecodedAnswer<N> {
  if (hasBinaryOutput(infno) && contentType.toLowerCase().startsWith(BINARY_TYPE)) {
    if (typeof body === 'string' || body.length === 0) throw new MessageError('MESSAGE_NOT_BYTES', 'body', 'bytes', '下载的文件内容为空');
    const output = { content: body } as unknown as TransactionMap[N]['output'];
    return { infcode: '0', inf_refmsgid: null, err_msg: null, gatewayError: false, output };
  }
  const envelope = findEnvelope(parseJson(readBodyText(body, contentType)));
  const infcode = readCode(envelope.infcode) ?? '';
  const warning = optionalText(envelope.warn_msg);
  const head = {
    infcode,
    inf_refmsgid: optionalText(envelope.inf_refmsgid),
    err_msg: optionalText(envelope.err_msg),
    ...(warning === null ? {} : { warn_msg: warning }),
    gatewayError: envelope.type === 'error',
  };
  if (infcode !== '0') return head;
  if (hasBinaryOutput(infno)) throw new MessageError('MESSAGE_NOT_BYTES', 'body', 'bytes', '应为文件内容，平台却返回了报文');
  const wire = infno === '9001' ? findSignIn(profile, envelope) : readOutput(envelope);
  const output = decodeNodes(outputContext(profile, infno), transactions[infno].output, wire ?? undefined);
  return { ...head, output: output as unknown as TransactionMap[N]['output'] };
}
