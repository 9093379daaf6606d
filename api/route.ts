import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { AdmissionCommand } from '../domain/admission/types';
import type { OutcomeCode } from '../domain/outcomes';
import type { Right } from '../domain/people/role-keys';
import type { Caller } from './auth';
import type { HeaderName, ReplyHeaders } from './headers';
import type { ApiParts } from './parts';
import type { CallSession, CallUser } from './users';

export type Method = 'get' | 'post' | 'patch' | 'delete';

/** What a handler is given: everything in it has been checked. */
export interface Call<Q = unknown, B = unknown> {
  readonly request: Request;
  readonly parts: ApiParts;
  /** Of an operation of access `institution`. */
  readonly caller: Caller;
  /** Of an operation of access `user`. */
  readonly user: CallUser;
  readonly session: CallSession;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Q;
  readonly body: B;
}

export interface Reply {
  readonly status: number;
  /** Sent as JSON, or as it is where `type` names another media type. */
  readonly body?: unknown;
  readonly type?: 'json' | 'html' | 'text' | 'pdf';
  /** In place of `body`: writes the answer piece by piece, once status and headers are set, and ends it. */
  readonly stream?: { readonly mediaType: string; write(response: Response): Promise<void> };
  readonly headers?: ReplyHeaders;
}

export type MediaType = 'text/html' | 'text/plain' | 'application/pdf' | 'application/octet-stream' | 'text/event-stream';

export interface Answer {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Media type when it is not JSON; several where the caller chooses by Accept. */
  readonly type?: MediaType | readonly MediaType[];
  /** Headers that it may carry, besides those of every answer. */
  readonly headers?: readonly HeaderName[];
  readonly example?: unknown;
}

/** A request that works as it stands on the demonstration's data. */
export interface Example {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: unknown;
  /** The same request in CSV, where the operation takes it. */
  readonly csv?: string;
}

/**
 * One operation: its address, shape, words, errors and handler in one object. The router, the OpenAPI document and the
 * reference page are all made from it.
 */
export interface Route {
  readonly method: Method;
  /** OpenAPI form: `/v1/admissions/{id}/deposits`. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  /** `open` needs no token, `institution` that of an institution's program, `user` the session of a person of the agency. */
  readonly access: 'open' | 'institution' | 'user';
  /** Of access `user`: the right, or one of the rights, that the person must have somewhere; the handler looks where. */
  readonly right?: Right | readonly Right[];
  /** Of access `user`: open as well to an account that has its set-up (password, TOTP) before it. */
  readonly duringSetUp?: true;
  /** The command that it gives to the process, where it gives one. */
  readonly command?: AdmissionCommand;
  /** It writes, though it gives no command: an Idempotency-Key is required as for commands. */
  readonly keyed?: boolean;
  /** The name of the file in its body stands in the header X-File-Name. */
  readonly fileName?: true;
  /** It answers for as long as the caller listens: not counted among the requests in hand. */
  readonly listens?: true;
  /** It answers with the end of a run, or 202: `Prefer: wait=…` says how long to wait. Commands always do. */
  readonly waits?: boolean;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Largest body, bytes. */
  readonly bodyLimit?: number;
  /** The handler reads the body itself (streams, several media types). */
  readonly rawBody?: readonly string[];
  readonly answers: Readonly<Record<number, Answer>>;
  readonly errors: readonly OutcomeCode[];
  readonly example?: Example;
  handle(call: Call): Promise<Reply>;
}

type Output<T> = T extends z.ZodType ? z.output<T> : undefined;

type Spec<Q extends z.ZodObject | undefined, B extends z.ZodType | undefined> = Omit<Route, 'query' | 'body' | 'handle'> & {
  readonly query?: Q;
  readonly body?: B;
  handle(call: Call<Output<Q>, Output<B>>): Promise<Reply>;
};

/** Defines a route; inside its handler query and body have the types of their schemas. */
export function defineRoute<Q extends z.ZodObject | undefined = undefined, B extends z.ZodType | undefined = undefined>(
  spec: Spec<Q, B>,
): Route {
  return spec as unknown as Route;
}

