import type { Request } from 'express';
import type { CommandEnvelope } from '../domain/commands';
import { Problem } from './problem';

/** Who calls: the institution that the token is bound to and the operator (经办人) that it names. */
export interface Caller {
  readonly institution: string;
  readonly operator: CommandEnvelope['operator'];
}

/** Checks a bearer token. Throws Problem TOKEN_INVALID or TOKEN_EXPIRED. */
export type VerifyToken = (token: string) => Promise<Caller>;

const BEARER = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i;

/** The caller of a request. Throws Problem 401. */
export async function authenticate(request: Request, verify: VerifyToken): Promise<Caller> {
  const header = request.headers.authorization;
  if (header === undefined || header === '') throw new Problem('TOKEN_MISSING');
  const token = BEARER.exec(header)?.[1];
  if (token === undefined) throw new Problem('TOKEN_INVALID');
  return verify(token);
}
