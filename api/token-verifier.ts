import type { Institution } from '../runtime/institutions';
import { TokenError, type Tokens } from '../runtime/tokens';
import type { Caller, VerifyToken } from './auth';
import { Problem } from './problem';

/** Longest opter and opter_name of the national header. */
const OPERATOR_ID_LENGTH = 30;
const OPERATOR_NAME_LENGTH = 50;

/**
 * Checks bearer tokens: signature, issuer, audience and life by runtime/tokens, and that the token is bound to an
 * institution that this installation serves. The operator is the one that the institution's list knows by the token's
 * subject, else the subject itself.
 */
export function tokenVerifier(tokens: Pick<Tokens, 'verifyToken'>, audience: string, institutions: readonly Institution[]): VerifyToken {
  return async (token) => {
    const identity = await tokens.verifyToken(token, { audience }).catch((error: unknown) => {
      throw problemOf(error);
    });
    const institution = institutions.find((one) => one.fixmedinsCode === identity.institution);
    if (!institution) throw new Problem('TOKEN_INVALID', { detail: '令牌没有绑定本系统所服务的机构' });
    const known = institution.operators.find((operator) => operator.id === identity.sub);
    const operator: Caller['operator'] = known ?? {
      id: identity.sub.slice(0, OPERATOR_ID_LENGTH),
      name: [...identity.name].slice(0, OPERATOR_NAME_LENGTH).join(''),
      type: '1',
    };
    return { institution: institution.fixmedinsCode, operator };
  };
}

function problemOf(error: unknown): unknown {
  if (!(error instanceof TokenError)) return error;
  if (error.problem === 'expired') return new Problem('TOKEN_EXPIRED');
  if (error.problem === 'keysUnavailable') return new Problem('KEYS_UNAVAILABLE');
  return new Problem('TOKEN_INVALID', { detail: error.message });
}