/** Errors that any address may answer. */
export const EDGE_ERRORS: readonly OutcomeCode[] = [
  'ORIGIN_REFUSED', 'METHOD_NOT_ALLOWED', 'REQUEST_TIMEOUT', 'HEADERS_TOO_LARGE', 'HTTP_MALFORMED', 'BODY_UNEXPECTED',
  'TOO_MANY_REQUESTS', 'INTERNAL',
];

/** Errors that any operation of an institution may answer. */
export const COMMON_ERRORS: readonly OutcomeCode[] = [
  'TOKEN_MISSING', 'TOKEN_INVALID', 'TOKEN_EXPIRED', 'KEYS_UNAVAILABLE', 'QUERY_INVALID', 'ID_NUMBER_IN_QUERY', ...EDGE_ERRORS,
  'STORE_UNAVAILABLE', 'SHUTTING_DOWN',
];

/** Errors that any operation of a person may answer. */
export const USER_ERRORS: readonly OutcomeCode[] = [
  'SESSION_MISSING', 'SESSION_INVALID', 'SESSION_EXPIRED', 'SET_UP_INCOMPLETE', 'CSRF_INVALID', 'RIGHT_MISSING', 'QUERY_INVALID',
  'ID_NUMBER_IN_QUERY', ...EDGE_ERRORS, 'STORE_UNAVAILABLE', 'SHUTTING_DOWN',
];

/** Errors of reading a JSON body. */
export const BODY_ERRORS: readonly OutcomeCode[] = [
  'CONTENT_TYPE_UNSUPPORTED', 'CONTENT_ENCODING_UNSUPPORTED', 'BODY_TOO_LARGE', 'BODY_INCOMPLETE', 'TEXT_NOT_UTF8',
  'JSON_INVALID', 'JSON_DUPLICATE_KEY', 'JSON_NUMBER_INEXACT', 'FIELD_INVALID',
];

/** Errors of giving a command. */
export const COMMAND_ERRORS: readonly OutcomeCode[] = [
  'IDEMPOTENCY_KEY_MISSING', 'IDEMPOTENCY_KEY_INVALID', 'IDEMPOTENCY_KEY_REUSED', 'PREFER_INVALID', 'TOO_MANY_COMMANDS',
  'COMMAND_FAILED', 'WRONG_STEP', 'OUTCOME_UNKNOWN', 'SETTLEMENT_HELD', 'ADMISSION_ENDED', 'PLATFORM_REFUSED',
  'PLATFORM_UNREACHABLE', 'MESSAGE_INVALID', 'COMMAND_MALFORMED', 'TEMPORAL_UNAVAILABLE',
];

/** Errors of giving a command to an office case. */
export const CASE_COMMAND_ERRORS: readonly OutcomeCode[] = [
  'IDEMPOTENCY_KEY_MISSING', 'IDEMPOTENCY_KEY_INVALID', 'IDEMPOTENCY_KEY_REUSED', 'PREFER_INVALID', 'TOO_MANY_COMMANDS', 'COMMAND_FAILED',
  'COMMAND_MALFORMED', 'OPINION_REQUIRED', 'TEMPORAL_UNAVAILABLE',
];

/** What may speak against an act: the case as it stands, the person, the decision. */
export const ACT_ERRORS: readonly OutcomeCode[] = [
  'CASE_NOT_FOUND', 'CASE_ENDED', 'CASE_ALREADY_DECIDED', 'CASE_ALREADY_OPEN', 'CASE_CHANGED', 'CASE_BUSY', 'CASE_STEP_UNKNOWN', 'ACT_NOT_ALLOWED',
  'ACT_TARGET_INVALID', 'SLOT_ASSIGNED', 'FOUR_EYES', 'FORM_INVALID', 'POST_MISSING', 'USER_NOT_ACTIVE', 'USER_NOT_FOUND', 'DECISION_INVALID', 'DECISION_EXPIRED',
  'DECISION_USED',
];
