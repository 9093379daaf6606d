import { join } from 'node:path';
import { CompactSign, compactVerify, errors } from 'jose';
import { CASE_ACTS, type CaseActName } from '../domain/office-case/types';
import { openSigningKey, SIGNING_ALGORITHM, type SigningKey } from './signing-key';

/**
 * Signed decisions (签名决定): what a person decided, signed by the program that checked who the person is. Whoever reaches
 * Temporal can send a signal; only an act that carries such a decision counts.
 */
export interface Decision {
  /** Used once. */
  readonly nonce: string;
  readonly userId: string;
  /** For whom, when by delegation; else the same as userId. */
  readonly forUserId: string;
  /** Id of the case's workflow. */
  readonly caseId: string;
  readonly step: string;
  readonly slot: string | null;
  readonly round: number;
  readonly act: CaseActName;
  /** SHA-256 of the opinion, in hex. */
  readonly opinionHash: string;
  /** SHA-256 of what was on the screen, in hex. */
  readonly seenHash: string;
  /** Epoch ms. */
  readonly issuedAt: number;
  /** Epoch ms: one working day after it was issued. */
  readonly expiresAt: number;
  /** Where from: address or terminal, not secret. */
  readonly origin: string;
}

/** Why a text is no decision that counts. `expired` also says that its life was not yet begun or is too long. */
export type DecisionProblem = 'malformed' | 'badSignature' | 'expired';

export type DecisionKey = SigningKey;

/** Longest life of a decision: one working day may span a long holiday. */
export const MOST_DECISION_LIFE_MS = 15 * 24 * 3_600_000;
const CLOCK_TOLERANCE_MS = 5_000;
const TYPE = 'anjie-decision';
const MOST_TEXT = 4_096;

/**
 * Opens the key that signs decisions, `decision-key.json` of the data directory, made at first start with mode 0600. All
 * processes of an installation use the same file: API, office workers and `npm run sign`.
 */
export function openDecisionKey(dataDir: string): Promise<DecisionKey> {
  return openSigningKey(join(dataDir, 'decision-key.json'));
}

/** Signs a decision as compact JWS. The caller has checked who decides. */
export function signDecision(key: DecisionKey, decision: Decision): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(decision)))
    .setProtectedHeader({ alg: SIGNING_ALGORITHM, kid: key.kid, typ: TYPE })
    .sign(key.privateKey);
}

/**
 * Reads a signed decision: signature, shape and life at `now` (epoch ms). A problem is returned, never thrown; a text is
 * never a decision and a problem at once, so `typeof result === 'string'` tells them apart.
 */
export async function verifyDecision(key: DecisionKey, text: string, now: number = Date.now()): Promise<Decision | DecisionProblem> {
  if (text.length > MOST_TEXT) return 'malformed';
  try {
    const { payload, protectedHeader } = await compactVerify(text, key.publicKey, { algorithms: [SIGNING_ALGORITHM] });
    if (protectedHeader.typ !== TYPE) return 'malformed';
    const decision: unknown = JSON.parse(new TextDecoder().decode(payload));
    if (!isDecision(decision)) return 'malformed';
    return livesAt(decision, now) ? decision : 'expired';
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JOSEAlgNotAllowed) return 'badSignature';
    return 'malformed';
  }
}

function livesAt({ issuedAt, expiresAt }: Decision, now: number): boolean {
  return issuedAt <= now + CLOCK_TOLERANCE_MS && now < expiresAt && expiresAt - issuedAt <= MOST_DECISION_LIFE_MS;
}

function isDecision(value: unknown): value is Decision {
  if (typeof value !== 'object' || value === null) return false;
  const { slot, round, act, issuedAt, expiresAt, ...rest } = value as Record<string, unknown>;
  const texts = ['nonce', 'userId', 'forUserId', 'caseId', 'step', 'opinionHash', 'seenHash', 'origin'] as const;
  return (
    texts.every((name) => typeof rest[name] === 'string') &&
    (slot === null || typeof slot === 'string') &&
    [round, issuedAt, expiresAt].every((number) => Number.isSafeInteger(number)) &&
    (CASE_ACTS as readonly unknown[]).includes(act)
  );
}
