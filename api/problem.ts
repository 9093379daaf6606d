import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, Request, Response } from 'express';
import type { z } from 'zod';
import type { Refusal } from '../domain/commands';
import { isOutcomeCode, outcomeOf, type OutcomeCode } from '../domain/outcomes';
import { defaultMessage } from '../domain/refusal';
import type { Logger } from '../runtime/logger';
import type { ProblemBody } from '../schemas/api/problem';
import { discardRest } from './discard';
import { headersOfProblem, type ReplyHeaders } from './headers';
import { type Language, languageOf, wordsOf } from './language';
import { classifyServiceFailure } from './service-failure';
import { StrictJsonError } from './strict-json';

type Extras = Partial<Pick<ProblemBody, 'detail' | 'commandId' | 'incident' | 'platform' | 'errors' | 'rows' | 'rowsInError' | 'decided'>>;

/** A request or a command that did not succeed, by its code; the error middleware answers it as problem+json. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly code: OutcomeCode,
    readonly extras: Extras = {},
    readonly headers: ReplyHeaders = {},
  ) {
    super(extras.detail ?? code);
  }

  /** The same problem, answered with these headers as well. */
  with(headers: ReplyHeaders): Problem {
    return new Problem(this.code, this.extras, { ...this.headers, ...headers });
  }
}

/** The answer to a request that a problem belongs to, in the language of the request; details are in the words of who refused. */
export function bodyOf(problem: Problem, request: Pick<Request, 'path' | 'acceptsLanguages'>): ProblemBody {
  const { code, extras } = problem;
  const language = languageOf(request);
  const { title, next } = wordsOf(code, language);
  return { type: `/docs#${code}`, title, status: outcomeOf(code).status, code, next, instance: request.path, ...extrasIn(language, problem.code, extras) };
}

/** A detail that says nothing but the Chinese title and next step is left out of an English answer. */
function extrasIn(language: Language, code: OutcomeCode, extras: Extras): Extras {
  const { detail, ...others } = extras;
  return language === 'en' && detail === defaultMessage(code) ? others : extras;
}

export function sendProblem(request: Request, response: Response, problem: Problem): void {
  const body = bodyOf(problem, request);
  for (const [name, value] of Object.entries({ ...headersOfProblem(body.status, languageOf(request)), ...problem.headers })) response.setHeader(name, value);
  // The rest of a body that was refused unread must not be taken for the next request.
  if (!request.complete) response.setHeader('Connection', 'close');
  response.status(body.status).type('application/problem+json').send(JSON.stringify(body));
}

/** A business refusal of a command as a problem. A code that is not in the list is our own mistake and says so. */
export function problemOfRefusal(refusal: Refusal, commandId?: string): Problem {
  const extras: Extras = { detail: refusal.message, ...(commandId === undefined ? {} : { commandId }) };
  if (refusal.platform) extras.platform = refusal.platform;
  return new Problem(isOutcomeCode(refusal.code) ? refusal.code : 'COMMAND_FAILED', extras);
}

/** Field faults of a body or query. An issue that carries a code of the outcome list gives the whole answer that code. */
export function problemOfIssues(issues: readonly z.core.$ZodIssue[], code: OutcomeCode = 'FIELD_INVALID'): Problem {
  const errors = issues.slice(0, 100).map((issue) => ({
    path: issue.path.map(String).join('.'),
    code: codeOf(issue),
    message: issue.message,
  }));
  const named = errors.map((error) => error.code).find(isOutcomeCode);
  return new Problem(named ?? code, { errors });
}

/** The stable code of one zod issue: ours where the schema names one, zod's own otherwise. */
export function codeOf(issue: z.core.$ZodIssue): string {
  const own = issue.code === 'custom' ? issue.params?.['code'] : undefined;
  return typeof own === 'string' ? own : issue.code;
}

/** The one place where errors become answers. Whatever is not understood is logged, redacted, under an incident number. */
export function errorMiddleware(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      logger.error({ err: error, path: request.path }, 'an answer failed after its head was sent');
      next(error);
      return;
    }
    const problem = toProblem(error, request, logger);
    void discardRest(request).then(() => sendProblem(request, response, problem));
  };
}

function toProblem(error: unknown, request: Request, logger: Logger): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof StrictJsonError) return new Problem(error.code, { detail: error.message });
  if (error instanceof URIError) return new Problem('PATH_INVALID');
  const unavailable = classifyServiceFailure(error);
  if (unavailable) {
    logger.warn({ err: error, path: request.path }, unavailable);
    return new Problem(unavailable);
  }
  const incident = randomUUID();
  logger.error({ err: error, path: request.path, incident }, 'unexpected error in a request');
  return new Problem('INTERNAL', { incident });
}
