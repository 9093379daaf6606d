import { loadConfig } from '../../runtime/config';
import { openTokens } from '../../runtime/tokens';

/** Ready-made bearer tokens of the development issuer. */
export interface Tokens {
  /** A clerk of 示例一院 (H99000000001, level 3). */
  readonly clerk: string;
  /** A clerk of 示例二院 (H99000000002, level 2). */
  readonly secondHospital: string;
  /** A clerk of an institution that has no case in the demo (H99000000003). */
  readonly otherInstitution: string;
  /** Operations: opens payloads in the Temporal UI through the codec server. */
  readonly ops: string;
}

const LIFE = '30d';

/** Issues the demo's tokens. Throws when an identity provider is configured: then only its tokens count. */
export async function issueTokens(env: NodeJS.ProcessEnv): Promise<Tokens> {
  const { issueDevToken } = await openTokens(loadConfig(env));
  const clerk = (sub: string, name: string, institution: string): Promise<string> =>
    issueDevToken({ sub, name, institution, roles: ['clerk'], expiresIn: LIFE });
  return {
    clerk: await clerk('0101', '演示收费员', 'H99000000001'),
    secondHospital: await clerk('0201', '演示收费员', 'H99000000002'),
    otherInstitution: await clerk('0301', '演示收费员', 'H99000000003'),
    ops: await issueDevToken({ sub: '9001', name: '演示运维', institution: null, roles: ['ops'], expiresIn: LIFE }),
  };
}
