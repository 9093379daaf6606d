import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SignSession } from '../../store/entities/SignSession';
import type { Store } from '../../store/open-store';
import { insertOnce, lockRow } from '../../store/rows';
import { machineAddress } from './headers';
import { isBeingSent } from './message-log';
import type { Site } from './sites';
import type { AnsweredOutcome, CallKey, CallOutcome, CallRequest, Clock, Operator } from './types';

/** The sign_no to send, or why there is none. */
export type SignInResult =
  | { readonly kind: 'ready'; readonly signNo: string }
  | { readonly kind: 'refused'; readonly code: string; readonly text: string }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** Sends one 9001 without asking for a sign-in first. */
export type SendSignIn = (site: Site, request: CallRequest<'9001'>) => Promise<CallOutcome<'9001'>>;

const POLL_MS = 100;
/** How long others leave a sign-in to its holder, ms. A killed holder holds nobody up for longer; a second 9001 is harmless. */
const LEASE_MS = 5000;
/** Share of a sign_no's life after which it is renewed. */
const RENEW_AT = 0.9;

type Claim = { readonly kind: 'ready'; readonly signNo: string } | { readonly kind: 'claimed'; readonly holder: string } | { readonly kind: 'wait' };

/** Sign-ins (签到, 9001) of operators: one at a time over all processes, by a lease in `sign_session`. */
export class SignIns {
  private readonly underWay = new Map<string, Promise<SignInResult>>();
  /** Sessions as last read: each call needs one, and a stale one is noticed when the platform refuses it. */
  private readonly seen = new Map<string, SignSession>();

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly send: SendSignIn,
  ) {}

  /**
   * The operator's sign_no, signing in when there is none, when it is old, or when it was not made after `newerThan`.
   * @param newerThan moment (ms since 1970) at which a call left that was refused for want of a sign-in, or 0.
   */
  async signNoFor(site: Site, operator: Operator, newerThan: number, timeoutMs: number): Promise<SignInResult> {
    const key = `${site.institution.fixmedinsCode}/${operator.id}`;
    const running = this.underWay.get(key);
    if (running) {
      const result = await running;
      if (newerThan === 0 || result.kind !== 'ready') return result;
    }
    const known = await this.readValid(site, operator, newerThan);
    if (known !== null) return { kind: 'ready', signNo: known };
    // Others may have begun while this one looked.
    const begun = this.underWay.get(key);
    if (begun) return begun;
    const signIn = this.signIn(site, operator, newerThan, timeoutMs).finally(() => this.underWay.delete(key));
    this.underWay.set(key, signIn);
    return signIn;
  }

  private async signIn(site: Site, operator: Operator, newerThan: number, timeoutMs: number): Promise<SignInResult> {
    const deadline = this.clock.now() + timeoutMs + LEASE_MS;
    for (;;) {
      const claim = await this.claim(site, operator, newerThan);
      if (claim.kind === 'ready') return claim;
      if (claim.kind === 'claimed') return this.signInAs(site, operator, claim.holder, timeoutMs);
      if (this.clock.now() > deadline) return { kind: 'unreachable', reason: 'signInUnderWay' };
      await sleep(POLL_MS);
    }
  }

  private async signInAs(site: Site, operator: Operator, holder: string, timeoutMs: number): Promise<SignInResult> {
    const where = { institution: site.institution.fixmedinsCode, opter: operator.id, leaseHolder: holder };
    try {
      const outcome = await this.send(site, {
        key: keyOf(where, holder),
        institution: where.institution,
        infno: '9001',
        input: { signIn: { opter_no: operator.id, ...machineAddress() } },
        operator,
        timeoutMs,
        onAnswer: async (answer, manager) => {
          const session = sessionOf(answer, site, this.clock.now());
          if (session) await manager.update(SignSession, where, session);
        },
      });
      return toResult(outcome);
    } finally {
      // Without a session the next caller may try at once; with one the lease is gone already.
      await this.store.write((manager) => manager.update(SignSession, where, { leaseHolder: null, leaseUntil: null }));
    }
  }

  private claim(site: Site, operator: Operator, newerThan: number): Promise<Claim> {
    const key = { institution: site.institution.fixmedinsCode, opter: operator.id };
    return this.store.write(async (manager): Promise<Claim> => {
      await insertOnce(manager, SignSession, key);
      const row = await lockRow(manager, SignSession, key);
      const now = this.clock.now();
      const valid = row && validSignNo(row, now, newerThan);
      if (valid) return { kind: 'ready', signNo: valid };
      if (row?.leaseUntil && row.leaseUntil > now) return { kind: 'wait' };
      if (row?.leaseHolder && (await isBeingSent(manager, keyOf(key, row.leaseHolder), now))) return { kind: 'wait' };
      const holder = randomUUID();
      await manager.update(SignSession, key, { leaseHolder: holder, leaseUntil: now + LEASE_MS });
      return { kind: 'claimed', holder };
    });
  }

  private async readValid(site: Site, operator: Operator, newerThan: number): Promise<string | null> {
    const key = { institution: site.institution.fixmedinsCode, opter: operator.id };
    const name = `${key.institution}/${key.opter}`;
    const seen = this.seen.get(name);
    const known = seen ? validSignNo(seen, this.clock.now(), newerThan) : null;
    if (known !== null) return known;
    const row = await this.store.read((manager) => manager.findOneBy(SignSession, key));
    if (row) this.seen.set(name, row);
    return row && validSignNo(row, this.clock.now(), newerThan);
  }
}

/** The message of one holder of the lease; nobody else can have sent it. */
function keyOf({ institution, opter }: Pick<SignSession, 'institution' | 'opter'>, holder: string): CallKey {
  return { workflowId: `sign-in/${institution}/${opter}`, commandId: holder, step: 'signIn', ordinal: 1 };
}

/** What was sent before `signedAt` carried an older sign_no, so a session that is newer than the refused call is good. */
function validSignNo(row: SignSession, now: number, newerThan: number): string | null {
  const fresh = row.expiresAt !== null && row.expiresAt > now && row.signedAt !== null && row.signedAt > newerThan;
  return fresh ? row.sign_no : null;
}

function sessionOf(answer: AnsweredOutcome<'9001'>, site: Site, now: number): Partial<SignSession> | null {
  if (answer.kind !== 'settled') return null;
  const lifeMs = site.profile.signNoLifeMinutes * 60_000;
  return {
    sign_no: answer.output.signinoutb.sign_no,
    signedAt: now,
    expiresAt: now + Math.floor(lifeMs * RENEW_AT),
    leaseHolder: null,
    leaseUntil: null,
  };
}

function toResult(outcome: CallOutcome<'9001'>): SignInResult {
  switch (outcome.kind) {
    case 'settled':
      return { kind: 'ready', signNo: outcome.output.signinoutb.sign_no };
    case 'refused':
      return { kind: 'refused', code: outcome.code, text: outcome.text };
    case 'unknown':
    case 'unreachable':
      // A lost 9001 books nothing: the next attempt signs in anew.
      return { kind: 'unreachable', reason: `signIn ${outcome.reason}` };
  }
}
